"""Whether the queries of a lab run, and give what its other files use of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from likeforlike.errors import LabProblem
from likeforlike.followup.events import participant_events, pool_events
from likeforlike.followup.foresight import require_hindsight
from likeforlike.kit.tables import InMemory
from likeforlike.labs.definition import Covariate, Lab
from likeforlike.outcomes.open_outcomes import outcomes_of

NEEDED = ("event_id", "person_id", "index_date")
MOST = 2_000
"""Events that are asked about."""


def query_mistakes(lab: Lab, engine: InMemory) -> list[str]:
    """A sentence for each mistake; a query is only asked when those before it run."""
    try:
        events = engine.query(lab.sql.events)
    except LabProblem as problem:
        return [f"sql/events.sql: {problem}"]
    mistakes = list(_of_events(lab, events))
    if mistakes:
        return mistakes
    chosen = (
        events.sort("event_id")
        .unique("person_id", keep="first", maintain_order=True)
        .filter(pl.col("index_date").is_not_null())
        .head(MOST)
    )
    asked = chosen.select(*NEEDED)
    vintage, people = {"vintage": engine.vintage}, _people(lab, asked)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("lab.toml, follow_up", lambda: engine.query(participant_events(lab), vintage, participant=people)),
        ("lab.toml, follow_up", lambda: engine.query(pool_events(lab), vintage, **_period(asked))),
        ("sql/before_start.sql", lambda: _before(lab, engine, asked)),
        ("sql/covariates.sql", lambda: _covariates(lab, engine, chosen)),
        ("sql/outcomes.sql", lambda: outcomes_of(asked, lab, engine)),
        ("sql/negative_controls.sql", lambda: _controls(lab, engine, asked)),
    ]
    return [sentence for place, step in steps for sentence in _tried(place, step)]


def _tried(place: str, step: Callable[[], object]) -> Iterator[str]:
    try:
        step()
    except LabProblem as problem:
        text = str(problem)
        yield (
            text
            if text.startswith("sql/") or ".toml" in text.split(":", maxsplit=1)[0]
            else f"{place}: {text}"
        )


def _of_events(lab: Lab, events: pl.DataFrame) -> Iterator[str]:
    follow_up = lab.head.follow_up
    for name in NEEDED:
        if name not in events.columns:
            yield f"sql/events.sql does not give '{name}', which every lab needs: add it."
    used = [("follow_up.start_like", follow_up.start_like)]
    used += [("follow_up.anchor.event", anchor.event) for anchor in follow_up.anchor]
    for key, name in used:
        if name not in events.columns:
            yield f"lab.toml: the key '{key}' names '{name}', which sql/events.sql does not give: add it there."
    if "event_id" in events.columns and events["event_id"].n_unique() != events.height:
        yield "sql/events.sql gives the same 'event_id' twice: give each row one of its own."
    if events.is_empty():
        yield "sql/events.sql gives no row: mend its conditions."


def _people(lab: Lab, asked: pl.DataFrame) -> pl.DataFrame:
    follow_up = lab.head.follow_up
    dates = {anchor.column for anchor in follow_up.anchor} | {follow_up.start_column}
    return asked.select(
        pl.int_range(pl.len()).alias("participant"),
        "person_id",
        *(pl.col("index_date").alias(name) for name in sorted(dates)),
    )


def _period(asked: pl.DataFrame) -> dict[str, pl.DataFrame]:
    quarters = asked.select(pl.col("index_date").dt.truncate("1q").alias("quarter")).unique()
    return {"period": quarters, "cohort_person": asked.select("person_id").head(1)}


def _before(lab: Lab, engine: InMemory, asked: pl.DataFrame) -> None:
    started = asked.with_columns(start_date=pl.col("index_date") + pl.duration(days=10))
    if "event_id" not in engine.query(lab.sql.before_start, started=started).columns:
        raise LabProblem("sql/before_start.sql does not give 'event_id': add it.")


def _covariates(lab: Lab, engine: InMemory, chosen: pl.DataFrame) -> None:
    asked = chosen.select(*NEEDED)
    found = engine.query(lab.sql.covariates, chosen=asked, chosen_event=chosen)
    declared = [c.name for c in lab.covariates.covariate]
    for name in ["event_id", *declared]:
        if name not in found.columns:
            raise LabProblem(
                f"sql/covariates.sql does not give '{name}': make it agree with covariates.toml."
            )
    for name in found.columns:
        if name not in ("event_id", *declared):
            raise LabProblem(
                f"sql/covariates.sql gives '{name}', which no covariate declares: declare it in "
                "covariates.toml, or "
                "take it out."
            )
    if found.height != asked.height or found["event_id"].n_unique() != asked.height:
        raise LabProblem(
            "sql/covariates.sql does not give exactly one row for each row of 'chosen': mend its joins."
        )
    for covariate in lab.covariates.covariate:
        _kind(covariate, found[covariate.name])
    half = pl.int_range(pl.len()) % 2 == 0
    require_hindsight(asked.with_columns(treated=half), lab, engine)


def _kind(covariate: Covariate, values: pl.Series) -> None:
    fits = {
        "number": values.dtype.is_numeric(),
        "flag": values.dtype == pl.Boolean or values.dtype.is_integer(),
        "category": not values.dtype.is_float(),
    }[covariate.kind]
    if not fits and values.dtype != pl.Null:
        raise LabProblem(
            f"covariates.toml: the key 'kind' of '{covariate.name}' is '{covariate.kind}', "
            "and sql/covariates.sql gives "
            "something else: make them agree."
        )


def _controls(lab: Lab, engine: InMemory, asked: pl.DataFrame) -> None:
    if lab.sql.negative_controls is None:
        return
    follow_up = lab.head.follow_up
    window = {"months": follow_up.months, "settle_months": follow_up.settle_months}
    found = engine.query(lab.sql.negative_controls, window, chosen=asked)
    for control in lab.negative_controls.negative_control:
        if control.column not in found.columns:
            raise LabProblem(
                f"sql/negative_controls.sql does not give '{control.column}', which negative_controls.toml uses: "
                "add it."
            )
