"""Lists for which nothing may be said: one coarse sentence, exit code 3, nothing that depends on who was found."""

import json
from pathlib import Path

import pytest

from support.command import files_of, likeforlike

HEADER = "First name,Last name,Date of birth,Gender,Release date\n"


def strangers(path: Path, count: int) -> Path:
    """People who are in no records."""
    rows = [
        f"Zzyx{chr(97 + i % 26)},Qqv{chr(97 + i // 26)}wum,{1 + i % 28:02}/02/1951,Male,14/02/2022"
        for i in range(count)
    ]
    path.write_text(HEADER + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def run(capsys, twin, tmp_path):
    def run(listed: Path, out: str):
        return likeforlike(
            capsys,
            "run",
            "--lab",
            "justice",
            "--register",
            twin.register,
            "--cohort",
            listed,
            "--out",
            tmp_path / out,
        )

    return run


def test_a_list_of_strangers_is_refused_in_one_sentence(run, tmp_path):
    said = run(strangers(tmp_path / "s.csv", 60), "out")
    assert said.code == 3
    results = json.loads((tmp_path / "out" / "release" / "results.json").read_text())
    assert results["status"] == "refused"
    assert "too few people" in said.out


def test_a_refusal_does_not_tell_how_many_were_found(run, tmp_path, cohort):
    """Sixty strangers, and fifty-nine with one person who is in the records, get the same answer."""
    run(strangers(tmp_path / "s.csv", 60), "none")
    known = cohort.people.row(0, named=True)
    listed = strangers(tmp_path / "t.csv", 59)
    born = known["date_of_birth"].strftime("%d/%m/%Y")
    with listed.open("a") as file:
        file.write(f"{known['forename']},{known['surname']},{born},{known['gender']},14/02/2022\n")
    run(listed, "one")

    def without_hashes(folder: str) -> dict:
        results = json.loads((tmp_path / folder / "release" / "results.json").read_text())
        provenance = (results.get("release") or results)["provenance"]
        provenance["study_sha256"] = ""
        return results

    assert without_hashes("none") == without_hashes("one")
    assert set(files_of(tmp_path / "none" / "release")) == set(files_of(tmp_path / "one" / "release"))


def test_fewer_people_than_the_labs_minimum_is_the_providers_to_mend(run, tmp_path):
    said = run(strangers(tmp_path / "s.csv", 59), "out")
    assert said.code == 2
    assert not (tmp_path / "out").exists()
