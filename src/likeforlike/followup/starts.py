"""When the programme began, and an equally late start for people who did not take part.

Participants who offended before their start are dropped; dropping nobody from the pool for the same reason
would credit the programme with the offence-free days before it (immortal time). Each pool member is therefore
given the delay of a random participant alike on `start_like`, and dropped by the same rule: prescription time
distribution matching, Zhou et al. 2005, American Journal of Epidemiology 162(10).
"""

from __future__ import annotations

import numpy as np
import polars as pl

START_DAYS = "start_days"


def participant_delays(chosen: pl.DataFrame) -> pl.DataFrame:
    """Add `start_days`: days from index date to programme start, zero when it began before or is unknown."""
    days = (pl.col("start_date") - pl.col("index_date")).dt.total_days().clip(lower_bound=0).fill_null(0)
    return chosen.with_columns(days.alias(START_DAYS))


def pool_delays(pool: pl.DataFrame, participants: pl.DataFrame, *, like: str, seed: int) -> pl.DataFrame:
    """Add `start_days` to the pool, drawn from the participants of the same `like` group (else from all).

    Parameters
    ----------
    pool, participants
        Rows with `event_id` and `like`; participants also with `start_days`. Order does not matter.
    """
    rng = np.random.default_rng(seed)
    donors = participants.sort("event_id")
    parts = []
    for (group,), members in sorted(pool.sort("event_id").group_by([like], maintain_order=True), key=_first):
        alike = donors.filter(pl.col(like).eq_missing(pl.lit(group)))
        delays = (alike if alike.height else donors)[START_DAYS].to_numpy()
        parts.append(members.with_columns(pl.Series(START_DAYS, rng.choice(delays, size=members.height))))
    return pl.concat(parts) if parts else pool.with_columns(pl.lit(0, pl.Int64).alias(START_DAYS))


def _first(item: tuple[tuple[object, ...], pl.DataFrame]) -> str:
    return str(item[0][0])
