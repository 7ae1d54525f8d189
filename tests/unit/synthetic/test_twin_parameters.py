"""Mistakes in `synthetic.toml` are named."""

import pytest

from likeforlike.errors import InputProblem, LabProblem
from likeforlike.labs import load_lab
from likeforlike.synthetic import write_twin

LAB = load_lab("justice")


def altered(**changes):
    return LAB.model_copy(update={"synthetic": LAB.synthetic.model_copy(update=changes)})


@pytest.mark.parametrize(
    ("lab", "sentence"),
    [
        (altered(model="horoscopes"), "'model' is wrong: use one of careers, spells"),
        (altered(people={**LAB.synthetic.people, "male": 1.5}), "'people.male' is wrong"),
        (altered(people={**LAB.synthetic.people, "pnc": 0.5}), "no key 'people.pnc'"),
        (altered(people={**LAB.synthetic.people, "pnc_id": 2}), "'people.pnc_id' is wrong"),
        (altered(histories={**LAB.synthetic.histories, "speed": 1}), "no key 'histories.speed'"),
        (altered(programme={"name": "x"}), "'programme.provider' is missing"),
        (LAB.model_copy(update={"synthetic": None}), "no synthetic.toml"),
    ],
)
def test_a_wrong_key_is_named_before_anything_is_written(lab, sentence, tmp_path):
    with pytest.raises(LabProblem, match=sentence.replace(".", r"\.")):
        write_twin(lab, 5_000, 1, tmp_path / "twin")
    assert not (tmp_path / "twin").exists()


@pytest.mark.parametrize("people", [10, 10**9])
def test_the_number_of_people_has_limits(people, tmp_path):
    with pytest.raises(InputProblem, match="between 1,000 and"):
        write_twin(LAB, people, 1, tmp_path)


def test_an_impossible_effect_is_refused(tmp_path):
    with pytest.raises(InputProblem, match=r"programme\.effect"):
        write_twin(LAB, 20_000, 1, tmp_path, effect=-0.9)
