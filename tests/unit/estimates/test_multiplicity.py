"""Adjusted p-values of nothing, one and impossible."""

import numpy as np
import pytest

from likeforlike.estimates.multiplicity import benjamini_hochberg, holm

both = pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])


@both
def test_one_test_is_not_adjusted(adjust):
    assert adjust([0.03]).tolist() == [0.03]
    assert adjust([np.nan, 0.03])[1] == 0.03


@both
def test_nothing_gives_nothing(adjust):
    assert adjust([]).tolist() == []
    assert np.isnan(adjust([np.nan, np.nan])).all()


@both
@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_what_is_no_p_value_is_refused(adjust, p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust([0.5, p])


def test_equal_p_values():
    assert benjamini_hochberg([0.02, 0.02]).tolist() == [0.02, 0.02]
    assert holm([0.02, 0.02]).tolist() == [0.04, 0.04]
