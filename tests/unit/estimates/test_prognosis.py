"""Linear bias correction removes what matching leaves, and stands aside where there are too few people."""

import numpy as np
import pytest

from likeforlike.estimates.prognosis import prognosis
from likeforlike.matching.design import Design


def test_an_outcome_that_is_linear_in_the_covariates_is_foretold_for_everyone():
    rng = np.random.default_rng(3)
    matrix = np.column_stack([np.ones(300), rng.normal(size=(300, 2))])
    comparison = np.arange(300) >= 40
    outcome = matrix @ [1.0, 2.0, -3.0]
    outcome[~comparison] += 5.0
    expected, inflation = prognosis(Design(matrix, ("a", "b", "c"), ()), comparison, outcome)
    assert outcome[~comparison] - expected[~comparison] == pytest.approx(np.full(40, 5.0))
    assert inflation == 260 / 257


def test_with_fewer_than_ten_people_a_term_nothing_is_corrected():
    matrix = np.random.default_rng(1).normal(size=(40, 3))
    expected, inflation = prognosis(Design(matrix, ("a", "b", "c"), ()), np.arange(40) >= 11, np.ones(40))
    assert not expected.any()
    assert inflation == 1.0
