"""A stage that was damaged since it was kept is worked out again: same bytes, and a note."""

import pytest

from support.command import files_of, likeforlike, studies_in


@pytest.fixture
def arguments(twin, tmp_path):
    return ["run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
            "--out", tmp_path / "out"]  # fmt: skip


def test_a_run_goes_on_over_damaged_stages(capsys, arguments, tmp_path):
    assert likeforlike(capsys, *arguments).code == 0
    whole = files_of(tmp_path / "out" / "release")
    (study,) = studies_in(tmp_path / "out")
    table, rest = study / "followup" / "frame.parquet", study / "estimates" / "result.json"
    for damaged in (table, rest):
        damaged.write_bytes(damaged.read_bytes()[:100])
    said = likeforlike(capsys, *arguments)
    assert said.code == 0
    assert files_of(tmp_path / "out" / "release") == whole
    notes = [line.strip() for line in said.err.splitlines() if "damaged" in line]
    assert notes == [
        f"What was kept of the stage '{stage}' is damaged, so it is worked out again."
        for stage in ("followup", "estimates")
    ]
    assert "damaged" not in likeforlike(capsys, *arguments).err
