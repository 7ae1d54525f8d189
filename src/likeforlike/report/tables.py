"""The tables of a release, each once: the page shows them and the CSV files repeat them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from likeforlike.disclosure.release import (
    BalanceRow,
    CheckRow,
    FlowRow,
    LinkageQuality,
    LookRow,
    LostRow,
    MeasureRow,
    OtherWay,
    OverlapRow,
    Release,
    RuleRecord,
    SubAnalysis,
    TimingRow,
    TrialRow,
)
from likeforlike.report.shrunken import Shrunken, shrunken

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as data: machine names for columns, figures as numbers, `None` for what may not be shown."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


MEASURES = tuple(MeasureRow.model_fields)
SUB_GROUP = ("sub_group", "sub_group_label", "sub_group_kind", "status", "part")
DRAWN = ("shrunken", "shrunken_low", "shrunken_high")
"""A part's difference, drawn towards the whole."""
CHECKS = tuple(CheckRow.model_fields)
OTHERS = tuple(OtherWay.model_fields)
TIMING = tuple(TimingRow.model_fields)
OVERLAP = tuple(OverlapRow.model_fields)
LOST = tuple(LostRow.model_fields)
TRIALS = tuple(TrialRow.model_fields)
LOOKS = tuple(LookRow.model_fields)
FLOW = tuple(FlowRow.model_fields)
BALANCE = tuple(BalanceRow.model_fields)
LINKAGE = tuple(LinkageQuality.model_fields)
RULES = tuple(RuleRecord.model_fields)


def tables(release: Release) -> tuple[Table, ...]:
    """Every table of a release; those without rows are left out."""
    every = (
        Table("measures", MEASURES, _rows(release.measures, MEASURES)),
        Table("sub_groups", (*SUB_GROUP, *MEASURES, *DRAWN), _sub_groups(release)),
        Table("checks", CHECKS, _rows(release.checks, CHECKS)),
        Table("other_ways", OTHERS, _rows(release.others, OTHERS)),
        Table("timing", TIMING, _rows(release.timing, TIMING)),
        Table("overlap", OVERLAP, _rows(release.overlap, OVERLAP)),
        Table("lost", LOST, _rows(release.lost, LOST)),
        Table("trials", TRIALS, _rows(release.trials, TRIALS)),
        Table("looks", LOOKS, _looks(release)),
        Table("flow", FLOW, _rows(release.flow, FLOW)),
        Table("balance", BALANCE, _rows(release.balance, BALANCE)),
        Table("linkage", LINKAGE, _rows(release.linkage, LINKAGE)),
        Table("disclosure_rules", RULES, _rows(release.rules, RULES)),
        Table("how_this_was_made", ("item", "value"), made(release)),
    )
    return tuple(t for t in every if t.rows)


def made(release: Release) -> tuple[tuple[str, Cell], ...]:
    """How a release was made, item by item; software by name."""
    p = release.provenance
    items = [(name, value) for name, value in p if name != "software"]
    software = [(f"software {name}", version) for name, version in sorted(p.software.items())]
    return tuple(
        (name, value if isinstance(value, int) else str(value)) for name, value in [*items, *software]
    )


def _sub_groups(release: Release) -> tuple[tuple[Cell, ...], ...]:
    """A row for each part and measure; one row for a sub-group that is not offered."""

    def head(told: SubAnalysis, part: str | None) -> tuple[Cell, ...]:
        return told.name, told.label, told.kind, told.status, part

    rows: list[tuple[Cell, ...]] = []
    for told in release.sub_analyses:
        if told.status == "not_offered":
            rows.append((*head(told, None), *(None,) * len((*MEASURES, *DRAWN))))
        drawn = [shrunken(*both) or (None, None) for both in zip(told.inside, told.rest, strict=True)]
        for i, (part, members) in enumerate((("inside", told.inside), ("rest", told.rest))):
            figures = zip(_rows(members, MEASURES), drawn, strict=True)
            rows += [(*head(told, part), *row, *_drawn(both[i])) for row, both in figures]
    return tuple(rows)


def _drawn(part: Shrunken | None) -> tuple[Cell, ...]:
    return (None,) * len(DRAWN) if part is None else (part.estimate, part.low, part.high)


def _looks(release: Release) -> tuple[tuple[Cell, ...], ...]:
    told = (row.model_dump(mode="json") for row in release.looks)
    return tuple(tuple(row[column] for column in LOOKS) for row in told)


def _rows(records: Iterable[object], columns: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(getattr(record, column) for column in columns) for record in records)
