"""The Python in the README and for analysts runs as it stands."""

import shutil

import pytest
from doc_pages import blocks

SHOWN = [
    pytest.param(block, id=f"{page} {number}")
    for page in ("README.md", "docs/analyst/README.md")
    for number, block in enumerate(blocks(page, "python"))
]


@pytest.mark.parametrize("block", SHOWN)
def test_example_runs(block, twin, tmp_path, monkeypatch, capsys):
    shutil.copy(twin.participants, tmp_path / "people.xlsx")
    (tmp_path / "register").symlink_to(twin.register)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(block, "example", "exec"), names)
    if "result" in names:
        assert names["result"].summary() in capsys.readouterr().out
    else:
        assert names["plan"].matching.caliper == 0.05
