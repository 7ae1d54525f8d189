"""The languages of a report, and what is still to be translated before one can be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from likeforlike.errors import InputProblem
from likeforlike.labs.definition import Lab
from likeforlike.report.read import chrome, columns, languages

ENGLISH = "en"


def in_language(lab: Lab, language: str) -> Lab:
    """The lab with its sentences in another language, in which the report then speaks too.

    Raises
    ------
    InputProblem
        There is no such language, or something is not translated yet.
    """
    if language == ENGLISH:
        return lab
    known = languages()
    if language not in known:
        raise InputProblem(f"There are no reports in '{language}': choose from {', '.join(known)}.")
    gaps = missing(language, lab)
    if gaps:
        raise InputProblem(
            f"The report cannot be in '{language}' yet: {len(gaps)} texts are not translated, the first of them "
            f"'{gaps[0]}'. Leave out --language, or see docs/reference/languages.md."
        )
    return lab.model_copy(update={"language": language, "wording": lab.translations[language]})


def missing(language: str, lab: Lab) -> tuple[str, ...]:
    """Names of the texts that a language lacks: the report's own, then the lab's."""
    own = lab.translations.get(language)
    pairs = (
        ("", chrome(ENGLISH), chrome(language)),
        ("columns.", columns(ENGLISH), columns(language)),
        (f"{lab.name}: ", lab.wording.model_dump(), own.model_dump() if own else {}),
    )
    return tuple(
        f"{head}{name}"
        for head, english, other in pairs
        for name in sorted(set(_names(english)) - set(_names(other)))
    )


def _names(words: Mapping[str, Any], head: str = "") -> Iterator[str]:
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from _names(value, f"{head}{key}.")
        else:
            yield f"{head}{key}"
