"""A package may bring labs under their names, by an entry point."""

import shutil
import sys
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from likeforlike.errors import LabProblem
from likeforlike.labs import installed_labs, load_lab, read


@pytest.fixture
def brought(tmp_path, monkeypatch):
    package = tmp_path / "some_departments_labs"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copytree(read.HERE / "employment", package / "jobs")
    (package / "jobs" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield EntryPoint("jobs", "some_departments_labs.jobs", read.GROUP)
    for name in ("some_departments_labs", "some_departments_labs.jobs"):
        sys.modules.pop(name, None)


def test_it_is_found_by_its_name(brought, monkeypatch):
    monkeypatch.setattr(read, "entry_points", lambda group: EntryPoints([brought]).select(group=group))
    assert "jobs" in installed_labs()
    assert load_lab("jobs").sha256 == load_lab("employment").sha256


def test_two_of_one_name_are_refused(brought, monkeypatch):
    monkeypatch.setattr(
        read, "entry_points", lambda group: EntryPoints([brought, brought]).select(group=group)
    )
    with pytest.raises(LabProblem, match="Two installed packages"):
        load_lab("jobs")
