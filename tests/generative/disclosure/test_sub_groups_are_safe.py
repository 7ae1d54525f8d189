"""Whatever the counts of a sub-group, its parts are shown together or not at all, and never about too few."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.disclosure.sub_analyses import sub_analyses
from likeforlike.labs import load_lab

LAB = load_lab("justice")
PROFILE = LAB.disclosure
TERMS = ("reoffended", "first_indictable", "first_either_way", "first_summary")
EVENTS = st.one_of(st.integers(0, 12), st.integers(0, 300))


@st.composite
def parts(draw: st.DrawFn) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for part in ("inside", "rest"):
        participants = draw(st.one_of(st.integers(25, 35), st.integers(30, 300)))
        analysed = draw(st.integers(max(participants - 10, 0), participants))
        base = draw(st.integers(0, analysed))
        for term in TERMS:
            counted = analysed if term == "reoffended" else base
            others = draw(st.sampled_from([20.0, 800.0]))
            rows.append(
                {
                    "sub_group": "g", "label": "G", "kind": "people", "status": "estimated", "part": part,
                    "participants": participants, "analysed": analysed, "term": term, "n": counted,
                    "n_comparison": 9000, "effective_comparison": others, "mean_treated": 0.3,
                    "mean_comparison": 0.4, "estimate": -0.1, "conf_low": -0.2, "conf_high": 0.0,
                    "p_value": 0.05, "p_adjusted": 0.05, "events_treated": min(draw(EVENTS), counted),
                    "events_comparison": draw(st.sampled_from([5.0, 100.0])), "people_treated": analysed,
                    "people_comparison": 1000.0, "largest_share": 0.01, "number_needed": 100.0,
                }
            )  # fmt: skip
    return rows


@given(parts(), st.integers(0, 30), st.sets(st.sampled_from(TERMS)))
def test_parts_are_shown_together_and_never_about_too_few(
    rows: list[dict[str, object]], neither: int, withheld: set[str]
) -> None:
    counts = {str(row["part"]): row for row in rows}
    whole = sum(int(str(row["participants"])) for row in counts.values()) + neither
    ((told, _),) = sub_analyses(
        pl.DataFrame(rows),
        LAB.outcomes,
        PROFILE,
        participants=whole,
        months=12,
        withheld=withheld,
    )
    inside, rest = ({r.name for r in part if not r.withheld} for part in (told.inside, told.rest))
    assert inside == rest
    assert not inside & withheld
    for row in rows:
        if row["term"] in inside:
            assert int(str(row["analysed"])) >= PROFILE.minimum_analysed
            assert PROFILE.band_below <= int(str(row["events_treated"]))
    if told.status == "shown":
        assert not 0 < neither < PROFILE.hide_below
    classes = set(TERMS[1:])
    if inside & classes:
        hidden = classes - inside
        assert len(hidden) != 1, "one part of a whole that is hidden alone is the rest of it"
    if len(inside) < len(TERMS):
        assert all(r.p_adjusted is None for r in (*told.inside, *told.rest))
