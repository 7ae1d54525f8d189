"""All published results together: one page, made again when something was published or ended."""

from __future__ import annotations

from django.core.cache import cache

from likeforlike.disclosure.release import Release
from likeforlike.errors import InputProblem
from likeforlike.hashes import sha256_of
from likeforlike_web.cases.models import latest_result
from likeforlike_web.cases.states import State
from likeforlike_web.library.entries import UNDER_WAY, public_cases, status_of

WHY = {UNDER_WAY: "It is not finished yet"}
"""A final state says itself why there is no result to read."""


def together() -> tuple[bytes | None, str]:
    """The page, or nothing and a sentence that says why there is none yet."""
    cases = list(public_cases())
    published = [case for case in cases if case.where is State.PUBLISHED]
    results = [result for case in published if (result := latest_result(case)) is not None]
    requests = tuple((case.programme, *_became(status_of(case), case.where)) for case in cases)
    key = sha256_of([[result.sha256 for result in results], requests])
    made: tuple[bytes | None, str] | None = cache.get(key)
    if made is None:
        made = _made(tuple(result.release for result in results), requests)
        cache.set(key, made)
    return made


def _became(status: str, where: State) -> tuple[str, str]:
    return ("published", "") if where is State.PUBLISHED else (status.lower(), WHY.get(status, status))


def _made(releases: tuple[str, ...], requests: tuple[tuple[str, str, str], ...]) -> tuple[bytes | None, str]:
    from likeforlike.evidence import library_of, synthesis_page, synthesise

    if not releases:
        return None, "No result has been published yet, so that there is nothing to put together."
    try:
        found = synthesise(library_of([Release.model_validate_json(told) for told in releases], requests))
    except InputProblem as problem:
        return None, str(problem)
    return synthesis_page(found), ""
