"""Several labs' releases side by side: as each released them, and never added up."""

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.evidence import together, write_together
from likeforlike.labs import load_lab
from likeforlike.study import Programme
from support.release_figures import measure_row
from support.reports import example


def both():
    programme = Programme(name="Next Step", provider="A charity")
    justice = example("lower").model_copy(update={"programme": programme})
    lab = load_lab("employment")
    measure = lab.outcomes.over(24).get("employed")
    figures = {"treatment": 53, "comparison": 46, "difference": 7, "conf_low": 2, "conf_high": 12}
    told = {"measures": (measure_row(measure, **figures, p=0.01),), "follow_up_months": 24}
    return [(justice, load_lab("justice")), (justice.model_copy(update=told), lab)]


def test_every_outcome_of_every_lab_is_there_as_it_was_released():
    released = both()
    found = together(released)
    rows = found.to_frame()
    assert rows.height == sum(len(release.measures) for release, _ in released)
    for release, lab in released:
        for measure in release.measures:
            mine = (pl.col("lab") == lab.name) & (pl.col("term") == measure.name)
            row = rows.row(by_predicate=mine, named=True)
            assert (row["conf_low"], row["conf_high"]) == (measure.conf_low, measure.conf_high)
    assert [one.lab for one in found.told] == ["justice", "employment"]


def test_each_lab_speaks_in_its_own_words(tmp_path):
    page = write_together(together(both()), tmp_path / "page").read_text()
    assert "commit an offence" in page
    assert "in work" in page
    assert (tmp_path / "page" / "tables" / "measures.csv").is_file()


def test_what_cannot_be_put_together():
    (justice, employment) = both()
    with pytest.raises(InputProblem, match="at least two labs"):
        together([justice])
    with pytest.raises(InputProblem, match="at least two labs"):
        together([justice, justice])
    other = employment[0].model_copy(update={"programme": Programme(name="Another")})
    with pytest.raises(InputProblem, match="different programmes"):
        together([justice, (other, employment[1])])
