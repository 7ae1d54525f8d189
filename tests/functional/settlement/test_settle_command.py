"""A contract on which rounding decides, settled in the vault: once, through the ledger, with no figure beside it."""

import json
import os
from pathlib import Path

import pytest

from likeforlike.errors import Refused
from support.command import likeforlike

CONTRACT = """
name = "Ours"
source = "A test"

[measure]
metric = "binary"
scale = "points"

[baseline]
kind = "matched"

[rule]
threshold = {threshold}

[pay]
amount = 90000
"""


@pytest.fixture
def result(twin, tidy_list, tmp_path, capsys):
    (tmp_path / "plan.toml").write_text("checks = []\nthresholds = []\nmeasures = ['reoffended']\n")
    said = likeforlike(
        capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", tidy_list, "--about", twin.about,
        "--plan", tmp_path / "plan.toml", "--out", tmp_path / "out",
    )  # fmt: skip
    assert said.code in (0, Refused.exit_code)
    assert said.code == 0, said.err
    return tmp_path / "out"


def test_a_contract_is_settled_once(result, twin, tmp_path, capsys):
    released = json.loads((result / "release" / "results.json").read_text())
    (row,) = released["measures"]
    edge = row["comparison"] - row["treatment"]

    def settle(threshold, *more):
        file = tmp_path / "contract.toml"
        file.write_text(CONTRACT.format(threshold=threshold))
        return likeforlike(capsys, "settle", file, result, "--register", twin.register, *more)

    sure = settle(edge - 20)
    assert (sure.code, "rounding cannot change that" in sure.out) == (0, True), sure.err
    entries = Path(os.environ["LIKEFORLIKE_LEDGER"]) / "entries.jsonl"
    before = len(entries.read_text().splitlines())
    told = json.loads(settle(edge, "--json").out)
    assert (told["rule"], told["by"]) in (("met", "unrounded"), ("not_met", "unrounded"))
    assert told["amount"] == (90000 if told["rule"] == "met" else 0)
    added = [json.loads(line) for line in entries.read_text().splitlines()[before:]]
    assert [(one["what"], one["claims"][0]["published"]) for one in added] == [("released", "contract")]
    assert added[0]["claims"][0]["low"] < added[0]["claims"][0]["high"]
    again = json.loads(settle(edge, "--json").out)
    assert again == told
    other = json.loads(settle(edge + 0.5, "--json").out)
    assert (other["rule"], other["by"]) == ("open", "nothing")
    assert {"events", "mean_treated", "events_treated"}.isdisjoint(told)
    assert likeforlike(capsys, "disclose", "audit", os.environ["LIKEFORLIKE_LEDGER"]).code == 0
    alone = likeforlike(
        capsys, "settle", tmp_path / "contract.toml", result / "release", "--register", twin.register
    )
    assert (alone.code, "There is no vault beside this release" in alone.sentence) == (2, True)
