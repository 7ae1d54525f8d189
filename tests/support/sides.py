"""A sample of made-up people with three covariates, for what looks at a match and not at how it came about."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from likeforlike.followup import Sample
from likeforlike.labs import Lab
from likeforlike.terms import Flow


def sample_of(lab: Lab, *, treated: int, pool: int, apart: float = 0.5, seed: int = 3) -> Sample:
    """Participants who are a little older and have offended more; half of them are of Leeds."""
    rng = np.random.default_rng(seed)
    units = treated + pool
    own = np.arange(units) < treated
    frame = pl.DataFrame(
        {
            "event_id": [f"e{i:04d}" for i in range(units)],
            "person_id": [f"p{i:04d}" for i in range(units)],
            "index_date": [date(2021, 1, 1)] * units,
            "treated": own,
            "sex": np.where(rng.random(units) < 0.35 + 0.1 * own, "female", "male"),
            "age_at_index": rng.normal(35 + 4 * apart * own, 8).round(1),
            "previous_offences": rng.poisson(4 + 2 * apart * own).astype(float),
        }
    )
    listed = pl.DataFrame(
        {
            "event_id": [f"e{i:04d}" for i in range(treated)],
            "reference": [("Leeds", "York")[i % 2] for i in range(treated)],
        }
    )
    return Sample(lab, frame, listed, Flow.start(treated), Flow.start(pool))
