"""Who is on the provider's list: the people who took part, and people who are in nobody's records."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.synthetic.crowd import Maker
from likeforlike.synthetic.programme.settings import ProgrammeSettings
from likeforlike.synthetic.spreadsheet.rows import as_listed
from likeforlike.synthetic.spreadsheet.strangers import strangers

HOLDS = "holds_"


def listed_people(
    people: pl.DataFrame,
    events: pl.DataFrame,
    maker: Maker,
    *,
    programme: ProgrammeSettings,
    first_index: int,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """The rows of the list, mistakes and all; see `rows.as_listed`.

    Parameters
    ----------
    people
        People who took part, as the records describe them.
    events
        In the same order: `index_date, conviction_date, start_date, end_date`, and `holds_IDENTIFIER` for each
        identifier that not everybody has.
    first_index
        A number above those of all people in the records.
    """
    days = events.select("index_date", "conviction_date", "start_date", "end_date")
    held = [name for name in events.columns if name.startswith(HOLDS)]
    known = people.hstack(days).with_columns(
        pl.when(events[name]).then(name.removeprefix(HOLDS)).alias(name.removeprefix(HOLDS)) for name in held
    )
    sheet = programme.sheet
    count = round(len(known) * sheet.strangers / (1 - sheet.strangers))
    unknown = strangers(
        known,
        count,
        siblings=sheet.stranger_siblings,
        settings=maker.settings,
        world=maker.world,
        unlisted=[name.removeprefix(HOLDS) for name in held],
        first_index=first_index,
        rng=rng,
    )
    return as_listed(pl.concat([known, unknown]), programme, maker.world, rng)
