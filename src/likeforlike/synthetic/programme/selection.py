"""Who takes part: a logistic chance in the covariates that the lab knows, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import InputProblem, LabProblem
from likeforlike.synthetic.calendar import day_number
from likeforlike.synthetic.programme.settings import ProgrammeSettings, Selection

Floats = NDArray[np.float64]

MOST = 0.5
"""Largest share of the candidates that may take part."""


@dataclass(frozen=True, slots=True)
class Intercepts:
    """Log-odds at zero covariates, for events in the programme's year and in other years."""

    main: float
    other: float


def predictor(candidates: pl.DataFrame, selection: Selection) -> Floats:
    """The covariates' part of the log-odds of taking part.

    Raises
    ------
    LabProblem
        The selection names a covariate that the history model does not know.
    """
    total = np.zeros(len(candidates))
    for name in (*selection.number, *selection.category):
        if name not in candidates.columns:
            raise LabProblem(
                f"synthetic.toml: the key 'programme.selection' names '{name}', "
                "which the histories do not have."
            )
    for name, term in selection.number.items():
        z = (candidates[name].to_numpy() - term.centre) / term.scale
        total += term.slope * z + term.square * z**2
    for name, levels in selection.category.items():
        total += candidates[name].replace_strict(levels, default=0.0, return_dtype=pl.Float64).to_numpy()
    return total


def first_events(candidates: pl.DataFrame, programme: ProgrammeSettings) -> pl.DataFrame:
    """Each person's first event in the programme's year or in its other years.

    Everybody has one chance only: if people could join later, having a later event (and so having reoffended)
    would decide who counts as untreated, and the comparison would be biased whatever is known about people.
    """
    other = pl.col("index_day").is_between(
        day_number(programme.other_first_day), day_number(programme.other_last_day)
    )
    allowed = other | pl.Series(in_main_year(candidates, programme))
    return candidates.filter(allowed).unique("person", keep="first", maintain_order=True)


def in_main_year(candidates: pl.DataFrame, programme: ProgrammeSettings) -> NDArray[np.bool_]:
    """Whether each event lies in the programme's year."""
    first, last = day_number(programme.first_day), day_number(programme.last_day)
    return candidates["index_day"].is_between(first, last).to_numpy()


def intercepts(pilot: pl.DataFrame, wanted: float, programme: ProgrammeSettings) -> Intercepts:
    """Intercepts at which `wanted` of the people whose candidate events are `pilot` take part.

    Raises
    ------
    InputProblem
        More are wanted than can be chosen and still be compared with anybody.
    """
    if wanted > MOST * len(pilot):
        raise InputProblem(
            "Too few people have an event from which they could join: "
            "ask for fewer participants or more people."
        )
    score = predictor(pilot, programme.selection)
    main = in_main_year(pilot, programme)
    share = programme.other_years
    return Intercepts(
        main=_intercept(score[main], wanted * (1 - share)),
        other=_intercept(score[~main], wanted * share),
    )


def choose(
    candidates: pl.DataFrame, at: Intercepts, programme: ProgrammeSettings, rng: np.random.Generator
) -> pl.DataFrame:
    """The candidates who take part."""
    score = predictor(candidates, programme.selection)
    score += np.where(in_main_year(candidates, programme), at.main, at.other)
    joins = rng.random(len(candidates)) < 1 / (1 + np.exp(-score))
    return candidates.filter(pl.Series(joins))


def _intercept(score: Floats, wanted: float) -> float:
    """The intercept at which `wanted` people are expected to take part."""
    low, high = -25.0, 10.0
    if wanted <= 0 or not len(score):
        return low
    for _ in range(60):
        middle = (low + high) / 2
        expected = (1 / (1 + np.exp(-score - middle))).sum()
        low, high = (middle, high) if expected < wanted else (low, middle)
    return middle
