"""A study file's paths, its mistakes, and the hash that names a study."""

from datetime import date

import pytest

from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab
from likeforlike.plan import Plan
from likeforlike.read import read_about, read_study_file, study_of
from likeforlike.study import Programme, Study

FILE = """
lab = "justice"
register = "register"
cohort = "people.xlsx"
out = "result"
seed = 7
[programme]
name = "Fresh Start"
"""


def test_paths_are_relative_to_the_file(tmp_path):
    (tmp_path / "study.toml").write_text(FILE)
    study = read_study_file(tmp_path / "study.toml")
    assert study.cohort == tmp_path / "people.xlsx"
    assert study.register_folder == tmp_path / "register"
    assert (study.lab, study.seed, study.programme.name) == ("justice", 7, "Fresh Start")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [("seed = 7", "sede = 7", "sede"), ("seed = 7", 'seed = "x"', "seed"), ("cohort", "cohorts", "cohort")],
)
def test_a_wrong_key_is_named(tmp_path, old, new, named):
    (tmp_path / "study.toml").write_text(FILE.replace(old, new))
    with pytest.raises(InputProblem, match=named):
        read_study_file(tmp_path / "study.toml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('out = "result"', "out = 3", "'out' is wrong: it must be a file or folder name in quotation marks."),
        ("seed = 7", 'seed = "x"', "'seed' is wrong: it must be a whole number."),
        ("seed = 7", "seed = 1.5", "'seed' is wrong: it must be a whole number."),
        ("seed = 7", "seed = -1", "'seed' is wrong: it must be at least 0."),
        ("seed = 7", "caliper = 0", "'caliper' is wrong: it must be more than 0."),
        ("seed = 7", "sheet = 2", "'sheet' is wrong: it must be text in quotation marks."),
        ("[programme]", "[programme.x]", "there is no key 'programme.x'"),
        ('name = "Fresh Start"', 'name = ""', "'programme.name' is wrong: it must not be empty."),
    ],
)
def test_a_wrong_value_is_explained_without_the_words_of_a_programmer(tmp_path, old, new, words):
    (tmp_path / "study.toml").write_text(FILE.replace(old, new))
    with pytest.raises(InputProblem) as problem:
        read_study_file(tmp_path / "study.toml")
    assert str(problem.value).startswith("study.toml: ")
    assert words in str(problem.value)


def test_a_missing_or_broken_file_is_one_sentence(tmp_path):
    with pytest.raises(InputProblem, match="no file"):
        read_about(tmp_path / "about.toml")
    (tmp_path / "about.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputProblem, match="TOML"):
        read_about(tmp_path / "about.toml")


def study(**changes: object) -> Study:
    usual = {
        "lab": "justice", "lab_version": "1", "lab_sha256": "a", "cohort_sha256": "b", "register_sha256": "c",
        "vintage": date(2024, 6, 30), "programme": Programme(), "plan": Plan.of_lab(load_lab("justice")),
    }  # fmt: skip
    return Study.model_validate(usual | changes)


def test_everything_that_can_change_a_result_changes_the_hash():
    lab = load_lab("justice")
    changes = [
        {"cohort_sha256": "x"}, {"register_sha256": "x"}, {"lab_sha256": "x"}, {"vintage": date(2024, 7, 1)},
        {"plan": Plan.of_lab(lab).changed({"matching": {"caliper": 0.3}}, lab)},
        {"plan": Plan.of_lab(lab).changed({"seed": 2}, lab)},
    ]  # fmt: skip
    hashes = [study().sha256, *(study(**c).sha256 for c in changes)]
    assert len(set(hashes)) == len(hashes)
    assert study().sha256 == study().sha256


@pytest.mark.parametrize("caliper", [float("nan"), float("inf"), -1.0])
def test_a_calliper_that_is_no_ordinary_number(caliper: float) -> None:
    wanted = {"lab": "justice", "register": "r", "cohort": "c.csv", "out": "o", "caliper": caliper}
    with pytest.raises(InputProblem, match=r"^The study: the key 'caliper' is wrong: it must be "):
        study_of(wanted)
