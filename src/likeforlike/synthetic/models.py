"""The history models that a lab's `synthetic.toml` can name, and what each must offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab
from likeforlike.synthetic.parameters import parsed


class HistoryModel(Protocol):
    """Makes the histories of people, and the programme's effect on them.

    `lives` and `histories` are the model's own: the generic parts only pass them on.
    """

    @property
    def vintage(self) -> date:
        """The last day of the records."""

    def begin(self, male: NDArray[np.bool_], home: NDArray[np.int64], rng: np.random.Generator) -> Any:
        """Lives; their `born` holds days of birth."""

    def live(self, lives: Any, rng: np.random.Generator) -> Any:
        """Histories without the programme."""

    def candidates(
        self, lives: Any, histories: Any, kinds: Sequence[str], days: tuple[int, int]
    ) -> pl.DataFrame:
        """Events from which people may join: `person, event, index_day, free_from` and covariates."""

    def take(self, histories: Any, people: NDArray[np.bool_]) -> Any:
        """Histories of some people, renumbered."""

    def join(self, parts: Sequence[Any], people: Sequence[int]) -> Any:
        """Histories of several groups as one."""

    def join_lives(self, parts: Sequence[Any]) -> Any:
        """Lives of several groups as one."""

    def take_part(
        self,
        lives: Any,
        histories: Any,
        chosen: pl.DataFrame,
        *,
        effect: float,
        replicates: int,
        seed: int,
        rng: np.random.Generator,
    ) -> tuple[Any, pl.DataFrame, float]:
        """Histories with the programme's effect, the truth about it, and the effect's own parameter."""

    def events(self, person_id: pl.Series, histories: Any, chosen: pl.DataFrame) -> pl.DataFrame:
        """`person, event_id, conviction_date` of the chosen events, and `holds_IDENTIFIER` as in `holders`, by then.

        `conviction_date` is when the event was decided, null where nobody decides it.
        """

    def holders(self, histories: Any, people: int) -> Mapping[str, NDArray[np.bool_]]:
        """Who has an identifier, for each that not everybody has."""

    def tables(
        self, person_id: pl.Series, lives: Any, histories: Any, rng: np.random.Generator
    ) -> dict[str, pl.DataFrame]:
        """The department's tables about histories; `people` may add columns to those of the people."""


Build = Callable[[Mapping[str, object], Sequence[str], int, int], HistoryModel]
"""From `[histories]`, the regions, the months of follow-up and those of settling to a model."""


def _careers(
    settings: Mapping[str, object], regions: Sequence[str], months: int, settle: int
) -> HistoryModel:
    from likeforlike.synthetic.careers import Careers
    from likeforlike.synthetic.careers.settings import CareerSettings

    return Careers(parsed(CareerSettings, "histories", settings), regions, months, settle)


def _spells(settings: Mapping[str, object], regions: Sequence[str], months: int, settle: int) -> HistoryModel:
    from likeforlike.synthetic.spells import SpellModel
    from likeforlike.synthetic.spells.settings import SpellSettings

    return SpellModel(parsed(SpellSettings, "histories", settings), regions, months, settle)


MODELS: dict[str, Build] = {"careers": _careers, "spells": _spells}


def history_model(lab: Lab, regions: Sequence[str]) -> HistoryModel:
    """The model that the lab's twin names.

    Raises
    ------
    LabProblem
        The lab has no twin, or names a model that does not exist.
    """
    if lab.synthetic is None:
        raise LabProblem(f"The lab '{lab.name}' has no synthetic.toml: add one to make a synthetic twin.")
    if lab.synthetic.model not in MODELS:
        known = ", ".join(MODELS)
        raise LabProblem(f"synthetic.toml: the key 'model' is wrong: use one of {known}.")
    follow_up = lab.head.follow_up
    return MODELS[lab.synthetic.model](
        lab.synthetic.histories, regions, follow_up.months, follow_up.settle_months
    )
