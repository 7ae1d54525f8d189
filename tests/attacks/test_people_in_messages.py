"""A13: canaries in a list, whatever goes wrong: nothing of them is said, logged, or left outside the vault."""

import logging
import tempfile
from pathlib import Path

import pytest

from support.command import likeforlike

HEADER = "First name,Last name,Date of birth,Gender,Release date,PNC ID\n"
CANARY = "qzcanary"


def listed(path: Path, *, broken: bool = False) -> Path:
    rows = [
        f"Qzcanaryf{chr(97 + i % 26)},Qzcanarys{chr(97 + i // 26)},{1 + i % 28:02}/02/1951,Male,14/02/2022,QZCANARY{i}"
        for i in range(70)
    ]
    if broken:
        rows[3] = rows[3].replace("/02/1951", "/02/qzcanary")
    path.write_text(HEADER + "\n".join(rows) + "\n")
    return path


def outside(tmp_path: Path, *folders: Path) -> list[str]:
    """Files that hold a canary."""
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes().lower()
    ]


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("failing", [None, "likeforlike.linkage.link", "likeforlike.pipeline.follow_up"])
def test_no_canary_leaves(capsys, caplog, twin, tmp_path, monkeypatch, broken, failing):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("LIKEFORLIKE_LEDGER", str(tmp_path / "ledger"))
    if failing:
        monkeypatch.setattr("likeforlike.pipeline." + failing.rsplit(".", 1)[1], fails)
    (tmp_path / "plan.toml").write_text("checks = []\nthresholds = []\nmeasures = ['reoffended']\n")
    with caplog.at_level(logging.DEBUG):
        said = likeforlike(
            capsys, "run", "--lab", "justice", "--register", twin.register,
            "--cohort", listed(tmp_path / "list.csv", broken=broken), "--out", tmp_path / "out",
            "--plan", tmp_path / "plan.toml",
        )  # fmt: skip
    assert said.code != 0
    assert CANARY not in (said.out + said.err + caplog.text).lower()
    assert outside(tmp_path, temporary, tmp_path / "ledger", tmp_path / "out" / "release") == []


def fails(*arguments: object, **_: object) -> None:
    """An error that has people in its message, as libraries' errors can."""
    raise RuntimeError(f"Qzcanaryfa Qzcanarysa could not be handled: {arguments[0]!r}")
