"""One portion of the twin's people: who they are, their histories, and who of them took part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.draws import streams
from likeforlike.synthetic.models import HistoryModel
from likeforlike.synthetic.people import World, describe, roots
from likeforlike.synthetic.people.settings import PeopleSettings
from likeforlike.synthetic.people.tables import names_table, people_table

ROOTS, LIVES, HISTORIES, PEOPLE, TABLES, NAMES = range(6)
PEOPLE_TABLE = "people"


@dataclass(frozen=True, slots=True)
class Crowd:
    """People in one order: a row of `people`, a life and a history each."""

    people: pl.DataFrame
    lives: Any
    histories: Any

    def take(self, who: NDArray[np.bool_], model: HistoryModel) -> Crowd:
        """Some of the people."""
        return Crowd(
            self.people.filter(pl.Series(who)), self.lives.take(who), model.take(self.histories, who)
        )


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes crowds and their tables, each from its own random streams."""

    settings: PeopleSettings
    world: World
    model: HistoryModel
    seed: int

    def crowd(self, chunk: int, first: int, size: int) -> Crowd:
        """`size` people, numbered from `first`."""
        root = roots(size, self.settings, self.world, self._stream(chunk, ROOTS))
        lives = self.model.begin(root.male, root.home, self._stream(chunk, LIVES))
        histories = self.model.live(lives, self._stream(chunk, HISTORIES))
        index = np.arange(first, first + size)
        stream = self._stream(chunk, PEOPLE)
        people = describe(index, root, born=lives.born, settings=self.settings, world=self.world, rng=stream)
        return Crowd(people, lives, histories)

    def tables(self, crowd: Crowd, chunk: int) -> dict[str, pl.DataFrame]:
        """The department's tables about these people."""
        ids = crowd.people["person_id"]
        holders = self.model.holders(crowd.histories, len(ids))
        identifiers, stream = self.world.identifiers, self._stream(chunk, NAMES)
        names = names_table(crowd.people, identifiers, holders, self.settings, stream)
        told = self.model.tables(ids, crowd.lives, crowd.histories, self._stream(chunk, TABLES))
        people = people_table(crowd.people).hstack(told.get(PEOPLE_TABLE, pl.DataFrame()))
        return {**told, PEOPLE_TABLE: people, "names": names}

    def join(self, crowds: list[Crowd]) -> Crowd:
        """Several crowds as one."""
        return Crowd(
            pl.concat([c.people for c in crowds]),
            self.model.join_lives([c.lives for c in crowds]),
            self.model.join([c.histories for c in crowds], [len(c.people) for c in crowds]),
        )

    def _stream(self, chunk: int, part: int) -> np.random.Generator:
        return streams(self.seed, chunk, part)
