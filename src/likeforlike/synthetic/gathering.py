"""Gathers the twin's people portion by portion, and holds back those who take part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import InputProblem
from likeforlike.synthetic.calendar import day_number
from likeforlike.synthetic.crowd import Crowd, Maker
from likeforlike.synthetic.draws import streams
from likeforlike.synthetic.programme.selection import Intercepts, choose, first_events, intercepts
from likeforlike.synthetic.programme.settings import ProgrammeSettings
from likeforlike.synthetic.programme.starts import with_dates
from likeforlike.terms import Progress

CHUNK = 100_000
FEWEST = 5
CHOICE, STARTS = 10, 11


@dataclass(frozen=True, slots=True)
class Group:
    """People who took part, and the events from which they did: one row each, in the same order."""

    crowd: Crowd
    chosen: pl.DataFrame


class Gathering:
    """All people, portion by portion; those who take part are held back until the effect is known."""

    def __init__(self, maker: Maker, programme: ProgrammeSettings, people: int, wanted: int) -> None:
        self.maker, self.programme, self.people, self.wanted = maker, programme, people, wanted
        self.groups: list[Group] = []
        self.last: dict[str, pl.DataFrame] = {}
        self.intercepts: Intercepts | None = None

    def portions(self, progress: Progress) -> Iterator[dict[str, pl.DataFrame]]:
        """Tables of the people who did not take part; the last portion is kept in `last`."""
        chunks = -(-self.people // CHUNK)
        for chunk in range(chunks):
            first = chunk * CHUNK
            size = min(CHUNK, self.people - first)
            progress(f"Simulating people {first + 1:,} to {first + size:,} of {self.people:,}")
            crowd = self.maker.crowd(chunk, first, size)
            joined = self._choose(crowd, chunk)
            tables = self.maker.tables(crowd.take(~joined, self.maker.model), chunk)
            if chunk == chunks - 1:
                self.last = tables
            else:
                yield tables

    def participants(self) -> Group:
        """Everybody who took part."""
        sizes = [len(g.chosen) for g in self.groups]
        offsets = np.cumsum([0, *sizes[:-1]])
        if sum(sizes) < FEWEST:
            raise InputProblem("Too few people for a programme: make a twin of more people.")
        chosen = [
            g.chosen.with_columns(pl.col("person") + o) for g, o in zip(self.groups, offsets, strict=True)
        ]
        return Group(self.maker.join([g.crowd for g in self.groups]), pl.concat(chosen))

    def _choose(self, crowd: Crowd, chunk: int) -> NDArray[np.bool_]:
        """Who of the crowd takes part; they join the groups."""
        programme, seed = self.programme, self.maker.seed
        days = (
            day_number(min(programme.first_day, programme.other_first_day)),
            day_number(max(programme.last_day, programme.other_last_day)),
        )
        known = crowd.people.select("ethnicity", "nationality").with_row_index("person")
        events = self.maker.model.candidates(crowd.lives, crowd.histories, programme.kinds, days)
        events = events.join(known.cast({"person": pl.Int64}), on="person", how="left", maintain_order="left")
        events = first_events(events, programme)
        if self.intercepts is None:  # the first portion stands for all
            share = len(crowd.people) / self.people
            self.intercepts = intercepts(events, self.wanted * share, programme)
        chosen = choose(events, self.intercepts, programme, streams(seed, chunk, CHOICE))
        chosen = with_dates(chosen, programme, streams(seed, chunk, STARTS))
        joined = np.zeros(len(crowd.people), dtype=bool)
        joined[chosen["person"].to_numpy()] = True
        renumbered = pl.Series("person", np.arange(len(chosen)))
        self.groups.append(Group(crowd.take(joined, self.maker.model), chosen.with_columns(renumbered)))
        return joined
