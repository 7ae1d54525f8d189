"""A lab's wording must be whole: a mistake names the file and the key."""

import pytest

from likeforlike.errors import LabProblem
from likeforlike.report import check_wording, headline
from likeforlike.report.slots import SLOTS
from support.reports import example, justice, reworded


def test_the_justice_wording_is_whole():
    check_wording(justice())


@pytest.mark.parametrize("slot", sorted(SLOTS))
def test_a_missing_slot_is_named(slot):
    with pytest.raises(LabProblem, match=rf"wording\.toml: the key 'sentence\.{slot}' is missing"):
        check_wording(reworded(justice(), {}, without=slot))


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("anser_lower", "Text.", "there is no key 'sentence.anser_lower'"),
        ("arrests.unit_one", "arrest", "names 'arrests', which is no measure"),
        ("answer_lower", "{people} did well.", "'{people}', which nothing fills"),
        ("answer_lower", "{nouns.__class__}", "which nothing fills"),
        ("answer_lower", "{nouns!r}", "which nothing fills"),
        ("answer_lower", "{nouns:>{who}}", "which nothing fills"),
        ("answer_lower", "{nouns did well.", "unpaired curly bracket"),
    ],
)
def test_a_wrong_sentence_is_named(key, text, problem):
    with pytest.raises(LabProblem) as caught:
        check_wording(reworded(justice(), {key: text}))
    assert problem in str(caught.value)
    assert "wording.toml" in str(caught.value)


def test_a_report_refuses_wording_with_a_gap():
    with pytest.raises(LabProblem, match="rate_lower"):
        headline(example("lower"), reworded(justice(), {}, without="rate_lower"))


def test_a_measure_may_have_its_own_sentence():
    lab = reworded(justice(), {"reoffended.answer_lower": "Fewer {nouns} offended."})
    assert headline(example("lower"), lab).startswith("Fewer people offended.")
