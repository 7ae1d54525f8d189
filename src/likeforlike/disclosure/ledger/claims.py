"""What a release says of how many people: a claim for every figure, so that the ledger can hold all against all.

A count or a rate is a range: every number of people of whom the same would be told. Of anything else (a mean, a time,
a number in the balance table) nobody can say beforehand how much it tells of one person, so it is taken for exact: as
if the same had been told of a coin that each person has tossed. Who cannot work out a few people's coins from the
groups cannot work out anything else that adds up over people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from likeforlike.disclosure.counts import (
    TINY,
    counted_as,
    looks_alike,
    percent,
    possible_events,
    rounded,
    shown,
    step,
)
from likeforlike.disclosure.ledger.of_study import ANALYSED, LOST, SUBMITTED, Asked
from likeforlike.disclosure.ledger.submission import BEFORE, FEW, NEARLY_ALL, Claim, Submission
from likeforlike.disclosure.profiles.rates import follows_from_rate
from likeforlike.disclosure.release import FlowRow, LinkageQuality, MeasureRow, Release
from likeforlike.disclosure.tables import found_percent, smd_grid
from likeforlike.estimates.timing import day_of_month
from likeforlike.terms import NOT_FOUND, Flow

if TYPE_CHECKING:
    from likeforlike.estimates.estimate import Estimates
    from likeforlike.labs.definition import DisclosureProfile

IN_RECORDS = "found in the records"
COIN = "any other figure, {}"
COINS = 2
"""Tosses of each person: two groups that differ by a few seldom agree in both."""
LARGEST_SD = 50
"""Percentage points: the standard deviation of a share of a half."""
Row = Mapping[str, Any]


def with_all_said(asked: Asked, release: Release, estimates: Estimates) -> Submission:
    """Whom a study is about, with every figure of its release from which a number of people follows."""
    offered = frozenset(told.name for told in release.sub_analyses if told.status == "shown")
    asked = replace(asked, offered=offered)
    submission = asked.with_nothing_said()
    sizes = dict(zip(submission.groups, submission.people.sizes, strict=True))
    claims = [
        *_of_linkage(asked, release.linkage, sizes),
        *_of_flow(asked, release.flow, sizes),
        *_of_balance(asked, release, sizes),
        *_of_lost(asked, release, sizes),
        *_of_coins(asked, release, submission),
    ]
    if not any(row.epsilon for row in release.measures):  # a noisy count says nothing for certain
        claims += _of_measures(asked, release, estimates, sizes)
    first, last = release.index_from, release.index_to
    period = f"{first:%Y-%m} to {last:%Y-%m}" if first and last else ""
    return replace(submission, claims=tuple(claims), period=period)


def _of_linkage(asked: Asked, rows: Iterable[LinkageQuality], sizes: Mapping[str, int]) -> Iterator[Claim]:
    """Found, in whole percentages."""
    lab = asked.links.cohort.lab
    columns = {lab.columns.get(column).label: column for column in lab.linkage.groups}
    groups = {name.casefold(): name for name in sizes}
    quality = asked.links.quality.filter("released").iter_rows(named=True)
    for row, exact in zip(rows, quality, strict=True):
        column = columns.get(exact["group"])
        name = f"{SUBMITTED}, {column} {exact['level']}" if column else SUBMITTED
        group = groups.get(name.casefold())
        if row.found_percent is not None and group is not None:
            sent = exact["submitted"]
            told = partial(found_percent, submitted=sent, profile=lab.disclosure)
            span = looks_alike(told, exact["linked"], sent)
            yield _of_list(group, IN_RECORDS, span, sent, sizes, f"{row.found_percent}%")


def _of_flow(asked: Asked, rows: Iterable[FlowRow], sizes: Mapping[str, int]) -> Iterator[Claim]:
    """How many of the list were left after each step that the records decide."""
    flow, profile = asked.matched.flow if asked.matched else Flow.start(0), asked.links.cohort.lab.disclosure
    told, known = {row.key: row for row in rows}, None
    # who is left depends on how long people are followed and how far the records reach
    when = f"{asked.study.plan.months} months in the records of {asked.study.vintage}"
    for before, after in zip(flow.steps, flow.steps[1:], strict=False):
        known = before.remaining if after.key == NOT_FOUND else known
        row = told.get(after.key)
        if known is None or row is None:
            continue

        def looks(left: int, known: int = known) -> float:
            figure = shown(counted_as(left, known, profile), profile)
            return (-1 if figure is None else figure) + 0.5 * (known - left < profile.hide_below)

        span = looks_alike(looks, after.remaining, known)
        name = IN_RECORDS if after.key == NOT_FOUND else f"left after '{after.key}', {when}"
        figure = "hidden" if row.remaining is None else f"{row.remaining:,}"
        yield _of_list(SUBMITTED, name, span, known, sizes, figure)


def _of_balance(asked: Asked, release: Release, sizes: Mapping[str, int]) -> Iterator[Claim]:
    """Who had what before: a share is known by its rounding or by the difference beside it; a hidden one is kept so."""
    if asked.matched is None:
        return
    profile, people = asked.links.cohort.lab.disclosure, asked.matched.treated
    exact = {(row["covariate"], row["level"]): row for row in asked.matched.balance.iter_rows(named=True)}
    for row in release.balance:
        if not row.percent or people != sizes[ANALYSED]:
            continue
        had = exact[row.covariate, row.level]["n_treated"]
        about = f"{BEFORE}{row.label} {row.level}".strip()
        if row.treatment is None:
            yield _hidden(ANALYSED, about, had, people, profile)
            continue
        low, high = _percent_range(had, people, profile)
        if row.smd_after is not None:
            points = 0.5 + LARGEST_SD * smd_grid(people, profile) / 200
            apart = math.floor(points * people / 100)
            low, high = max(low, had - apart), min(high, had + apart)
        yield Claim(ANALYSED, about, low, high, f"{row.treatment:g}%")


def _of_lost(asked: Asked, release: Release, sizes: Mapping[str, int]) -> Iterator[Claim]:
    """The same of those without a match."""
    if asked.diagnostics is None or not release.lost:
        return
    profile, people = asked.links.cohort.lab.disclosure, sizes[LOST]
    exact = {(row["covariate"], row["level"]): row for row in asked.diagnostics.groups.iter_rows(named=True)}
    for row in release.lost:
        had = exact[row.covariate, row.level]["n_lost"]
        if row.percent and 0 <= had <= people:
            span = _percent_range(had, people, profile)
            yield Claim(LOST, f"{BEFORE}{row.label} {row.level}".strip(), *span, f"{row.lost:g}%")


def _of_coins(asked: Asked, release: Release, submission: Submission) -> Iterator[Claim]:
    """A coin for each group of which more is told than rates and hidden shares."""
    for group in _with_other_figures(asked, release):
        tokens = submission.groups[group]
        for place in range(COINS):
            heads = int(((tokens >> np.uint64(place)) & np.uint64(1)).sum())
            few = min(submission.threshold, len(tokens))
            # a coin that nearly all tossed alike would tell of any few of them, which no figure need do
            low, high = min(heads, len(tokens) - few), max(heads, few)
            yield _within(group, COIN.format(place + 1), low, high, len(tokens), "exact")


def _with_other_figures(asked: Asked, release: Release) -> Iterator[str]:
    other = any(row.kind != "rate" and not row.withheld for row in release.measures)
    for arm, treated in asked.arms:
        if other or (treated and any(row.light != "hidden" for row in release.balance)):
            yield ANALYSED + arm
    if release.lost:
        yield LOST
    for told in release.sub_analyses:
        for part, rows in (("inside", told.inside), ("rest", told.rest)):
            if any(row.kind != "rate" and not row.withheld for row in rows):
                yield from (f"{ANALYSED}, {told.name}, {part}{arm}" for arm, _ in asked.arms)


def _of_measures(
    asked: Asked, release: Release, estimates: Estimates, sizes: Mapping[str, int]
) -> Iterator[Claim]:
    profile, day = asked.links.cohort.lab.disclosure, day_of_month(release.follow_up_months)
    parts: list[tuple[str, Iterable[MeasureRow], pl.DataFrame]] = [
        (ANALYSED, release.measures, estimates.frame)
    ]
    for told in release.sub_analyses:
        for part, rows in (("inside", told.inside), ("rest", told.rest)):
            if asked.sub_groups is not None and rows:
                mine = (pl.col("sub_group") == told.name) & (pl.col("part") == part)
                parts.append((f"{ANALYSED}, {told.name}, {part}", rows, asked.sub_groups.frame.filter(mine)))
    for group, told_rows, frame in parts:
        exact = {row["term"]: row for row in frame.iter_rows(named=True)}
        for row in told_rows:
            for arm, treated in asked.arms if row.kind == "rate" else ():
                claim = _of_rate(group + arm, row, exact[row.name], sizes, profile, treated=treated)
                if claim is not None:
                    yield replace(claim, day=day)
    base = step(sizes[ANALYSED], profile)
    for point in release.timing:  # curves are rebuilt from rounded numbers of people
        about = point.treatment * sizes[ANALYSED] / 100
        span = (about - base, about + base)
        claim = _within(ANALYSED, point.measure, *span, sizes[ANALYSED], f"{point.treatment}%")
        yield replace(claim, day=point.day)


def _of_rate(
    group: str,
    row: MeasureRow,
    exact: Row,
    sizes: Mapping[str, int],
    profile: DisclosureProfile,
    *,
    treated: bool,
) -> Claim | None:
    """What a rate says of its group; a hidden one says that it is of a few, or of all but a few.

    A rate of part of the group, those with another event, says how many of the whole group had both; how many are in
    that part is taken for known.
    """
    size = sizes[group]
    people, said = (exact["n"], row.n_treatment) if treated else (exact["n_comparison"], row.n_comparison)
    if people > size:
        return None
    figure, beside = (row.treatment, row.comparison) if treated else (row.comparison, row.treatment)
    events = exact["events_treated"] if treated else exact["events_comparison"]
    if figure is not None:
        low, high = possible_events(figure, people, profile, row.decimals, said)
        if beside is not None and not follows_from_rate(exact, profile):
            apart = 100 * exact["estimate"] * (1 if treated else -1)
            least, most = ((beside + apart + side) * people / 100 for side in (-0.5, 0.5))
            low, high = max(low, math.ceil(least - TINY)), min(high, math.floor(most + TINY))
        return _within(
            group, row.name, min(low, round(events)), max(high, round(events)), size, f"{figure:g}%"
        )
    few = profile.hide_below
    if events is None or not few <= events <= people - few:
        is_few = events is None or events < few
        low, high = (0, few - 1) if is_few else (people - few + 1, people)
        return Claim(
            group, row.name, max(low, 0), min(high, size), "hidden", keep=FEW if is_few else NEARLY_ALL
        )
    return None


def _hidden(group: str, statistic: str, had: int, people: int, profile: DisclosureProfile) -> Claim:
    """Nothing is said; where it is of a few, or of all but a few, nothing else may say it."""
    few = profile.hide_below
    keep = FEW if had < few else NEARLY_ALL if people - had < few else ""
    return Claim(group, statistic, 0, people, "hidden", keep=keep)


def _percent_range(had: int, people: int, profile: DisclosureProfile) -> tuple[int, int]:
    """Numbers that the same percentage of two rounded ones stands for."""
    whole = rounded(people, profile)
    return looks_alike(lambda n: percent(rounded(n, profile), whole) or 0, had, people)


def _of_list(
    group: str, statistic: str, span: tuple[int, int], sent: int, sizes: Mapping[str, int], published: str
) -> Claim:
    """Of rows of a list; two rows of one person count once among people, so that fewer of those may be meant."""
    return _within(group, statistic, span[0] - sent + sizes[group], span[1], sizes[group], published)


def _within(group: str, statistic: str, low: float, high: float, size: int, published: str) -> Claim:
    least, most = max(math.ceil(low), 0), min(math.floor(high), size)
    return Claim(group, statistic, min(least, most), max(least, most), published)
