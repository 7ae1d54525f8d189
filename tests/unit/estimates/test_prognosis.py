"""Linear bias correction removes what matching leaves, and stands aside where there are too few people."""

import numpy as np
import pytest

from likeforlike.estimates.prognosis import Prognosis
from likeforlike.matching.design import Design


def test_an_outcome_that_is_linear_in_the_covariates_is_foretold_for_everyone():
    rng = np.random.default_rng(3)
    matrix = np.column_stack([np.ones(300), rng.normal(size=(300, 2))])
    comparison = np.arange(300) >= 40
    outcome = matrix @ [1.0, 2.0, -3.0]
    outcome[~comparison] += 5.0
    prognosis = Prognosis.of(Design.of(matrix, ("a", "b", "c")), comparison)
    beyond = outcome - prognosis.expected(outcome)
    assert beyond[~comparison] == pytest.approx(np.full(40, 5.0))
    assert prognosis.inflation == 260 / 257


def test_with_fewer_than_ten_people_a_term_nothing_is_corrected():
    matrix = np.random.default_rng(1).normal(size=(40, 3))
    prognosis = Prognosis.of(Design.of(matrix, ("a", "b", "c")), np.arange(40) >= 11)
    assert not prognosis.expected(np.ones(40)).any()
    assert prognosis.inflation == 1.0


def test_terms_that_no_comparison_person_has_do_no_harm():
    matrix = np.column_stack([np.ones(100), np.arange(100) < 5])
    prognosis = Prognosis.of(Design.of(matrix, ("a", "b")), np.arange(100) >= 10)
    assert prognosis.expected(np.full(100, 3.0)) == pytest.approx(np.full(100, 3.0))
