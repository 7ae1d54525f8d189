"""What each stage may import of the others, name by name: the layers in pyproject.toml, drawn finer."""

import grimp
import pytest

EVERY_STAGE = {
    "detectable",
    "terms",
    "errors",
    "files",
    "hashes",
    "formulas",
    "labs.definition",
    "plan",
    "study",
    "plots",
}
EVERY_STAGE |= {"spreadsheets", "spreadsheets.ods", "spreadsheets.columns"}

ENGINE = {"records.engine"}
RESULTS = {
    "intake": {"intake.cohort"},
    "linkage": {"linkage.links"},
    "followup": {"followup.sample"},
    "matching": {"matching.matched"},
    "outcomes": {"outcomes.open_outcomes"},
    "estimates": {"estimates.estimate"},
    "disclosure": {"disclosure.release"},
}
"""The module in which each stage's result type is defined."""

ORDER = list(RESULTS)

MORE = {
    # the trained model and the look-up lie in the register
    "linkage": {
        "records.register",
        "records.lookup",
        "records.hash_index",
        "records.name_lines",
        "records.duckdb",
    },
    "estimates": {
        "matching.radius",
        "matching.kernel",
        "matching.design",
        "matching.effective",
    },  # the variance needs the same neighbourhoods and weights as the match
    # what was found beside the estimates leaves by the same gate
    "disclosure": {
        "linkage.groups",
        "checks.result",
        "sub_groups",
        "sensitivity",
        "calibration.certificate",
        "estimates.beside",
        "estimates.timing",
        # a rate with noise has its interval worked out anew
        "estimates.rates",
        "estimates.difference",
        # p-values of rates of rounded numbers are corrected anew
        "estimates.multiplicity",
        "matching.diagnostics",
    },
}
"""What a stage may import besides, and why."""


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("likeforlike", cache_dir=None)


def stage_of(module: str) -> str:
    return module.removeprefix("likeforlike.").split(".")[0]


def imported_by(graph: grimp.ImportGraph, stage: str) -> set[str]:
    """Modules outside the stage's own folder that it imports, without the package's name."""
    inside = {f"likeforlike.{stage}", *graph.find_descendants(f"likeforlike.{stage}")}
    found = {name for module in inside for name in graph.find_modules_directly_imported_by(module)}
    return {name.removeprefix("likeforlike.") for name in found - inside}


@pytest.mark.parametrize("stage", ORDER)
def test_stage_imports_only_results_of_earlier_stages(graph, stage):
    earlier = set().union(*(RESULTS[s] for s in ORDER[: ORDER.index(stage)]))
    allowed = EVERY_STAGE | ENGINE | earlier | MORE.get(stage, set())
    assert imported_by(graph, stage) - allowed == set()


@pytest.mark.parametrize("stage", ["intake", "linkage", "followup", "matching"])
def test_nothing_before_the_seal_reaches_outcomes(graph, stage):
    for later in ("outcomes", "estimates", "disclosure", "report"):
        chain = graph.find_shortest_chain(f"likeforlike.{stage}", f"likeforlike.{later}", as_packages=True)
        assert chain is None


def test_the_report_sees_a_release_and_a_lab(graph):
    assert (
        imported_by(graph, "report")
        - {
            "disclosure.release",
            "labs.definition",
            "errors",
            "terms",
            "spreadsheets.ods",
            "printing.printers",
        }
        == set()
    )


def test_evidence_is_made_of_releases(graph):
    """Of other stages it imports the release and what a page is made of; readiness looks at a provider's list."""
    used = {m for m in imported_by(graph, "evidence") if not m.startswith("report.")}
    allowed = {"disclosure.release", "errors", "read", "detectable", "labs.definition", "intake.cohort"}
    # how far a released rate was moved goes by the profile that moved it
    allowed |= {"labs.profiles.read"}
    assert used - allowed == set()


def test_the_twin_knows_nothing_of_the_analysis(graph):
    """A twin that used the analysis' own code could not find its mistakes."""
    assert imported_by(graph, "synthetic") - {"labs.definition", "errors", "mistakes", "terms"} == set()


def test_records_know_the_lab(graph):
    """Building a register prepares it for linkage; the modules that do it may know of that, and no other."""
    builders = tuple(f"likeforlike.records.{name}" for name in ("build", "linkage_steps", "write_lookup"))
    everyone = set(graph.find_descendants("likeforlike.records"))
    used = set().union(*map(graph.find_modules_directly_imported_by, builders))
    assert {m for m in used if m.startswith("likeforlike.linkage")} == {"likeforlike.linkage.prepare"}
    elsewhere = set().union(*map(graph.find_modules_directly_imported_by, everyone - set(builders)))
    assert not any(m.startswith("likeforlike.linkage") for m in elsewhere)
    allowed = {
        "labs",
        "labs.definition",
        "errors",
        "terms",
        "provenance",
        "plots",
        "linkage.prepare",
        "files",
    }
    assert imported_by(graph, "records") - allowed == set()


def test_the_vault_knows_no_stage(graph):
    """It keeps any frozen result, so a new stage needs no change in it."""
    assert imported_by(graph, "vault") - EVERY_STAGE == set()
