"""Every mistake in a lab folder is one sentence that names the file and the key."""

import shutil
from pathlib import Path

import pytest

from likeforlike.errors import LabProblem
from likeforlike.labs import installed_labs, load_lab
from likeforlike.labs.read import HERE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "justice", tmp_path / "mylab"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def test_a_lab_may_live_outside_the_package(folder):
    assert load_lab(folder).sha256 == load_lab("justice").sha256
    assert "justice" in installed_labs()


@pytest.mark.parametrize(
    ("file", "old", "new", "names"),
    [
        ("lab.toml", "minimum = 60", "minimun = 60", ("lab.toml", "cohort.minim")),
        ("lab.toml", "minimum = 60", 'minimum = "sixty"', ("lab.toml", "cohort.minimum")),
        ("lab.toml", "[cohort]", "[cohort", ("lab.toml", "TOML")),
        (
            "lab.toml",
            'start_column = "intervention_start"',
            'start_column = "begin"',
            ("start_column", "begin"),
        ),
        ("columns.toml", 'kind = "date"', 'kind = "dat"', ("columns.toml", "column[3].kind")),
        (
            "records.toml",
            'references = "people.person_id"',
            'references = "persons.person_id"',
            ("references",),
        ),
        (
            "linkage.toml",
            'identifier = ["pnc_id"',
            'identifier = ["pnc"',
            ("linkage.toml", "identifier", "pnc"),
        ),
        (
            "linkage.toml",
            'swapped_with = "surname"',
            'swapped_with = "family"',
            ("linkage.toml", "swapped_with", "family"),
        ),
        (
            "linkage.toml",
            'by = "age", ages = [18, 25, 35, 50]',
            'by = "age"',
            ("linkage.toml", "staff_groups", "ages"),
        ),
        (
            "linkage.toml",
            'recorded = "people.ethnicity"',
            'recorded = "people.race"',
            ("staff_groups", "race"),
        ),
        ("outcomes.toml", "headline = true", "headline = 7", ("outcomes.toml", "headline")),
        ("covariates.toml", 'name = "ethnicity"', 'name = "sex"', ("covariates.toml", "sex", "twice")),
        ("columns.toml", 'name = "reference"', 'name = "row"', ("columns.toml", "row")),
        ("columns.toml", "^\\\\d{9}[A-Z]$", "^(\\\\d{9}", ("columns.toml", "pattern", "pnc_id")),
        ("columns.toml", 'kind = "text"', 'kind = "choice"', ("columns.toml", "choices", "reference")),
        ("disclosure.toml", "hide_below = 10", "hide_below = 2", ("disclosure.toml", "hide_below")),
        (
            "disclosure.toml",
            "minimum_analysed = 30\nminimum_comparison = 30\nhide_below = 10",
            "minimum_analysed = 30\nminimum_comparison = 30\nhide_below = 40",
            ("disclosure.toml", "'hide_below' is 40", "'minimum_analysed' (30)"),
        ),
        (
            "disclosure.toml",
            "hide_below = 10",
            "hide_below = 15",
            ("disclosure.toml", "'hide_below' is 15", "'band_below' (10)"),
        ),
    ],
)
def test_a_mistake_is_named(folder, file, old, new, names):
    change(folder, file, old, new)
    with pytest.raises(LabProblem) as problem:
        load_lab(folder)
    sentence = str(problem.value)
    assert all(name in sentence for name in names), sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("file", ["lab.toml", "wording.toml", "sql/outcomes.sql"])
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()
    with pytest.raises(LabProblem, match=file.replace(".", r"\.")):
        load_lab(folder)


def test_an_unknown_lab_names_the_known_ones(tmp_path):
    with pytest.raises(LabProblem, match="justice"):
        load_lab("jutsice")
    with pytest.raises(LabProblem):
        load_lab(tmp_path)


def test_any_change_of_a_file_changes_the_hash(folder):
    change(folder, "sql/outcomes.sql", "-- Offences", "-- The offences")
    assert load_lab(folder).sha256 != load_lab("justice").sha256


def test_only_rules_about_records_make_a_register_out_of_date(folder):
    change(folder, "disclosure.toml", "minimum_analysed = 30", "minimum_analysed = 40")
    change(folder, "linkage.toml", "threshold = 0.9", "threshold = 0.95")
    before = load_lab("justice").register_sha256
    assert load_lab(folder).register_sha256 == before
    change(folder, "linkage.toml", "expected_agreement = 0.97", "expected_agreement = 0.96")
    assert load_lab(folder).register_sha256 != before
