"""The tutorial does what it says: a lab made from it alone, to the letter, passes its check and runs."""

import json
import re
import shlex
import subprocess

import pytest
from doc_pages import text

from likeforlike.kit import check_folder
from support.command import likeforlike

STEP = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<kind>\w+)\n(?P<body>.*?)^```", re.DOTALL | re.MULTILINE)
WRITE = re.compile(r"Write `([^`]+)`:")
REPLACE = re.compile(r"`([^`]+)`, replace from `([^`]+)` to (?:before `([^`]+)`|the end):")


def steps():
    page = text("docs/start/a-lab-in-a-day.md").split("## Where a lab may live")[0]
    for found in STEP.finditer(page):
        yield found["before"], found["kind"], found["body"]


def replaced(old, start, end, new):
    begin = old.index(f"\n{start}") + 1
    stop = old.index(f"\n{end}", begin) + 1 if end else len(old)
    return old[:begin] + new + old[stop:]


def do(capsys, home, before, kind, body):
    if kind == "sh":
        for line in body.splitlines():
            if line.startswith("sed "):
                subprocess.run(shlex.split(line), check=True)
                continue
            said = likeforlike(capsys, *shlex.split(line)[1:])
            assert said.code == 0, f"{line}: {said}"
    elif named := WRITE.search(before):
        (home / named[1]).write_text(body)
    else:
        path, start, end = REPLACE.search(before).groups()
        (home / path).write_text(replaced((home / path).read_text(), start, end, body))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_somebody_who_follows_it_to_the_letter_has_a_lab(capsys, home):
    for before, kind, body in steps():
        do(capsys, home, before, kind, body)
    results = json.loads((home / "study" / "release" / "results.json").read_text())
    assert results["status"] == "released"
    page = (home / "study" / "release" / "report.html").read_text()
    assert "admitted to hospital" in page
    assert not re.search(r"\bspells?\b", page)
    assert "Days in hospital in the two years before" in (home / "health.md").read_text()
    query = home / "health" / "sql" / "covariates.sql"
    query.write_text(query.read_text().replace("a.admitted < c.index_date\n      and ", ""))
    assert "after the index date" in check_folder(home / "health").mistakes[0]
