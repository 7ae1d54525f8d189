"""Whether an earlier register's linkage model still fits: how far chance agreement has drifted since.

u is drawn again from the new register's own pairs, which is cheap, and held against the u that the model was
trained with. m, which is dear to train and changes slowly, is taken over with it or not at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from likeforlike.labs.definition import Lab
from likeforlike.linkage import train
from likeforlike.linkage.train import Model, Query

SEEN = 500
"""A level is judged if so many of the drawn pairs are expected in it. A common name drawn once more or less makes
many pairs, so rarer levels differ by more than `LIMIT` between two draws from the same register."""
LIMIT = 0.5
"""Bits of match weight. Two extracts that share nine persons in ten differ by less than half of it by chance; a
model that is off by more weighs agreement on a field one and a half times too much or too little."""
GROWN = 2
"""A register so many times larger or smaller than the earlier one has other people in it: m is trained again."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model for a new register."""

    model: Model
    reused: bool = False
    drift: float | None = None
    """Bits, when there was an earlier model to hold against the new register."""


def fitted_model(lab: Lab, query: Query, earlier: Model | None = None) -> Fitted:
    """The earlier model, set to the new number of persons, if it still fits; else one trained afresh.

    Parameters
    ----------
    lab
        The lab; the earlier model must be of the same `linkage.toml`.
    query
        Runs a query over the new register's view `linkage_names`.
    earlier
        The model of an earlier register.
    """
    if earlier is None:
        return Fitted(train.train_model(lab, query))
    now = train.by_chance(lab, query)
    if not _comparable(earlier, now):
        return Fitted(train.with_agreement(lab, now, query))
    bits = drift(earlier, now, _pairs(now, query))
    if bits > LIMIT:
        return Fitted(train.with_agreement(lab, now, query), drift=bits)
    return Fitted(_taken_over(earlier, now), reused=True, drift=bits)


def drift(earlier: Model, now: Model, pairs: Mapping[str, float]) -> float:
    """The greatest change of u in any level, as |log2(u now / u earlier)|, in bits of match weight.

    Parameters
    ----------
    earlier, now
        Models with the same comparisons.
    pairs
        For each field, the pairs that u was estimated from. Levels that neither model expects in at least
        `SEEN` of them are left out, and so are identifiers, whose u follows from the number of persons.
    """
    greatest = 0.0
    for old, new in zip(earlier["comparisons"], now["comparisons"], strict=True):
        if train.all_set(new):
            continue
        for before, after in zip(old["comparison_levels"], new["comparison_levels"], strict=True):
            if before.get("is_null_level"):
                continue
            u, v = before["u_probability"], after["u_probability"]
            if max(u, v) * pairs[new["output_column_name"]] >= SEEN:
                greatest = max(greatest, abs(math.log2(v / u)))
    return round(greatest, 3)


def _comparable(earlier: Model, now: Model) -> bool:
    """Whether both compare the same things in the same way, over registers of a like and sufficient size."""
    few, many = sorted((train.persons_of(earlier), train.persons_of(now)))
    return few >= train.FEWEST_PERSONS and many <= GROWN * few and _levels(earlier) == _levels(now)


def _levels(model: Model) -> str:
    """The comparisons without their numbers."""
    bare = [
        [
            c["output_column_name"],
            [{k: v for k, v in level.items() if not k.endswith("_probability")} for level in levels],
        ]
        for c in model["comparisons"]
        for levels in [c["comparison_levels"]]
    ]
    return json.dumps(bare, sort_keys=True)


def _pairs(model: Model, query: Query) -> dict[str, float]:
    """Pairs drawn in which both know the field."""
    fields = [c["output_column_name"] for c in model["comparisons"]]
    counts = ", ".join(f"count({f}) / count(*) as {f}" for f in fields)
    known = query(f"select {counts} from linkage_names").row(0, named=True)
    drawn = min(train.RANDOM_RECORDS, train.persons_of(model))
    return {f: drawn * (drawn - 1) / 2 * known[f] ** 2 for f in fields}


def _taken_over(earlier: Model, now: Model) -> Model:
    fresh = train.rounded(now)["comparisons"]
    comparisons = [n if train.all_set(n) else e for e, n in zip(earlier["comparisons"], fresh, strict=True)]
    prior = {"probability_two_random_records_match": now["probability_two_random_records_match"]}
    return earlier | prior | {"comparisons": comparisons}
