"""Tables of published results: figures in any form that was published, and what cannot be used."""

from pathlib import Path

import pytest

from likeforlike.errors import InputProblem
from likeforlike.evidence.library import read_library
from likeforlike.evidence.library.cells import month_of
from support.libraries import table_of

JDL = Path(__file__).parents[2] / "reference" / "data" / "jdl_results.csv"


def test_published_results_of_the_justice_data_lab():
    found = read_library(JDL)
    by_name = {r.about.programme.split(" (")[0]: r for r in found.results}
    assert len(found.results) == 6
    assert len(found.left_out) == 26
    blue_sky = by_name["Blue Sky"]
    assert (blue_sky.estimate, blue_sky.n, blue_sky.origin, blue_sky.when) == (-12, 72, "interval", "2014-01")
    assert blue_sky.std_error == pytest.approx(22 / 3.919928, rel=1e-6)
    chance = by_name["Working Chance"]
    assert (chance.estimate, chance.n) == (pytest.approx(-6.6), None)
    cfo = by_name["NOMS CFO South West A4e"]
    assert cfo.origin == "rates"
    assert cfo.std_error == pytest.approx((26 * 74 / 621 + 39 * 61 / 113554) ** 0.5)
    assert [left.significant for left in found.left_out].count(False) == 12
    assert found.requests == ()


def test_several_measures_and_a_direction(tmp_path):
    file = table_of(
        tmp_path,
        "programme,report_date,analysed,measure,low,high,unit,better",
        "One,2022-11-29,900,employed,1,8,percentage points,higher",
        "Two,2023-12-05,,employed,-1,3,percentage points,higher",
        "Two,2023-12-05,,weeks,2,13,weeks,higher",
    )
    found = read_library(file)
    assert (found.measured.name, found.measured.better) == ("employed", "higher")
    assert [r.estimate for r in found.results] == [4.5, 1.0]
    assert [left.why for left in found.left_out] == ["other_measure"]
    assert read_library(file, "weeks").measured.unit == "weeks"


def test_parts_of_another_result_do_not_count(tmp_path):
    file = table_of(
        tmp_path,
        "programme,conf_low,conf_high,part_of,status,reason",
        "Whole,-5,-1,,published,",
        "Half,-9,-1,Whole,published,",
        "Other,-2,2,,,",
        "Gone,,,,withdrawn,The provider closed",
    )
    found = read_library(file)
    assert [r.about.programme for r in found.results] == ["Whole", "Other"]
    assert [(x.about.programme, x.why) for x in found.left_out] == [("Half", "part_of")]
    assert [(r.programme, r.reason) for r in found.unpublished] == [("Gone", "The provider closed")]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["name,low", "A,1"], "results.csv has no column 'programme': add it, with a name in each row."),
        (["programme,low,conf_low", "A,1,2"], "results.csv has the column 'conf_low' twice: keep one."),
        (["programme,low,high", "A,x,2"], "line 2: the column 'conf_low' holds 'x', which is no number"),
        (["programme,low,high", "A,inf,2"], "line 2: the column 'conf_low' holds 'inf', which is no number"),
        (["programme,low,high", "A,3,2"], "line 2: the column 'conf_low' is above conf_high: swap them."),
        (
            ["programme,low,high", ",1,2"],
            "line 2: the column 'programme' is empty: write the programme's name.",
        ),
        (["programme,low,high,n_treat", "A,1,2,-4"], "holds '-4', which is no number of people: correct it."),
        (["programme,significant", "A,perhaps"], "holds 'perhaps': write yes, no or nothing."),
        (["programme,low,high", "A,1,2,3"], "line 2 has 4 cells and the head 3: put text with commas"),
        (["programme,low,high", "A,,", "B,,"], "no row has a difference with its interval"),
        (["programme,low,high", "A,1,", "B,,2"], "no row has a difference with its interval"),
        (["programme,low,high"], "no row has a difference with its interval"),
        (["programme,low,high,better", "A,1,2,up"], "the column 'better' must say lower or higher"),
        (["programme,low,high,unit", "A,1,2,days", "B,1,2,weeks"], "the units 'days' and 'weeks'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path, lines, says):
    with pytest.raises(InputProblem) as problem:
        read_library(table_of(tmp_path, *lines))
    assert says in str(problem.value)
    assert str(problem.value).endswith(".")


def test_an_unknown_measure_is_named_with_the_known_ones(tmp_path):
    file = table_of(tmp_path, "programme,measure,low,high", "A,employed,1,2")
    with pytest.raises(InputProblem, match=r"no measure 'days' in the table: choose from 'employed'\."):
        read_library(file, "days")


def test_results_without_spread_or_interval_are_left_out(tmp_path):
    file = table_of(
        tmp_path,
        "programme,estimate,conf_low,conf_high,std_error",
        "Flat,2,2,2,",
        "Bare,2,,,",
        "Half,2,1,,",
        "Good,2,,,0.5",
    )
    found = read_library(file)
    assert [x.why for x in found.left_out] == ["no_spread", "no_interval", "no_interval"]
    assert (found.results[0].conf_low, found.results[0].origin) == (pytest.approx(1.02, abs=0.001), "error")


@pytest.mark.parametrize(
    ("told", "month"),
    [
        ("by 2014-01", "2014-01"),
        ("2015 (by 2015-06)", "2015-06"),
        ("2022-11-29", "2022-11"),
        ("2019", "2019"),
        ("", ""),
    ],
)
def test_months(told, month):
    assert month_of(told) == month
