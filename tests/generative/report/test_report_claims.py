"""No sentence claims more than the interval allows, whatever the figures."""

from hypothesis import given, settings
from hypothesis import strategies as st

from likeforlike.report.say import can_say, cannot_say, rules_out
from likeforlike.report.words import Words
from support.release_figures import measure_row
from support.reports import example, justice

MEASURES = st.sampled_from(justice().outcomes.over(12).measure)
FIGURE = st.integers(-400, 400)


@st.composite
def releases(draw):
    """A release with one measure whose figures need not agree with each other."""
    measure = draw(MEASURES).model_copy(
        update={"headline": True, "better": draw(st.sampled_from(["lower", "higher"]))}
    )
    scale = 10.0**-measure.decimals
    low, high = sorted((draw(FIGURE), draw(FIGURE)))
    row = measure_row(
        measure,
        treatment=round(draw(st.integers(0, 100)) * scale, measure.decimals),
        comparison=round(draw(st.integers(0, 100)) * scale, measure.decimals),
        difference=round(draw(st.integers(low, high)) * scale, measure.decimals),
        conf_low=round(low * scale, measure.decimals),
        conf_high=round(high * scale, measure.decimals),
        p=draw(st.sampled_from([None, 0.0, 0.03, 0.049, 0.06, 0.5])),
        significant=draw(st.booleans()),
        direction=draw(st.sampled_from(["lower", "higher", "undetermined"])),
        number_needed=draw(st.sampled_from([None, 1900])),
    )
    return example("lower").model_copy(update={"measures": (row,)})


def said_by(words):
    said = [*words.answer(), *can_say(words), *(s for _, s in rules_out(words))]
    said += [
        part for f in words.findings for part in (words.certainty(f), words.result(f), words.expected(f))
    ]
    return " ".join(said)


@settings(max_examples=400, deadline=None)
@given(releases())
def test_significance_is_claimed_only_with_an_interval_on_one_side(release):
    words, row = Words(release, justice()), release.measures[0]
    claims = " is statistically significant" in said_by(words)
    if claims:
        assert row.significant
        assert row.p_value is None or row.p_value <= 0.05
        assert row.conf_low > 0 or row.conf_high < 0 or "Before rounding" in said_by(words)
        assert not row.conf_low < 0 < row.conf_high


@settings(max_examples=400, deadline=None)
@given(releases())
def test_a_direction_is_claimed_only_when_certain_and_the_right_one(release):
    words, row = Words(release, justice()), release.measures[0]
    answer = words.answer()
    claimed = {"less likely to commit": "lower", "more likely to commit": "higher"}
    found = {
        side for text, side in claimed.items() if text in answer[0] and "cannot yet tell" not in answer[0]
    }
    assert found <= {row.direction}
    if found:
        assert row.significant
        assert (row.conf_high <= 0) if found == {"lower"} else (row.conf_low >= 0)
        good = found == {row.better}
        assert answer[1] == words.fill("favours_better" if good else "favours_worse")
    else:
        withheld = words.headlines[0].certainty == "withheld"
        assert answer[1] == words.fill("favours_withheld" if withheld else "favours_neither")
        assert any("makes no difference" in item.sentence for item in cannot_say(words))


@settings(max_examples=200, deadline=None)
@given(releases())
def test_sentences_are_whole(release):
    said = said_by(Words(release, justice()))
    assert "{" not in said
    assert "None" not in said
    assert "-0" not in said
    assert "−" not in said, "directions are said in words, not with signs"
