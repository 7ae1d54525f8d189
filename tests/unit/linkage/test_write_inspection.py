"""Tables for staff: for their owner only, and harmless in a spreadsheet."""

import stat

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.linkage.clerical import write_inspection

TABLE = pl.DataFrame(
    {
        "person_id": ["=1+1", "P1", "-P2", "+P3", "@P4", "\tP5", None],
        "weight": [-1.5, 2.0, None, 3.0, 4.0, 5.0, 6.0],
    }
)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "new" / "inspection"


def test_only_the_owner_can_read(folder):
    paths = write_inspection({"quality": TABLE, "review": TABLE}, folder)
    assert sorted(p.name for p in folder.iterdir()) == ["quality.csv", "review.csv"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(p.stat().st_mode) for p in paths] == [0o600, 0o600]


def test_only_the_owner_can_read_what_replaces_a_file_that_all_could(folder):
    folder.mkdir(parents=True)
    (folder / "review.csv").write_text("old")
    (folder / "review.csv").chmod(0o644)
    (path,) = write_inspection({"review": TABLE}, folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_half_written_file_of_an_earlier_run_does_not_lend_its_permissions(folder):
    folder.mkdir(parents=True)
    (folder / ".review.csv.part").write_text("old")
    (folder / ".review.csv.part").chmod(0o644)
    (path,) = write_inspection({"review": TABLE}, folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_formulas_are_made_harmless_and_numbers_left_alone(folder):
    (path,) = write_inspection({"review": TABLE}, folder)
    back = pl.read_csv(path)
    assert back["person_id"].to_list() == ["'=1+1", "P1", "'-P2", "'+P3", "'@P4", "'\tP5", None]
    assert back["weight"].to_list() == TABLE["weight"].to_list()


def test_spreadsheets_see_that_it_is_unicode(folder):
    (path,) = write_inspection({"review": pl.DataFrame({"surname": ["Łukasz"]})}, folder)
    assert path.read_bytes() == "\ufeffsurname\nŁukasz\n".encode()


def test_the_same_tables_give_the_same_bytes(folder, tmp_path):
    (first,), (second,) = (write_inspection({"review": TABLE}, f) for f in (folder, tmp_path / "again"))
    assert first.read_bytes() == second.read_bytes()


def test_a_file_where_the_folder_should_be(folder):
    folder.parent.mkdir()
    folder.write_text("")
    with pytest.raises(InputProblem, match="'inspection' cannot be written"):
        write_inspection({"review": TABLE}, folder)
