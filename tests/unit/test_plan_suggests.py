"""A plan that names what there is not: the nearest names, never the whole list."""

import pytest

from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab
from likeforlike.plan import Plan

LAB = load_lab("justice")


def refused(name):
    with pytest.raises(InputProblem) as problem:
        Plan.of_lab(LAB).changed({"covariates": [name]}, LAB)
    return str(problem.value)


def test_a_slip_of_the_pen_gets_the_name_that_was_meant():
    meant = LAB.covariates.covariate[0].name
    said = refused(meant + "x")
    assert f"did you mean {meant}" in said
    assert "`likeforlike plan`" in said


def test_a_name_like_no_other_gets_a_handful_and_where_the_rest_are():
    said = refused("zzzqqq")
    known = [c.name for c in LAB.covariates.covariate]
    assert all(name in said for name in known[:5])
    assert f"or one of {len(known) - 5} others that `likeforlike plan` lists" in said
    assert known[-1] not in said
