"""A lab of another shape: no aliases, no identifiers, no names; the definition alone says so."""

import polars as pl
import pytest

from likeforlike.labs.definition import Comparison, Linkage, LinkField
from likeforlike.linkage import link
from likeforlike.records import build_register
from support.cohorts import any_size_lab, read_rows
from support.links import every_name
from support.small_records import listed, small_records

LINKAGE = Linkage(
    table="people",
    person="person_id",
    field=(
        LinkField(name="born", cohort="date_of_birth", records="date_of_birth", kind="date"),
        LinkField(name="sex", cohort="gender", records="sex", kind="code"),
    ),
    comparison=(Comparison(field="born", method="date"), Comparison(field="sex", method="exact")),
    blocking=(("born",),),
    training_blocking=(("born",), ("sex",)),
    identifier=(),
    identifier_checks=(),
    threshold=0.5,
)


@pytest.mark.parametrize("people", [100, 1200])
def test_people_are_found_by_what_there_is(tmp_path, people):
    lab = any_size_lab().model_copy(update={"linkage": LINKAGE})
    records = small_records(people)
    register = build_register(lab, records.write(tmp_path / "tables"), tmp_path / "register")
    cohort = read_rows(tmp_path / "list.csv", listed(records, 50), lab)
    links = link(cohort, register)
    assert every_name(register).columns == ["record", "born", "sex", "person_id"]
    assert links.frame["how"].unique().to_list() in ([], ["evidence"])
    found = links.frame.with_columns(
        right=pl.format("P{}", pl.col("participant").cast(pl.String).str.zfill(6))
    )
    assert (found["right"] == found["person_id"]).all()
    assert links.quality.height == 1
