"""What noise costs and gives, beside published formulas and our own table of three epsilons."""

import pytest

from likeforlike.disclosure.noise import attacker_right, discrete_laplace, standard_deviation


@pytest.mark.parametrize(
    ("epsilon", "right", "points_of_60"), [(0.5, 0.62, 4.7), (1, 0.73, 2.3), (2, 0.88, 1.0)]
)
def test_the_three_epsilons(epsilon, right, points_of_60):
    assert attacker_right(epsilon) == pytest.approx(right, abs=0.005)
    assert 100 * standard_deviation(epsilon) / 60 == pytest.approx(points_of_60, abs=0.06)


def test_opendp_draws_what_we_say():
    """400 draws at epsilon 1: within five standard errors of mean 0 and of a share of zeros of tanh(1/2) = 0.46."""
    draws = [discrete_laplace(100, 1.0) - 100 for _ in range(400)]
    assert abs(sum(draws) / 400) < 5 * standard_deviation(1) / 20
    assert abs(draws.count(0) / 400 - 0.462) < 5 * 0.025
