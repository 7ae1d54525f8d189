"""A measure's words say how long people are followed; its mistakes are one sentence."""

import shutil
from pathlib import Path

import pytest

from likeforlike.errors import LabProblem
from likeforlike.labs import load_lab
from likeforlike.labs.read import HERE

OUTCOMES = load_lab("justice").outcomes


@pytest.mark.parametrize(
    ("months", "period"),
    [
        (1, "a month"),
        (6, "6 months"),
        (12, "a year"),
        (18, "18 months"),
        (24, "two years"),
        (36, "three years"),
    ],
)
def test_the_length_of_follow_up_in_words(months, period):
    assert OUTCOMES.period(months) == period
    measure = OUTCOMES.over(months).get("reoffended")
    assert measure.label == f"committed an offence within {period}"
    assert measure.statistical_label == f"Proven reoffending rate within {period}"


def test_no_place_is_left_in_any_measure():
    for measure in OUTCOMES.over(24).measure:
        assert not set("{}") & set(measure.label + measure.statistical_label)


def test_the_justice_data_lab_has_its_measures_and_one_more():
    assert len(OUTCOMES.measure) == 12
    assert [m.name for m in OUTCOMES.measure if m.headline] == [
        "reoffended",
        "reoffences",
        "offence_free_days",
    ]
    assert all(m.descriptive == (m.base is not None) for m in OUTCOMES.measure)
    assert not any(m.headline for m in OUTCOMES.measure if m.descriptive)
    kinds = [m.kind for m in OUTCOMES.measure if m.descriptive]
    assert {kind: kinds.count(kind) for kind in kinds} == {"time": 1, "rate": 4, "frequency": 4}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("within {period}", "within {months}", "the only place it may hold is {period}"),
        ("within {period}", "within {period", "the only place it may hold is {period}"),
        ('event = "reoffended"\n', "", "a time that counts everyone needs the key 'event'"),
    ],
)
def test_a_mistake_in_a_measure_is_named(tmp_path, old, new, named):
    folder = Path(shutil.copytree(HERE / "justice", tmp_path / "mylab"))
    text = (folder / "outcomes.toml").read_text()
    (folder / "outcomes.toml").write_text(text.replace(old, new, 1))
    with pytest.raises(LabProblem) as problem:
        load_lab(folder)
    assert str(problem.value).startswith("outcomes.toml: the key 'measure[")
    assert named in str(problem.value)
