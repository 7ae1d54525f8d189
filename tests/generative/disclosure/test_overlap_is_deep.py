"""Whatever the scores and weights: every band shown is deep in every group, and none ends at a person's score."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from likeforlike.disclosure.overlap import WIDTHS, deep_bands
from likeforlike.matching.effective import effective_size
from likeforlike.matching.overlap import overlap

LEAST = 10


@settings(max_examples=80)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 400),
    st.integers(1, 900),
    st.floats(0.1, 4),
    st.sampled_from(WIDTHS),
)
def test_every_band_is_deep(seed: int, treated: int, others: int, spread: float, width: float):
    rng = np.random.default_rng(seed)
    at, pool = rng.normal(0, spread, treated), rng.normal(-1, spread, others)
    own, weight = (rng.random(treated) < 0.9).astype(float), rng.gamma(0.5, size=others)
    bands = deep_bands(overlap(at, pool, own, weight).frame, width, LEAST)
    if not bands:
        return
    assert bands[0].low is None
    assert bands[-1].high is None
    ends = [band.high for band in bands[:-1]]
    assert ends == [band.low for band in bands[1:]]
    assert all(end % width == 0 for end in ends)
    assert all(abs(b - a - width) < 1e-9 for a, b in pairwise(ends))
    for band in bands:
        low, high = -np.inf if band.low is None else band.low, np.inf if band.high is None else band.high
        inside, among = (at >= low) & (at < high), (pool >= low) & (pool < high)
        assert (inside & (own > 0)).sum() >= LEAST
        assert among.sum() == band.pool >= LEAST
        assert effective_size(weight[among]) >= LEAST * (1 - 1e-9)
        assert abs(band.share[1] - weight[among].sum() / weight.sum()) < 1e-9
