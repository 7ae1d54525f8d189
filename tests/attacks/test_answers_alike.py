"""A4, A6, A12: lists that differ only in who of them is in the records get answers that differ in nothing."""

import json
from datetime import date

import pytest

from support.command import files_of, likeforlike

HEADER = "First name,Last name,Date of birth,Gender,Release date\n"
QUICK = "checks = []\nthresholds = []\nmeasures = ['reoffended']\n"


def strangers(count):
    return [
        f"Zzyx{chr(97 + i % 26)},Qqv{chr(97 + i // 26)}wum,{1 + i % 28:02}/02/1951,Male,14/02/2022"
        for i in range(count)
    ]


@pytest.fixture
def answer(capsys, twin, tmp_path):
    """What a provider gets for some rows: every file, what was said, and how the command ended."""

    def answer(name, rows):
        (tmp_path / f"{name}.csv").write_text(HEADER + "\n".join(rows) + "\n")
        (tmp_path / "plan.toml").write_text(QUICK)
        said = likeforlike(
            capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", tmp_path / f"{name}.csv",
            "--out", tmp_path / name, "--plan", tmp_path / "plan.toml",
        )  # fmt: skip
        files = files_of(tmp_path / name / "release")
        study = json.loads(files["results.json"])["provenance"]["study_sha256"].encode()
        plain = {path: content.replace(study, b"") for path, content in files.items()}
        return plain, said.out.replace(str(tmp_path / name), ""), said.code

    return answer


def row_of(person) -> str:
    born: date = person["date_of_birth"]
    return f"{person['forename']},{person['surname']},{born:%d/%m/%Y},{person['gender']},14/02/2022"


def test_how_many_were_found_is_told_to_nobody(answer, cohort, reports):
    """All made up, all but one, and all but twenty-five: below the floor no one can tell which."""
    known = [row_of(person) for person in cohort.people.head(25).iter_rows(named=True)]
    seen = [
        answer("none", strangers(70)),
        answer("one", [*strangers(69), known[0]]),
        answer("some", [*strangers(45), *known]),
    ]
    assert [code for _, _, code in seen] == [3, 3, 3]
    assert seen[0][0] == seen[1][0] == seen[2][0]
    assert (
        len({tuple(sorted((path, len(content)) for path, content in files.items())) for files, *_ in seen})
        == 1
    )
    reports("A4  69 made-up people and one real one", "1 of 70 found", "the bytes of 70 made-up people")
    reports("A6  a share found that tells who has a record", "the share", "nothing below the floor")


def test_what_the_command_says_does_not_depend_on_who_was_found(answer, cohort):
    known = [row_of(person) for person in cohort.people.head(25).iter_rows(named=True)]
    said = {answer(name, rows)[1] for name, rows in (("x", strangers(70)), ("y", [*strangers(45), *known]))}
    assert len(said) == 1
