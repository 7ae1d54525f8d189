"""`likeforlike run`: from a list and a register to a report that is the same every time."""

import json
import re
import stat

import pytest

from support.command import files_of, likeforlike, studies_in

STAGES = (
    "linkage",
    "followup",
    "matching",
    "diagnostics",
    "outcomes",
    "estimates",
    "beside",
    "timing",
    "checks",
    "sensitivity",
)


@pytest.fixture
def arguments(twin, tmp_path):
    return ["run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
            "--about", twin.about, "--out", tmp_path / "out"]  # fmt: skip


def test_a_run_ends_with_a_headline_and_the_path_of_its_report(capsys, arguments, tmp_path):
    said = likeforlike(capsys, *arguments)
    assert said.code == 0
    report = tmp_path / "out" / "release" / "report.html"
    assert str(report) in said.out
    assert report.is_file()
    assert "Comparing the groups" in said.err


def test_json_is_for_machines(capsys, arguments):
    said = likeforlike(capsys, *arguments, "--json")
    facts = json.loads(said.out)
    assert (said.code, facts["status"], said.err) == (0, "released", "")
    assert re.fullmatch(r"[0-9a-f]{64}", facts["study"])


def test_the_same_input_gives_the_same_bytes(capsys, arguments, tmp_path, monkeypatch):
    likeforlike(capsys, *arguments)
    monkeypatch.setenv("LIKEFORLIKE_LEDGER", str(tmp_path / "another"))  # or it would give its old answer
    likeforlike(capsys, *arguments[:-1], tmp_path / "again")
    first, second = files_of(tmp_path / "out" / "release"), files_of(tmp_path / "again" / "release")
    assert {"report.html", "results.json", "tables/measures.csv", "tables/flow.csv"} <= set(first)
    assert first == second


def test_a_second_run_goes_on_from_the_last_finished_stage(capsys, arguments, tmp_path, monkeypatch):
    likeforlike(capsys, *arguments)
    first = files_of(tmp_path / "out" / "release")
    (study,) = studies_in(tmp_path / "out")
    for stage in STAGES[2:]:
        for file in (study / stage).iterdir():
            file.unlink()
    monkeypatch.setenv("LIKEFORLIKE_LEDGER", str(tmp_path / "another"))
    said = likeforlike(capsys, *arguments)
    assert said.err.count("finished earlier") == 2
    assert files_of(tmp_path / "out" / "release") == first


def test_only_the_release_can_be_read_by_others(capsys, arguments, tmp_path):
    likeforlike(capsys, *arguments)
    assert stat.S_IMODE((tmp_path / "out" / "vault").stat().st_mode) == 0o700
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["release", "vault"]


def test_a_study_file_says_the_same_as_the_options(capsys, arguments, twin, tmp_path):
    likeforlike(capsys, *arguments)
    about = twin.about.read_text()
    (tmp_path / "study.toml").write_text(
        f'lab = "justice"\nregister = "{twin.register}"\ncohort = "{twin.participants}"\nout = "by-file"\n'
        f"[programme]\n{about}"
    )
    assert likeforlike(capsys, "run", tmp_path / "study.toml").code == 0
    assert files_of(tmp_path / "by-file" / "release") == files_of(tmp_path / "out" / "release")


def test_another_seed_is_another_study(capsys, arguments):
    hashes = [
        json.loads(likeforlike(capsys, *arguments, "--json", "--seed", seed).out)["study"]
        for seed in ("1", "2")
    ]
    assert hashes[0] != hashes[1]


def test_results_hold_no_person(capsys, arguments, tmp_path, cohort):
    """Canary: no name, date of birth, identifier or person number of the list is in anything released."""
    likeforlike(capsys, *arguments)
    released = b"\n".join(files_of(tmp_path / "out" / "release").values()).decode()
    people = cohort.people
    for column in ("pnc_id", "prison_id", "postcode"):
        for value in people[column].drop_nulls():
            assert value not in released
    born = people["date_of_birth"].drop_nulls()
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"):
        found = [d for d in born.dt.strftime(form) if d in released]
        assert not found
    words = set(re.findall(r"[A-Za-z]+ [A-Za-z]+", released.lower()))
    names = people.select(
        both=people["forename"].str.to_lowercase() + " " + people["surname"].str.to_lowercase()
    )
    assert not words & set(names["both"].drop_nulls())
