"""How values are written before they are compared, the same on both sides: examples by kind."""

from datetime import date

import duckdb
import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.labs.definition import LinkField
from likeforlike.linkage.read import name_roots
from likeforlike.linkage.standardise import standardised

LAB = load_lab("justice")
FIELDS = {f.name: f for f in LAB.linkage.field}
FIELDS["address"] = LinkField(name="address", cohort="reference", records="postcode", kind="text")


def standard(field: str, value: object) -> str | None:
    sql = f"select {standardised(LAB, FIELDS[field], 'v')} from (select ? as v)"
    return duckdb.connect().execute(sql, [value]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Smith", "SMITH"),
        ("  de  la Cruz ", "DE LA CRUZ"),
        ("O'Neill", "ONEILL"),
        ("O’Neill", "ONEILL"),
        ("O Neill", "ONEILL"),
        ("Mc Donald", "MCDONALD"),
        ("Smith-Jones", "SMITH JONES"),
        ("Smith – Jones", "SMITH JONES"),
        ("Müller", "MULLER"),
        ("Strauß", "STRAUSS"),
        ("Łukasz", "LUKASZ"),
        ("Søren", "SOREN"),
        ("Ægir", "AEGIR"),
        ("Mr. John", "JOHN"),
        ("Dr Mrs Jane", "JANE"),
        ("Miss", "MISS"),
        ("Дмитрий", "ДМИТРИИ"),
        ("J0hn", "J HN"),
        ("---", None),
        ("", None),
        (None, None),
        ("a" * 300, "A" * 60),
    ],
)
def test_names(written, form):
    assert standard("surname", written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [("LS1 4AP", "LS14AP"), ("ls1  4ap", "LS14AP"), ("ZZ99 3VZ", None), ("", None), (None, None)],
)
def test_postcodes(written, form):
    assert standard("postcode", written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("2001/0123456A", "010123456A"),
        ("01/0123456a", "010123456A"),
        ("010123456A", "010123456A"),
        ("unknown", None),
        ("", None),
        (None, None),
    ],
)
def test_identifiers_in_the_form_of_the_lab(written, form):
    assert standard("pnc_id", written) == form


@pytest.mark.parametrize(("written", "form"), [("Male", "male"), ("unknown", None), (None, None)])
def test_codes_that_the_cohort_cannot_give_say_nothing(written, form):
    assert standard("sex", written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("1990-03-27", "1990-03-27"),
        (date(1990, 3, 27), "1990-03-27"),
        ("19900327", "1990-03-27"),
        (" 1990/03/27 ", "1990-03-27"),
        ("27/03/1990", None),
        ("March 1990", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_year_first(written, form):
    assert standard("date_of_birth", written) == form


@pytest.mark.parametrize("written", ["19461370", "1946-13-70", "1946/13/70"])
def test_days_that_do_not_exist_keep_their_parts(written):
    assert standard("date_of_birth", written) == "1946-13-70"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("12 Station Road", "12 STATION ROAD"),
        ("Flat 3/12, Station Road", "FLAT 3 12 STATION ROAD"),
        ("St. John’s  Close", "ST JOHNS CLOSE"),
        ("Dr Müller Straße", "DR MULLER STRASSE"),
        ("2617", "2617"),
        ("--", None),
        ("", None),
        (None, None),
        ("a1" * 100, "A1" * 30),
    ],
)
def test_texts_keep_figures(written, form):
    assert standard("address", written) == form


def test_every_nickname_is_in_standard_form_and_in_one_group():
    roots = name_roots()
    names = pl.DataFrame({"v": list(roots)})  # noqa: F841  # DuckDB finds it by its name
    form = standardised(LAB, FIELDS["forename"], "v")
    assert duckdb.sql(f"select v from names where {form} is distinct from v").fetchall() == []
    assert {roots[r] for r in roots.values()} == set(roots.values())
    assert roots["BOB"] == roots["ROBERT"] == roots["ROBBIE"]
