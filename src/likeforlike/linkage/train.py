"""Trains the Splink model from the register alone, once for each extract.

u, how often unlike people agree, comes from pairs of different persons drawn at random; near-unique
identifiers cannot be drawn and are set. m, how often one person's records agree, is half what expectation
maximisation finds over pairs that agree on the fields of `training_blocking`, and half the shares expected of
a provider's list: the register's records of one person differ by alias, a list differs by slips of the pen.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import polars as pl
from splink import DuckDBAPI, Linker, block_on
from splink.internals.exceptions import EMTrainingException

from likeforlike.labs.definition import Lab
from likeforlike.linkage.comparisons import splink_comparison
from likeforlike.linkage.names import PERSON
from likeforlike.linkage.quiet import quiet_splink
from likeforlike.records.duckdb import connect
from likeforlike.records.name_lines import RECORD

Query = Callable[[str], pl.DataFrame]
Model = dict[str, Any]
Level = dict[str, Any]

RANDOM_RECORDS = 1_500
"""Their pairs, over a million, show every level that matters."""
TRAINING_RECORDS = 80_000
TRAINING_PAIRS = 2_000_000
FEWEST_PERSONS = 1_000
"""In a register with fewer, chance decides what is seen, and expected shares stand as they are."""
FEWEST_PAIRS = 100
"""So many records of persons with others of their own; with fewer there is nothing to learn m from."""
LEARNT = 0.5
"""Weight of what the register shows against what is expected, in m."""
DIGITS = 6


def train_model(lab: Lab, query: Query) -> Model:
    """Train the lab's linkage model on the view `linkage_names`.

    Parameters
    ----------
    lab
        The lab; its `linkage.toml` gives comparisons, blocking and training rules.
    query
        Runs a query over the register's tables.

    Returns
    -------
    dict
        Splink's settings with all parameters, to six significant figures. The prior in it is the chance that
        a person and a record drawn at random belong together.
    """
    return with_agreement(lab, by_chance(lab, query), query)


def by_chance(lab: Lab, query: Query) -> Model:
    """The model with u of this register; its m is what is expected before any register is seen."""
    persons = int(query(f"select count(distinct {PERSON}) from linkage_names").item())
    with quiet_splink():
        return _chance_agreement(_start(lab, persons), query)


def with_agreement(lab: Lab, model: Model, query: Query) -> Model:
    """The model of `by_chance` with m of this register too, if it is large enough."""
    if persons_of(model) >= FEWEST_PERSONS:
        with quiet_splink():
            model = _agreement(lab, model, query)
    return rounded(model)


def persons_of(model: Model) -> int:
    """Persons in the register that the model was made for."""
    return round(1 / float(model["probability_two_random_records_match"]))


def rounded(model: Model) -> Model:
    """The model with m and u to six significant figures."""
    return model | {"comparisons": [_rounded(c) for c in model["comparisons"]]}


def _start(lab: Lab, persons: int) -> Model:
    comparisons = [splink_comparison(c, persons) for c in lab.linkage.comparison]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": RECORD,
        "linker_uid": lab.name,
        "probability_two_random_records_match": 1 / persons,
        "retain_matching_columns": False,
        "comparisons": [c.create_comparison_dict("duckdb") for c in comparisons],
        "blocking_rules_to_generate_predictions": [
            block_on(*rule).create_blocking_rule_dict("duckdb") for rule in lab.linkage.blocking
        ],
    }


def _chance_agreement(model: Model, query: Query) -> Model:
    one_each = f"qualify row_number() over (partition by {PERSON} order by {RECORD}) = 1"
    sample = _drawn(query, f"select * from linkage_names {one_each}", RANDOM_RECORDS)
    open_ones = [c for c in model["comparisons"] if not all_set(c)]
    linker = _linker(sample, model | {"comparisons": open_ones})
    linker.training.estimate_u_using_random_sampling(max_pairs=1e12, min_count_per_level=None, num_chunks=1)
    unseen = 0.5 / max(sample.height * (sample.height - 1) // 2, 1)
    estimated = {c["output_column_name"]: c for c in linker.misc.save_model_to_json()["comparisons"]}
    trained = [estimated.get(c["output_column_name"], c) for c in model["comparisons"]]
    return _completed(model | {"comparisons": trained}, model, u=unseen)


def all_set(comparison: dict[str, Any]) -> bool:
    """Whether nothing in the comparison is trained, as for near-unique identifiers."""
    return all(v.get("fix_u_probability") or v.get("is_null_level") for v in comparison["comparison_levels"])


def _agreement(lab: Lab, model: Model, query: Query) -> Model:
    sample = _drawn(query, "select * from linkage_names", TRAINING_RECORDS)
    if sample.height - sample[PERSON].n_unique() < FEWEST_PAIRS:
        return model
    linker = _linker(sample, model)
    for rule in lab.linkage.training_blocking:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), estimate_without_term_frequencies=True, max_pairs=TRAINING_PAIRS
            )
        except (EMTrainingException, ValueError):
            # No two records agree on this rule, or none that belong together: the others stand.
            continue
    return _identified(_blended(_completed(linker.misc.save_model_to_json(), model, u=0.0), model), model)


def _identified(trained: Model, expected: Model) -> Model:
    """The trained model, but the expected m where training took agreement for no evidence or for the contrary.

    That is how expectation maximisation shows that it could not tell true pairs from others by a field.
    """
    pairs = zip(trained["comparisons"], expected["comparisons"], strict=True)
    return trained | {"comparisons": [new if _tells_apart(new) else old for new, old in pairs]}


def _tells_apart(comparison: dict[str, Any]) -> bool:
    levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
    same, different = levels[0], levels[-1]
    return bool(
        same["m_probability"] > same["u_probability"]
        and different["m_probability"] < different["u_probability"]
    )


def _drawn(query: Query, sql: str, rows: int) -> pl.DataFrame:
    # By a hash of the person, so that a person's records are drawn together and every build draws the same.
    return query(f"select * from ({sql}) order by md5({PERSON}), {RECORD} limit {rows}").sort(RECORD)


def _linker(sample: pl.DataFrame, model: Model) -> Linker:
    api = DuckDBAPI(connection=connect())
    return Linker(api.register(sample.to_arrow(), table_name="records"), model, log_level=None)


def _completed(trained: Model, before: Model, *, u: float) -> Model:
    """The trained model, with the earlier m and the given u on levels that training did not see."""
    return _by_level(
        trained,
        before,
        lambda level, old: {
            "m_probability": level.get("m_probability", old["m_probability"]),
            "u_probability": level.get("u_probability", old.get("u_probability", u)),
        },
    )


def _blended(trained: Model, expected: Model) -> Model:
    """The trained model, its m drawn towards the expected shares: none is zero, no slip rules a pair out."""
    return _by_level(
        trained,
        expected,
        lambda level, old: {
            "m_probability": LEARNT * level["m_probability"] + (1 - LEARNT) * old["m_probability"]
        },
    )


def _by_level(model: Model, other: Model, change: Callable[[Level, Level], Level]) -> Model:
    comparisons = []
    for comparison, counterpart in zip(model["comparisons"], other["comparisons"], strict=True):
        pairs = zip(comparison["comparison_levels"], counterpart["comparison_levels"], strict=True)
        levels = [level if level.get("is_null_level") else level | change(level, old) for level, old in pairs]
        comparisons.append(comparison | {"comparison_levels": levels})
    return model | {"comparisons": comparisons}


def _rounded(comparison: dict[str, Any]) -> dict[str, Any]:
    levels = []
    for level in comparison["comparison_levels"]:
        numbers = {k: _significant(level[k]) for k in ("m_probability", "u_probability") if k in level}
        levels.append(level | numbers)
    return comparison | {"comparison_levels": levels}


def _significant(value: float) -> float:
    return round(value, DIGITS - 1 - math.floor(math.log10(value))) if value > 0 else value
