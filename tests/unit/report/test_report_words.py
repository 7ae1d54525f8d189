"""Findings become sentences: every template of the justice wording is used, and says what it should."""

import pytest

from likeforlike.evidence.looks.declared import Looks
from likeforlike.evidence.looks.marked import marked
from likeforlike.report.say import can_say, cannot_say, rules_out
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.method import method
from likeforlike.report.slots import KINDS, SLOTS
from likeforlike.report.text import Text
from likeforlike.report.words import Words
from support.release_figures import measure_row
from support.reports import example, justice

YEAR = justice().outcomes.over(12)
KIND_OF = {m.kind: m for m in YEAR.measure if m.headline}
DAYS = YEAR.get("days_to_first")
INTERVALS = {
    "rate": {
        "lower": (-8, -2),
        "higher": (2, 8),
        "across": (-8, 3),
        "one": (-1, -1),
        "zero": (-8, 0),
        "none": (0, 0),
    },
    "frequency": {"lower": (-0.4, -0.1), "higher": (0.1, 0.4), "across": (-0.2, 0.3)},
    "time": {"lower": (-20, -3), "higher": (3, 20), "across": (-9, 12), "open": (-9, 0)},
}
CASES = [(kind, name) for kind in KINDS for name in INTERVALS[kind]]


def release_with(kind, name, measure=None, **given):
    low, high = INTERVALS[kind][name]
    p = 0.4 if name in ("across", "open", "none") else 0.01
    shown = {
        "treatment": 30,
        "comparison": 35,
        "difference": (low + high) / 2,
        "conf_low": low,
        "conf_high": high,
    }
    row = measure_row(
        (measure or KIND_OF[kind]).model_copy(update={"headline": True}), **(shown | {"p": p} | given)
    )
    return example("lower").model_copy(update={"measures": (row,)})


def everything_said(release):
    """All sentences of a release, and the slots that they came from."""
    words = Words(release, justice())
    used = set()
    fill = words.fill

    def listen(slot, finding=None, **values):
        used.add(slot)
        return fill(slot, finding, **values)

    words.fill = listen
    said = [*words.answer(), *can_say(words), *(s for _, s in rules_out(words))]
    said += [f"{c.sentence} {c.because}" for c in cannot_say(words)]
    for finding in words.findings:
        said += [words.certainty(finding), words.quote(finding), words.rules_out(finding)]
        said += [words.detectable(finding)] if finding.row.detectable else []
        said += [words.change(finding), words.expected(finding), words.base(finding)]
    said += method(Context(release, justice(), words, Text(release, justice())))
    used |= {"who_descriptive" if f.row.descriptive else "who" for f in words.findings}
    return said, used


def one_of_several():
    """A second headline measure that does not stand after correction."""
    first, second, *others = example("lower").measures
    doubted = {"significant": False, "direction": "undetermined", "doubt": "several", "p_adjusted": 0.08}
    return example("lower").model_copy(
        update={"measures": (first, second.model_copy(update=doubted), *others)}
    )


def test_a_claim_that_does_not_stand_after_correction_is_none():
    words = Words(one_of_several(), justice())
    finding = words.findings[1]
    assert (finding.certainty, finding.favours) == ("several", "neither")
    assert "chance alone could explain it" in words.quote(finding)
    assert "statistically significant" not in words.quote(finding)
    assert words.rules_out(finding) == ""


def looked_at_early():
    """A claim that does not reach the limit of an early look at a growing list."""
    return marked(example("lower"), Looks(of=5, people=100_000))


def test_a_claim_that_does_not_reach_its_looks_limit_is_none():
    words = Words(looked_at_early(), justice())
    finding = words.headlines[0]
    assert (finding.certainty, finding.favours) == ("looks", "neither")
    assert words.answer()[0].startswith("We cannot yet tell whether")
    assert "looked at several times as it grew" in words.quote(finding)
    assert words.rules_out(finding) == ""


def test_every_slot_is_used():
    releases = [release_with(kind, name) for kind, name in CASES]
    releases += [release_with("rate", "lower", significant=False)]
    releases += [release_with("rate", "lower", detectable=5.0), one_of_several(), looked_at_early()]
    releases += [release_with("rate", "across", number_needed=1900)]
    releases += [release_with("rate", "across", treatment=None, withheld="Too few people to show this.")]
    releases += [release_with("frequency", "lower", conf_low=-0.4, conf_high=0.0)]
    releases += [release_with("time", name, measure=DAYS) for name in ("lower", "open")]
    releases += [release_with("rate", n).model_copy(update={"margin": 9.0}) for n in ("lower", "across")]
    releases += [release_with("rate", "lower").model_copy(update={"margin": m}) for m in (1.0, 5.0)]
    used = set().union(*(everything_said(r)[1] for r in releases))
    assert set(SLOTS) - used == set()


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_no_place_is_left_open(kind, name):
    said, _ = everything_said(release_with(kind, name, number_needed=1900))
    assert [s for s in said if "{" in s or "}" in s or "  " in s] == []


@pytest.mark.parametrize(
    ("kind", "name", "sentence"),
    [
        (
            "rate",
            "lower",
            "is lower by between 2 and 8 percentage points. This is statistically significant.",
        ),
        (
            "rate",
            "higher",
            "is higher by between 2 and 8 percentage points. This is statistically significant.",
        ),
        (
            "rate",
            "across",
            "anywhere from 8 percentage points lower to 3 percentage points higher.",
        ),
        ("rate", "one", "is lower by about 1 percentage point. This"),
        ("rate", "zero", "is lower by up to 8 percentage points. This"),
        ("frequency", "lower", "is lower by between 10 and 40 per 100 people. This"),
        (
            "time",
            "higher",
            "People who took part had more days without an offence, by between 3 and 20 days.",
        ),
        (
            "time",
            "lower",
            "People who took part had fewer days without an offence, by between 3 and 20 days.",
        ),
        ("time", "across", "could be anywhere from 9 days fewer to 12 days more."),
        ("time", "open", "anywhere from 9 days fewer to no different."),
    ],
)
def test_the_forms_of_a_result(kind, name, sentence):
    words = Words(release_with(kind, name), justice())
    assert sentence in words.result(words.findings[0])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "lower",
            "The groups very likely differ, but hardly by more than 8 percentage points.",
        ),
        ("across", "more than 8 percentage points lower, or more than 3 percentage points higher."),
        ("none", "Any difference is too small to show after rounding."),
    ],
)
def test_what_the_interval_rules_out(name, sentence):
    words = Words(release_with("rate", name), justice())
    assert sentence in words.rules_out(words.findings[0])


@pytest.mark.parametrize(
    ("name", "margin", "sentence", "favours"),
    [
        (
            "across",
            8.5,
            "a difference below 8.5 percentage points would not matter",
            "smaller than what the plan",
        ),
        (
            "across",
            8.4,
            "range holds both such differences and larger",
            "does not show that the programme fails",
        ),
        ("lower", 9.0, "a difference below 9 percentage points would not matter", "favours the programme"),
        ("lower", 8.0, "range holds both such differences and larger", "favours the programme"),
        ("lower", 1.5, "The whole range is at or above that", "favours the programme"),
        ("lower", 1.6, "range holds both such differences and larger", "favours the programme"),
        ("lower", None, "", "favours the programme"),
    ],
)
def test_a_difference_too_small_to_matter_is_said_by_the_interval_that_is_shown(
    name, margin, sentence, favours
):
    words = Words(release_with("rate", name).model_copy(update={"margin": margin}), justice())
    assert sentence in words.matters()
    assert bool(sentence) == bool(words.matters())
    assert favours in words.answer()[1]
    assert words.matters() in rules_out(words)[0][1]
    assert ("did about the same" in words.matters()) == (favours == "smaller than what the plan")


def test_a_margin_of_a_number_per_person_is_said_per_hundred():
    words = Words(release_with("frequency", "across").model_copy(update={"margin": 0.31}), justice())
    assert "a difference below 31 per 100 people would not matter" in words.matters()


@pytest.mark.parametrize("given", [{"significant": False}, {"treatment": None, "withheld": "Too few."}])
def test_nothing_is_said_of_a_margin_where_too_few_are_behind_the_figures(given):
    words = Words(release_with("rate", "lower", **given).model_copy(update={"margin": 50.0}), justice())
    assert words.matters() == ""


def test_arms_of_a_trial_are_never_said_to_be_similar_or_to_have_taken_part():
    said, _ = everything_said(example("alike"))
    told = " ".join(said)
    assert "who were offered the programme" in told
    for claim in ("similar people", "who took part", "who did not", "radius", "Taking part is the only"):
        assert claim not in told


def test_rounding_to_zero_is_said():
    words = Words(release_with("rate", "zero"), justice())
    assert "Before rounding, the range does not include zero." in words.result(words.findings[0])


def test_an_open_result_does_not_mean_failure():
    words = Words(release_with("rate", "across", number_needed=1900), justice())
    assert "does not show that the programme fails" in " ".join(words.answer())
    assert "More people would be needed to determine the direction." in words.quote(words.findings[0])
    assert "About 1,900 people would be needed" in words.quote(words.findings[0])


def test_a_withheld_result_says_nothing_of_the_programme():
    words = Words(release_with("rate", "across", treatment=None, withheld="Too few."), justice())
    assert words.answer()[1] == "This says nothing about whether the programme works."


@pytest.mark.parametrize(
    ("kind", "name", "favours"),
    [("rate", "lower", "favours"), ("rate", "higher", "does not favour"), ("time", "higher", "favours")],
)
def test_better_follows_the_lab(kind, name, favours):
    assert favours in Words(release_with(kind, name), justice()).answer()[1]


def test_a_descriptive_measure_is_labelled_wherever_it_may_be_copied():
    words = Words(release_with("time", "higher", measure=DAYS), justice())
    assert "came later for reoffending people who took part, by between 3 and 20 days." in can_say(words)[0]
    assert "does not prove" in can_say(words)[0]
    assert rules_out(words) == ()


def test_nouns_follow_the_release():
    release = example("open")
    said = " ".join(everything_said(release)[0])
    assert "women who took part" in said
    assert "Women" in said or "women" in said
    assert " people who took part" not in said


def test_what_cannot_be_said_has_reasons():
    for item in cannot_say(Words(example("lower"), justice())):
        assert item.sentence.endswith(".")
        assert item.because.endswith(".")


@pytest.mark.parametrize(("months", "period"), [(12, "a year"), (24, "two years"), (18, "18 months")])
def test_the_length_of_follow_up_is_said_as_the_release_has_it(months, period):
    measures = tuple(
        measure_row(m, treatment=3, comparison=4) for m in justice().outcomes.over(months).measure
    )
    release = example("lower").model_copy(update={"follow_up_months": months, "measures": measures})
    assert f"committed an offence within {period}" in release.measures[0].label
    said = " ".join(everything_said(release)[0])
    assert f"within {period}" in said
    assert ("a year" in said) == (months == 12)


def test_a_share_of_the_comparison_figure_follows_what_it_is_a_share_of():
    words = Words(release_with("rate", "across", number_needed=1900), justice())
    said = words.quote(words.findings[0])
    assert "to 3 percentage points higher. As a share of the figure for similar people" in said
    assert said.index("As a share") < said.index("More people would be needed")
    certain = Words(release_with("rate", "lower"), justice())
    assert "that is lower by between 6% and 23%." in certain.quote(certain.findings[0])
    assert "As a share" not in words.quote(Words(release_with("time", "lower"), justice()).findings[0])
