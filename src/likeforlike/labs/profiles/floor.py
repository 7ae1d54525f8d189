"""Whether a lab keeps to the profile that it names: it may be stricter, never weaker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

AT_LEAST = {
    *(
        "minimum_analysed",
        "minimum_comparison",
        "hide_below",
        "round_counts_to",
        "round_tables_to",
        "band_below",
    ),
    *("quantile_sides", "quantile_to", "closeness", "freedom"),
}
AT_MOST = {"rate_decimals", "figures", "dominance"}
STRICTER: dict[str, dict[Any, Any]] = {
    "show_zero": {True: False},
    "table_rounding": {"each": "controlled"},
    "rates_from": {"exact": "rounded"},
}
"""The one other choice that is stricter than a profile's."""
KEPT = {"version", "totals"}


def remedy(key: str, asked: Any, profile: Mapping[str, Any]) -> str:
    """What a key must be for the lab to be no weaker than its profile; empty if it is."""
    floor = profile.get(key)
    if key in AT_LEAST | AT_MOST:
        return _beyond(key, asked, profile[key])
    if key == "decimal_from" and asked is not None and (floor is None or asked < floor):
        return "left out" if floor is None else f"at least {floor}"
    choices = _choices(key, floor, profile)
    if choices and asked not in choices:
        return " or ".join(sorted(_toml(choice) for choice in choices))
    if key == "rounding_or":
        return "left out" if set(asked) - set(floor or ()) else ""
    return _noise(key, asked, floor or 0)


def _noise(key: str, asked: Any, floor: float) -> str:
    """Only a profile that has noise on asks for it; less epsilon is stricter, none is not."""
    if key == "noise" and floor and not 0 < asked <= floor:
        return f"above 0 and at most {floor:g}"
    return f"at most {floor:g}" if key == "noise_budget" and floor and asked > floor else ""


def _beyond(key: str, asked: float, floor: float) -> str:
    if key in AT_LEAST:
        return f"at least {floor:g}" if asked < floor else ""
    return f"at most {floor:g}" if asked > floor else ""


def _choices(key: str, floor: Any, profile: Mapping[str, Any]) -> set[Any]:
    """What a key may be that is one of a few; empty for other keys."""
    if key == "rounding":
        return {floor, *profile.get("rounding_or", ())}
    if key in STRICTER:
        return {floor, STRICTER[key].get(floor, floor)}
    return {floor} if key in KEPT else set()


def _toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"
