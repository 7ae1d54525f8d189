"""A wrong key of a TOML file in one sentence, in words for people who do not write Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KINDS = {
    "path": "a file or folder name in quotation marks",
    "string": "text in quotation marks",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "date": "a date like 2024-06-30",
    "list": "a list in square brackets",
    "tuple": "a list in square brackets",
    "dict": "a table of keys",
    "model": "a table of keys",
}
"""What a key must be, by the first word of pydantic's name for the mistake."""
LIMITS = {
    "greater_than": "it must be more than {gt:g}",
    "greater_than_equal": "it must be at least {ge:g}",
    "less_than": "it must be less than {lt:g}",
    "less_than_equal": "it must be at most {le:g}",
    "string_too_short": "it must not be empty",
    "string_too_long": "it must have at most {max_length} characters",
    "string_pattern_mismatch": "it must be a name in small letters, digits and underscores, such as sex",
    "too_short": "it must have at least {min_length} entries",
    "too_long": "it must have at most {max_length} entries",
    "finite_number": "it must be an ordinary number",
    "literal_error": "it must be one of {expected}",
}


def wrong_key(file: str, problem: Mapping[str, Any], section: str = "") -> str:
    """The sentence about one mistake.

    Parameters
    ----------
    file
        Name of the file, as the person knows it.
    problem
        One of the `errors()` of pydantic's `ValidationError`.
    section
        Table of the file that was validated, when it was not the whole.
    """
    parts = [section] if section else []
    parts += [f"[{p + 1}]" if isinstance(p, int) else str(p) for p in problem["loc"]]
    key = ".".join(parts).replace(".[", "[")
    if problem["type"] == "missing":
        return f"{file}: the key '{key}' is missing: add it."
    if problem["type"] == "extra_forbidden":
        return f"{file}: there is no key '{key}': check its spelling or take it out."
    return f"{file}: the key '{key}' is wrong: {_words(problem)}."


def _words(problem: Mapping[str, Any]) -> str:
    kind, message = problem["type"], problem["msg"].removeprefix("Value error, ")
    if kind in LIMITS:
        return LIMITS[kind].format_map(problem.get("ctx", {}))
    wanted = KINDS.get(kind.split("_")[0])
    if wanted and kind.endswith(("_type", "_parsing", "_from_float")):
        return f"it must be {wanted}"
    return f"{message[:1].lower()}{message[1:]}"
