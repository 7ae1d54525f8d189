"""Releases become a library: the latest answer about each programme, on one measure over one period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from likeforlike.disclosure.release import MeasureRow, Release
from likeforlike.errors import InputProblem
from likeforlike.evidence.library.from_table import Z
from likeforlike.evidence.library.library import About, LeftOut, Library, Measured, Request, Result, Why

REFUSED = "Refused: too few people, or too great a risk that somebody could be recognised"


def from_releases(
    releases: Sequence[Release],
    title: str,
    measure: str | None,
    known: Mapping[str, About],
    requests: Sequence[Request],
) -> Library:
    """The results on one measure.

    Parameters
    ----------
    measure
        Its name; the first headline measure of the most releases if left out.
    known
        What a list of requests says of each programme, by its name in small letters.
    requests
        What became of each request, as that list has it.

    Raises
    ------
    InputProblem
        No release has the measure.
    """
    latest, replaced = _latest(releases)
    released = [r for r in latest if r.status == "released"]
    if not released:
        raise InputProblem("The library has no result, only refusals: there is nothing to put together.")
    name = measure or _usual(m.name for r in released for m in r.measures[:1])
    rows = {id(r): next((m for m in r.measures if m.name == name), None) for r in released}
    having = [r for r in released if rows[id(r)] is not None]
    if not having:
        raise InputProblem(_missing(released, measure))
    months = _usual(r.follow_up_months for r in having)
    first = next(row for r in having if r.follow_up_months == months and (row := rows[id(r)]) is not None)
    left_out = [LeftOut(_about(r, known), "replaced") for r in replaced]
    results = []
    for release in latest:
        row, about = rows.get(id(release)), _about(release, known)
        why = _why(release, row, about, months, first.unit)
        if why or row is None:
            left_out.append(LeftOut(about, why or "other_measure", row.significant if row else None))
        else:
            results.append(_result(release, row, about))
    measured = Measured(first.name, first.statistical_label, first.unit, first.decimals, first.better, months)
    lineages = _lineages(releases, measured, known)
    return Library(title, measured, tuple(results), tuple(left_out), _requests(latest, requests), lineages)


def _lineages(
    releases: Sequence[Release], measured: Measured, known: Mapping[str, About]
) -> tuple[tuple[Result, ...], ...]:
    """The results of each programme that has more than one on the measure, earliest first."""
    found: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for release in sorted(releases, key=_when):
        row = next((m for m in release.measures if m.name == measured.name), None)
        about = _about(release, known)
        if row is not None and not _why(release, row, about, measured.months or 0, measured.unit):
            found[_key(release)].append(_result(release, row, about))
    return tuple(tuple(results) for results in found.values() if len(results) > 1)


def _latest(releases: Sequence[Release]) -> tuple[list[Release], list[Release]]:
    """The last answer about each programme, by the vintage of its records, and those before it."""
    last: dict[tuple[str, str], Release] = {}
    ordered = sorted(releases, key=lambda r: (r.status == "released", *_when(r)))
    for release in ordered:
        last[_key(release)] = release
    return [r for r in ordered if last[_key(r)] is r], [r for r in ordered if last[_key(r)] is not r]


def _when(release: Release) -> tuple[date, int]:
    """By its records, and where they are the same by the look that it was."""
    return release.provenance.vintage, len(release.looks)


def _key(release: Release) -> tuple[str, str]:
    return release.programme.name.casefold(), release.programme.provider.casefold()


def _why(release: Release, row: MeasureRow | None, about: About, months: int, unit: str) -> Why | None:
    if release.status == "refused":
        return "refused"
    if about.part_of:
        return "part_of"
    if row is None or row.unit != unit:
        return "other_measure"
    if release.follow_up_months != months:
        return "other_period"
    if row.difference is None or row.conf_low is None or row.conf_high is None:
        return "withheld"
    return "no_spread" if row.conf_high <= row.conf_low else None


def _result(release: Release, row: MeasureRow, about: About) -> Result:
    low, high, estimate = row.conf_low, row.conf_high, row.difference
    if low is None or high is None or estimate is None:
        raise ValueError("a withheld measure is no result")
    error = (high - low) / (2 * Z)
    when = f"{release.provenance.vintage:%Y-%m}"
    limit = release.looks[-1].limit if release.looks else None
    return Result(
        about, when, row.n_treatment, estimate, error, low, high, "interval", row.significant, limit
    )


def _about(release: Release, known: Mapping[str, About]) -> About:
    programme = release.programme
    told = known.get(programme.name.casefold())
    published = f"{release.provenance.vintage:%Y-%m}"
    if told is None:
        return About(programme.name, programme.provider, published)
    return replace(
        told,
        programme=programme.name,
        provider=programme.provider or told.provider,
        published=told.published or published,
    )


def _requests(latest: Sequence[Release], listed: Sequence[Request]) -> tuple[Request, ...]:
    """Each request of the list, and each refusal that the list does not know of."""
    released = {r.programme.name.casefold() for r in latest if r.status == "released"}
    refused = {r.programme.name.casefold() for r in latest if r.status == "refused"}
    if not listed and not refused:
        return ()
    told = [
        replace(
            r,
            status="published" if r.programme.casefold() in released else _unless_published(r.status),
            reason=r.reason or (REFUSED if r.programme.casefold() in refused else ""),
        )
        for r in listed
    ]
    known = {r.programme.casefold() for r in listed}
    for release in latest:
        name = release.programme.name
        if name.casefold() not in known:
            is_out = release.status == "released"
            told.append(Request(name, "published" if is_out else "refused", "" if is_out else REFUSED))
    return tuple(told)


def _unless_published(status: str) -> str:
    return "not found" if status in ("", "published") else status


def _usual(values: Iterable[Any]) -> Any:
    return Counter(values).most_common(1)[0][0]


def _missing(released: Sequence[Release], measure: str | None) -> str:
    names = ", ".join(sorted({m.name for r in released for m in r.measures}))
    return f"No release has the measure '{measure}': choose from {names}."
