"""From numbers of people to words: a significant sentence has the interval and the people that it needs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from likeforlike.disclosure.measures import measure_row
from likeforlike.estimates.ttest import GroupMean, two_sample_t
from likeforlike.report.words import Words
from support.reports import example, justice

RATE = justice().outcomes.get("reoffended").model_copy(update={"headline": True})
FEWEST_PEOPLE, FEWEST_EVENTS = 30, 10
"""The Justice Data Lab displays a measure from 30 people, and calls it significant from 10 with the event."""


def estimated(events, people, others, share):
    """A row of estimates as the Justice Data Lab works them out."""
    found = two_sample_t(GroupMean.of_rate(events / people, people), GroupMean.of_rate(share, others))
    return {
        "n": people, "people_treated": people, "n_comparison": others, "effective_comparison": float(others),
        "people_comparison": float(others), "mean_treated": events / people, "mean_comparison": share,
        "estimate": events / people - share, "conf_low": found.conf_low, "conf_high": found.conf_high,
        "p_value": found.p_value, "events_treated": events, "events_comparison": others * share,
        "largest_share": 1 / max(events, 1), "number_needed": float("nan"), "detectable": None,
    }  # fmt: skip


@st.composite
def figures(draw):
    people = draw(st.integers(2, 400))
    return estimated(
        draw(st.integers(0, people)), people, draw(st.integers(50, 5_000)), draw(st.floats(0.02, 0.98))
    )


@settings(max_examples=400, deadline=None)
@given(figures())
def test_a_significant_sentence_has_the_interval_and_the_people(row):
    shown, _ = measure_row(RATE, row, justice().disclosure, headline=True, alone=True)
    words = Words(example("lower").model_copy(update={"measures": (shown,)}), justice())
    said = " ".join([*words.answer(), words.quote(words.headlines[0])])
    if "is statistically significant" in said:
        assert row["conf_low"] > 0 or row["conf_high"] < 0
        assert row["n"] >= FEWEST_PEOPLE
        assert row["events_treated"] >= FEWEST_EVENTS
        assert ("less likely" in said) == (row["estimate"] < 0)
        assert ("more likely" in said) == (row["estimate"] > 0)
    else:
        assert "less likely to commit an offence" not in said.replace("less or more likely", "")


@settings(max_examples=200, deadline=None)
@given(figures())
def test_a_share_of_the_comparison_figure_points_the_way_the_interval_does(row):
    shown, _ = measure_row(RATE, row, justice().disclosure, headline=True, alone=True)
    if shown.relative_low is None:
        return
    for relative, absolute in (
        (shown.relative_low, shown.conf_low),
        (shown.relative_high, shown.conf_high),
    ):
        assert relative * absolute >= 0
        assert abs(relative * shown.comparison / 100 - absolute) <= 0.5 * shown.comparison / 100 + 1e-9
