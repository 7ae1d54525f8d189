"""A part drawn towards the whole, against the meta-analysis of the two parts and by hand."""

import numpy as np
import pytest

from likeforlike.evidence.meta.between import reml
from likeforlike.evidence.meta.pool import random_effects
from likeforlike.evidence.meta.shrunken import shrunken as blup
from likeforlike.labs import load_lab
from likeforlike.report.shrunken import Z, shrunken
from likeforlike.report.tables import tables
from support.release_figures import LOWER, measure_row
from support.reports import example, example_files

LAB = load_lab("justice")
MEASURE = LAB.outcomes.get("reoffended").over(12)


def part(figure, error, **changes):
    figures = LOWER["reoffended"] | {
        "difference": figure,
        "conf_low": figure - Z * error,
        "conf_high": figure + Z * error,
    }
    return measure_row(MEASURE, **figures).model_copy(update={"decimals": 9, **changes})


@pytest.mark.parametrize(("a", "b"), [((-9, 2), (1, 1.5)), ((-3, 1), (-2, 4)), ((5, 3), (-6, 2))])
def test_it_is_the_best_linear_unbiased_prediction_of_two(a, b):
    y, v = np.array([a[0], b[0]], float), np.array([a[1], b[1]], float) ** 2
    tau2 = reml(y, v)
    told = blup(y, v, tau2, random_effects(y, v, tau2, hartung_knapp=False))
    mine = shrunken(part(*a), part(*b))
    assert [x.estimate for x in mine] == pytest.approx(told.estimate, abs=1e-6)
    widths = [(x.high - x.low) / (2 * Z) for x in mine]
    assert widths == pytest.approx(told.std_error, abs=1e-6)


def test_where_chance_explains_the_parts_both_are_the_whole():
    inside, rest = shrunken(part(-4, 2), part(-2, 2))
    assert inside == rest
    assert inside.estimate == -3
    assert (inside.high - inside.low) / (2 * Z) == pytest.approx(2**0.5)


def test_a_part_lies_between_its_own_and_the_mean():
    inside, rest = shrunken(part(-10, 1), part(0, 1))
    assert -10 < inside.estimate < -5 < rest.estimate < 0


@pytest.mark.parametrize("gone", ["difference", "conf_low", "conf_high"])
def test_nothing_where_a_figure_is_withheld(gone):
    assert shrunken(part(-4, 2, **{gone: None}), part(-2, 2)) is None
    assert shrunken(part(-4, 2), part(-2, 2, **{gone: None})) is None


def test_the_report_and_the_table_show_it():
    page = example_files("full")["report.html"].decode()
    assert "Drawn towards the whole" in page
    (table,) = [t for t in tables(example("full")) if t.name == "sub_groups"]
    place = table.columns.index("shrunken")
    shown = [row[place] for row in table.rows if row[table.columns.index("status")] == "shown"]
    assert shown
    assert None not in shown[:2]
