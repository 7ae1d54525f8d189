"""Every reference value is held against ours by some test, or it is said why we have nothing to hold against it."""

import json
from pathlib import Path

HERE = Path(__file__).parent
GOLDEN = json.loads((HERE / "data" / "matching_golden.json").read_text())
TESTS = "\n".join(path.read_text() for path in HERE.rglob("test_*.py") if path.name != Path(__file__).name)
NO_HAZARDS = "we publish no hazard ratios: cumulative incidence and mean times instead"
NO_DATA = "its data are not in this repository"
NOT_OURS = {
    **dict.fromkeys(["rossi_cox", "rossi-cox", "rossi_logrank_chisq", "recid_cox_breslow"], NO_HAZARDS),
    **dict.fromkeys(["recid_lognormal", "recid-lognormal"], "nobody's time is modelled"),
    "rossi_rate": "the counts behind other values",
    "sensemakr_darfur": "the same values as the published `sensemakr-darfur`",
    "quine_nb": "frequencies are quasi-Poisson",
    "BI-attk": "a Gaussian kernel reaches everybody, so that nobody is ever without a match: we have none",
    **dict.fromkeys(
        ["stata-ipw-ate", "stata-ipw-atet", "stata-ipwra", "stata-nnmatch", "stata-ra-atet"], NO_DATA
    ),
    **dict.fromkeys(
        ["stata-aipw-ate", "stata-psmatch-ate", "stata-psmatch-atet", "stata-psmatch-manual"], NO_DATA
    ),
    **dict.fromkeys(["nhefs-ipw", "acic2016_causallib"], NO_DATA),
    "versions": "what the others were made with",
}


def test_every_value_is_named_by_a_test_or_has_a_reason():
    groups = {
        name
        for part in (
            "lalonde_matchit_R",
            "lalonde_kernel_radius_weighting_python",
            "dehejia_wahba",
            "other_R",
        )
        for name in GOLDEN[part]
    } | set(GOLDEN["known_truth"])
    groups |= {entry["id"] for entry in GOLDEN["published_references"]}
    unheld = {name for name in groups if name not in TESTS}
    assert unheld - set(NOT_OURS) == set()
    assert set(NOT_OURS) - unheld == set()
