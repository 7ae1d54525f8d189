"""A synthetic pool of the size of a nation with 5,000 participants, as Parquet files in a folder.

    .venv/bin/python bench/matching_parts/world.py FOLDER POOL [TREATED]

Sixty covariates: 25 numbers, 25 flags and 10 categories of 3 to 43 levels, which make 168 columns of a design with
its intercept. The pool comes from one distribution and the participants from the same distribution tilted by the
exponential of a linear index, so that the logistic score with main effects is right, and the most unlike covariate
is 0.46 standard deviations apart. FOLDER gets

- `units.parquet`: `event_id`, `person_id`, `index_date`, `treated`, and the covariates;
- `outcomes.parquet`: `event_id` and `reoffended`;
- `score.parquet`: `event_id` and `logit`, the true index, for peers that match on a given score;
- `truth.json`: sizes, seed and the true effect on the participants.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SEED = 60
TREATED = 5_000
NUMBERS, FLAGS = 25, 25
LEVELS = (3, 4, 5, 6, 8, 10, 12, 16, 20, 43)
FARTHEST = 0.45
"""Standard deviations of the pool between the means of the most unlike number; 0.46 when the ends are cut."""
LIKENESS = 0.2
"""Correlation of any two numbers."""
END = 2.5
"""Numbers end here, as ages and counts do; so both groups reach as far."""
PREVENTED = 0.15
"""Share of participants' reoffending that the programme prevents."""
AT_ONCE = 100_000
FIRST_DAY = date(2019, 1, 1)
FILES = ("units", "outcomes", "score")


@dataclass(frozen=True, slots=True)
class Chances:
    """How the covariates are spread and how they bear on taking part and on the outcome."""

    shift: Floats
    """By which participants' numbers exceed the pool's, (25,)."""
    number_selection: Floats
    flag_chance: Floats
    flag_selection: Floats
    level_chance: tuple[Floats, ...]
    level_selection: tuple[Floats, ...]
    number_prognosis: Floats
    flag_prognosis: Floats


def chances(rng: np.random.Generator) -> Chances:
    """The fixed figures of the world, from its seed."""
    shift = FARTHEST * 0.85 ** np.arange(NUMBERS) * np.resize([1.0, -1.0, 1.0], NUMBERS)
    likeness = np.full((NUMBERS, NUMBERS), LIKENESS) + (1 - LIKENESS) * np.eye(NUMBERS)
    falling = [np.arange(1, n + 1) ** -0.8 for n in LEVELS]
    return Chances(
        shift=shift,
        number_selection=np.linalg.solve(likeness, shift),
        flag_chance=rng.uniform(0.05, 0.5, FLAGS),
        flag_selection=rng.normal(0, 0.2, FLAGS),
        level_chance=tuple(chance / chance.sum() for chance in falling),
        level_selection=tuple(rng.normal(0, 0.2, n) for n in LEVELS),
        number_prognosis=rng.normal(0, 0.12, NUMBERS),
        flag_prognosis=rng.normal(0, 0.12, FLAGS),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Covariates of some units: (units, 25), (units, 25) and ten arrays of level codes."""

    numbers: Floats
    flags: NDArray[np.bool_]
    codes: tuple[NDArray[np.intp], ...]

    def index(self, world: Chances) -> Floats:
        """The logit of taking part, up to a constant."""
        levels = sum(s[c] for s, c in zip(world.level_selection, self.codes, strict=True))
        return self.numbers @ world.number_selection + self.flags @ world.flag_selection + levels

    def risk(self, world: Chances) -> Floats:
        """Chance of reoffending without the programme."""
        numbers, flags = self.numbers @ world.number_prognosis, self.flags @ world.flag_prognosis
        return _chance(-0.6 + numbers + flags)


def draw(world: Chances, units: int, *, treated: bool, rng: np.random.Generator) -> Group:
    """Participants or pool members."""
    common = rng.normal(size=(units, 1)) * np.sqrt(LIKENESS)
    numbers = rng.normal(size=(units, NUMBERS)) * np.sqrt(1 - LIKENESS) + common + treated * world.shift
    odds = np.log(world.flag_chance / (1 - world.flag_chance)) + treated * world.flag_selection
    flags = rng.random((units, FLAGS)) < _chance(odds)
    codes = []
    for chance, selection in zip(world.level_chance, world.level_selection, strict=True):
        tilted = chance * np.exp(treated * selection)
        ends = np.cumsum(tilted / tilted.sum())[:-1]
        codes.append(np.searchsorted(ends, rng.random(units), side="right"))
    return Group(np.round(np.clip(numbers, -END, END), 3), flags, tuple(codes))


def make(home: Path, pool: int, treated: int = TREATED) -> Path:
    """Write the world's files if they are not there yet; no more than a block of it is ever in memory.

    Parameters
    ----------
    home
        The folder, made when needed.
    pool, treated
        How many of each.

    Returns
    -------
    Path
        The folder.
    """
    if (home / "truth.json").exists():
        return home
    home.mkdir(parents=True, exist_ok=True)
    world = chances(np.random.default_rng(SEED))
    blocks = -(-pool // AT_ONCE)
    ours, others = np.diff(_marks(treated, blocks)), np.diff(_marks(pool, blocks))
    risks = []
    with ExitStack() as stack:
        writers: dict[str, pq.ParquetWriter] = {}
        for k in range(blocks):
            start = int(ours[:k].sum() + others[:k].sum())
            tables, risk = _block(
                world, int(ours[k]), int(others[k]), start, np.random.default_rng([SEED, k])
            )
            risks.append(risk)
            for name, table in zip(FILES, tables, strict=True):
                rows = table.to_arrow()
                if name not in writers:
                    path = home / f"{name}.parquet"
                    writers[name] = stack.enter_context(pq.ParquetWriter(path, rows.schema))
                writers[name].write_table(rows)
    effect = -PREVENTED * float(np.concatenate(risks).mean())
    truth = {"treated": treated, "pool": pool, "seed": SEED, "effect": effect}
    (home / "truth.json").write_text(json.dumps(truth) + "\n", encoding="utf-8")
    return home


def _block(
    world: Chances, ours: int, others: int, start: int, rng: np.random.Generator
) -> tuple[tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame], Floats]:
    groups = [draw(world, n, treated=t, rng=rng) for n, t in ((ours, True), (others, False))]
    order, units = rng.permutation(ours + others), ours + others
    both = Group(
        np.concatenate([g.numbers for g in groups])[order],
        np.concatenate([g.flags for g in groups])[order],
        tuple(np.concatenate([g.codes[i] for g in groups])[order] for i in range(len(LEVELS))),
    )
    treated, risk = order < ours, both.risk(world)
    happened = (rng.random(units) < risk) & ~(treated & (rng.random(units) < PREVENTED))
    days = np.datetime64(FIRST_DAY, "D") + rng.integers(0, 365, units)
    rows = pl.int_range(start, start + units, eager=True).cast(pl.String).str.zfill(8)
    names = pl.DataFrame({"event_id": "E" + rows, "person_id": "P" + rows})
    frame = names.with_columns(
        pl.Series("index_date", days),
        pl.Series("treated", treated),
        *(pl.Series(f"number_{i + 1:02}", np.ascontiguousarray(both.numbers[:, i])) for i in range(NUMBERS)),
        *(pl.Series(f"flag_{i + 1:02}", np.ascontiguousarray(both.flags[:, i])) for i in range(FLAGS)),
        *(
            _texts(f"category_{i + 1:02}", codes, n)
            for i, (codes, n) in enumerate(zip(both.codes, LEVELS, strict=True))
        ),
    )
    ids = frame.select("event_id")
    outcomes = ids.with_columns(pl.Series("reoffended", happened))
    score = ids.with_columns(pl.Series("logit", both.index(world)))
    return (frame, outcomes, score), risk[treated]


def _texts(name: str, codes: NDArray[np.intp], levels: int) -> pl.Series:
    texts = pl.Series(name, [f"level {k + 1:02}" for k in range(levels)])
    return texts.gather(codes)


def _marks(total: int, parts: int) -> NDArray[np.intp]:
    return np.linspace(0, total, parts + 1).astype(np.intp)


def _chance(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-logit))


if __name__ == "__main__":
    make(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
