"""A plan as TOML with a comment on every key, for a person to change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from likeforlike.labs.definition import Lab
from likeforlike.plan import Plan

ALONE = {
    "headline": "Measures on the first page; claims are made of these alone, corrected for how many they are.",
    "measures": "All measures that are estimated.",
    "covariates": "What both groups are made alike on.",
    "interactions": "Pairs of covariates that may matter together in another way than each by itself.",
    "months": "How long people are followed.",
    "thresholds": "Other thresholds of linkage at which the study is made again.",
    "seed": "Fixes everything that chance enters.",
    "bootstrap": "Replications of the wild bootstrap, such as 1000; 0 for none.",
}
MATCHING = "How people are matched: radius, kernel, nearest; or weighted: odds, overlap, entropy."
LINE = 100


def plan_text(plan: Plan, lab: Lab) -> str:
    """The plan as `read_plan` takes it back, to the same hash; what it leaves out stands in comments."""
    told = plan.model_dump(mode="json")
    lines = [
        f"# A plan for the lab '{lab.name}': what will be compared and how, fixed before outcomes are opened.",
        "# Keys that you leave out are as the lab has them; docs/reference/plan.md says what each means.",
    ]
    for key, words in ALONE.items():
        lines += ["", f"# {words}", f"{key} = {_value(told[key])}"]
    lines += ["", *_left_out(plan, lab)]
    lines += ["", f"# {MATCHING}", "[matching]"]
    lines += [f"{key} = {_value(value)}" for key, value in told["matching"].items()]
    lines += ["", *_tables(lab)]
    return "\n".join(lines) + "\n"


def _left_out(plan: Plan, lab: Lab) -> Iterator[str]:
    measure = lab.outcomes.get(plan.headline[0])
    smallest = 0.02 if measure.kind == "rate" else 1
    yield f"# Smallest difference of '{measure.name}' that would matter; without it, nothing is called 'no difference'."
    yield f"# margin = {smallest}"
    yield ""
    yield "# Which checks of robustness are made; all of them, if not told."
    yield '# checks = ["specifications", "negative_control"]'
    categories = [c.name for c in lab.covariates.covariate if c.kind == "category"]
    if categories:
        yield ""
        yield "# The covariate that names the place, where whole places took part: people of one place hang together."
        yield f"# One of: {', '.join(categories)}."
        yield f"# place = {_value(categories[0])}"


def _tables(lab: Lab) -> Iterator[str]:
    told = next((c for c in lab.covariates.covariate if c.kind == "category" and c.levels), None)
    if told:
        level = next(iter(told.levels))
        where = f"{told.name} = '{level}'"
        yield "# A part of the participants that is analysed by itself, beside the rest; there may be several."
        yield "# [[sub_groups]]"
        yield f"# name = {_value(level.split()[0])}"
        yield f"# label = {_value(told.levels[level])}"
        yield f"# where = {_value(where)}"
        yield '# kind = "people"  # "completers" where it is about what they did on the programme'
        yield ""
    yield "# Both arms were drawn by lot and both are on the list, in a column of it: nobody is matched."
    yield "# [trial]"
    yield f"# column = {_value(_free_column(lab))}"
    yield '# treated = "offered"'
    yield '# comparison = "not offered"'


def _free_column(lab: Lab) -> str:
    free = [c.name for c in lab.columns.column if not c.personal and c.kind in ("text", "choice")]
    return free[-1] if free else "arm"


def _value(value: Any) -> str:
    """A value as TOML; strings of JSON are strings of TOML."""
    if isinstance(value, list):
        parts = [_value(v) for v in value]
        line = f"[{', '.join(parts)}]"
        return line if len(line) < LINE else "[\n" + "".join(f"    {p},\n" for p in parts) + "]"
    return json.dumps(value, ensure_ascii=False)
