"""Names by origin, sex and year of birth, with frequencies that fall as a power of the rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.draws import Shares

FORENAME_POWER = 0.75
SURNAME_POWER = 0.70
FASHION_YEARS = 9.0
"""How long a forename stays in fashion: standard deviation in years of birth."""
OUT_OF_FASHION = 0.02
PERIOD = 5
FIRST_PERIOD = 1930
PERIODS = 18
COMPOSED_SHARE = 0.14
DOUBLE_SHARE = 0.012
ENGLISH_FORENAME = 0.15
"""Share of people of another origin who have a British forename."""

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Names:
    """Lists of names and the shares with which they are drawn; `origins` are positions in `origin`."""

    origin: tuple[str, ...]
    origins: Shares
    uk: NDArray[np.float64]
    ethnicity: tuple[str, ...]
    ethnicities: Shares
    forename: pl.Series
    forenames: Shares
    surname: pl.Series
    surnames: Shares
    nicknames: pl.DataFrame

    @classmethod
    def from_lists(cls, lists: Mapping[str, Any]) -> Names:
        """Names from the tables of `names.toml`."""
        table = lists["origins"]
        origin = tuple(table)
        ethnicity = tuple(sorted({e for o in table.values() for e in o["ethnicity"]}))
        forename, forenames = _forenames(origin, lists["forenames"])
        surname, surnames = _surnames(origin, lists["surnames"], lists["composed"])
        pairs = [p.split("=") for p in _split(lists["nicknames"]["pairs"])]
        return cls(
            origin=origin,
            origins=Shares([table[o]["share"] for o in origin]),
            uk=np.array([table[o]["uk"] for o in origin]),
            ethnicity=ethnicity,
            ethnicities=Shares([[table[o]["ethnicity"].get(e, 0.0) for e in ethnicity] for o in origin]),
            forename=forename,
            forenames=forenames,
            surname=surname,
            surnames=surnames,
            nicknames=pl.DataFrame(pairs, schema=["forename", "nickname"], orient="row"),
        )

    def draw_forenames(
        self, origin: Integers, male: NDArray[np.bool_], year: Integers, rng: np.random.Generator
    ) -> pl.Series:
        """Forenames of people of these origins, sexes and years of birth."""
        british = self.origin.index("british")
        given = np.where(rng.random(len(origin)) < ENGLISH_FORENAME, british, origin)
        period = np.clip((year - FIRST_PERIOD) // PERIOD, 0, PERIODS - 1)
        return self.forename.gather(self.forenames.draw((given * 2 + male) * PERIODS + period, rng))

    def draw_surnames(self, origin: Integers, rng: np.random.Generator) -> pl.Series:
        """Surnames of people of these origins; a few are double-barrelled."""
        first = self.surname.gather(self.surnames.draw(origin, rng))
        second = self.surname.gather(self.surnames.draw(origin, rng))
        double = pl.Series(rng.random(len(origin)) < DOUBLE_SHARE)
        return (first + "-" + second).zip_with(double, first)

    def nickname(self, forename: pl.Series, rng: np.random.Generator) -> pl.Series:
        """What each person is called for short; null for names that nobody shortens."""
        choices = self.nicknames.group_by("forename", maintain_order=True).agg("nickname")
        known = pl.DataFrame({"forename": forename, "u": rng.random(len(forename))}).join(
            choices, on="forename", how="left", maintain_order="left"
        )
        place = (pl.col("u") * pl.col("nickname").list.len()).cast(pl.Int64)
        return known.select(pl.col("nickname").list.get(place, null_on_oob=True)).to_series()


def _split(text: str) -> list[str]:
    return [n.strip() for n in text.replace("\n", " ").split(",") if n.strip()]


def _forenames(origin: tuple[str, ...], groups: list[dict[str, Any]]) -> tuple[pl.Series, Shares]:
    """All forenames, with a row of weights for each origin, sex (female first) and period."""
    entries = [(g, rank, name) for g in groups for rank, name in enumerate(_split(g["names"]), start=1)]
    weights = np.zeros((len(origin), 2, PERIODS, len(entries)))
    middle = FIRST_PERIOD + PERIOD * (np.arange(PERIODS) + 0.5)
    for column, (group, rank, _) in enumerate(entries):
        fashion = np.ones(PERIODS)
        if "peak" in group:
            fashion = np.exp(-(((middle - group["peak"]) / FASHION_YEARS) ** 2) / 2) + OUT_OF_FASHION
        weights[origin.index(group["origin"]), int(group["sex"] == "male"), :, column] = (
            fashion / rank**FORENAME_POWER
        )
    return pl.Series([name for _, _, name in entries]), Shares(weights.reshape(-1, len(entries)))


def _surnames(
    origin: tuple[str, ...], groups: list[dict[str, Any]], composed: Mapping[str, str]
) -> tuple[pl.Series, Shares]:
    """All surnames, with a row of weights for each origin."""
    names: list[str] = []
    weights: list[NDArray[np.float64]] = []
    for group in groups:
        listed = _split(group["names"])
        row = np.zeros((len(origin), len(listed)))
        share = np.arange(1, len(listed) + 1) ** -SURNAME_POWER
        row[origin.index(group["origin"])] = share / share.sum()
        names += listed
        weights.append(row)
    tail = [a + b for b in _split(composed["second"]) for a in _split(composed["first"])]
    row = np.zeros((len(origin), len(tail)))
    share = np.arange(1, len(tail) + 1) ** -SURNAME_POWER
    row[origin.index("british")] = COMPOSED_SHARE * share / share.sum()
    return pl.Series([*names, *tail]), Shares(np.concatenate([*weights, row], axis=1))
