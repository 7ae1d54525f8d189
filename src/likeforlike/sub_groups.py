"""The study again for parts of the participants, each beside the rest of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from likeforlike.errors import InputProblem, Refused
from likeforlike.estimates import estimate_effects
from likeforlike.estimates.estimate import SCHEMA as ESTIMATE
from likeforlike.estimates.multiplicity import benjamini_hochberg
from likeforlike.followup import Sample
from likeforlike.matching import Matched, match
from likeforlike.outcomes import open_outcomes
from likeforlike.plan import condition_columns
from likeforlike.terms import Flow, Progress, silent

if TYPE_CHECKING:
    from likeforlike.plan import Plan, SubGroup
    from likeforlike.records.engine import Engine

INSIDE, REST = "inside", "rest"
HEAD = {
    "sub_group": pl.String,
    "label": pl.String,
    "kind": pl.String,
    "part": pl.String,
    "participants": pl.Int64,
    "analysed": pl.Int64,
    "status": pl.String,
}
MEMBERS = pl.Schema(
    {
        "sub_group": pl.String(),
        "part": pl.String(),
        "person_id": pl.String(),
        "treated": pl.Boolean(),
        "analysed": pl.Boolean(),
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class SubGroups:
    """One row for each sub-group, part (`inside` or `rest`) and headline measure; for the vault only.

    `frame` has `sub_group label kind part participants analysed status`, the columns of `Estimates.frame`, and
    `p_adjusted` (Benjamini & Hochberg over all rows). Status is `estimated`, `too_few` (for either part: neither is
    then estimated) or `no_match`.
    """

    frame: pl.DataFrame
    members: pl.DataFrame
    """`sub_group part person_id treated analysed`: who is in each part that was estimated, of the list and its arms."""

    def summary(self) -> str:
        """Each part in a line."""
        lines = []
        for (label, part), rows in self.frame.group_by("label", "part", maintain_order=True):
            told = [f"{r['term']} {r['estimate']:+.3g}" for r in rows.drop_nulls("estimate").to_dicts()]
            lines.append(f"{label} ({part}): {', '.join(told) or rows['status'][0]}")
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        return {"sub_groups": self.frame.to_dicts()}


def analyse_sub_groups(
    sample: Sample, register: Engine, plan: Plan, *, progress: Progress = silent
) -> SubGroups:
    """Match and estimate every sub-group of the plan and its complement afresh.

    A sub-group is offered only if both parts have as many participants as a result needs, so that neither can be
    worked out from the other.

    Raises
    ------
    InputProblem
        A condition of the plan cannot be read, or names an unknown column.
    """
    rows: list[dict[str, Any]] = []
    members = [pl.DataFrame(schema=MEMBERS)]
    for group in plan.sub_groups:
        progress(f"Once more for {group.label}")
        parts = split(sample, group)
        least = sample.lab.disclosure.minimum_analysed
        enough = min(part.participants for part in parts.values()) >= least
        for name, part in parts.items():
            head = {
                "sub_group": group.name,
                "label": group.label,
                "kind": group.kind,
                "part": name,
                "participants": part.participants,
            }
            found, matched = _estimates(part, register, plan) if enough else ([], None)
            if matched is not None:
                members.append(_members(part, matched, group.name, name, both_arms=bool(plan.trial)))
            status = "estimated" if found else "no_match" if enough else "too_few"
            rows += [head | {"status": status} | row for row in found or [{"term": t} for t in plan.headline]]
    schema = HEAD | ESTIMATE
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    adjusted = benjamini_hochberg(frame["p_value"].fill_null(np.nan).to_numpy())
    return SubGroups(frame.with_columns(p_adjusted=pl.Series(adjusted).fill_nan(None)), pl.concat(members))


def split(sample: Sample, group: SubGroup) -> dict[str, Sample]:
    """The sample inside a sub-group and the rest of it; those for whom it is unknown are in neither.

    A condition over covariates cuts the pool as well; one over columns of the list cuts those on the list alone.
    """
    condition, types = group.condition(sample.lab), condition_columns(sample.lab)
    free = [name for name in sample.listed.columns if name in types and name not in sample.frame.columns]
    listed = sample.listed.select("event_id", *free, on_list=pl.lit(value=True))
    known = sample.frame.join(listed, on="event_id", how="left", maintain_order="left")
    try:
        typed = known.with_columns(
            pl.col(name).cast(kind) for name, kind in types.items() if name in known.columns
        )
        inside = typed.select(inside=condition)["inside"]
    except PolarsError:
        raise InputProblem(
            f"The plan's sub-group '{group.name}' has a condition that cannot be used, '{group.where}': "
            f"compare covariates or columns of the list, such as reference = 'Leeds'."
        ) from None
    cut_all = not set(condition.meta.root_names()) & set(free)
    whole = known.select(whole=pl.col("on_list").is_null() & pl.lit(not cut_all))["whole"]
    return {
        INSIDE: _part(sample, (inside | whole).fill_null(value=False)),
        REST: _part(sample, (~inside | whole).fill_null(value=False)),
    }


def _part(sample: Sample, mask: pl.Series) -> Sample:
    frame = sample.frame.filter(mask)
    treated = int(frame["treated"].sum())
    return replace(
        sample, frame=frame, flow=Flow.start(treated), pool_flow=Flow.start(frame.height - treated)
    )


def _estimates(part: Sample, register: Engine, plan: Plan) -> tuple[list[dict[str, Any]], Matched | None]:
    try:
        matched = match(part, plan)
        found = estimate_effects(matched, open_outcomes(matched, register), plan.headline).frame
    except Refused:
        return [], None
    return found.with_columns(analysed=pl.lit(matched.treated)).to_dicts(), matched


def _members(part: Sample, matched: Matched, group: str, name: str, *, both_arms: bool) -> pl.DataFrame:
    """People of the list alone: in a trial those of both arms."""
    weighted = matched.frame.filter(pl.col("weight") > 0).select("event_id", analysed=pl.lit(value=True))
    people = part.frame.filter(pl.col("treated") | pl.lit(both_arms))
    return people.join(weighted, on="event_id", how="left", maintain_order="left").select(
        pl.lit(group).alias("sub_group"),
        pl.lit(name).alias("part"),
        "person_id",
        "treated",
        pl.col("analysed").fill_null(value=False),
    )
