"""Reads prices, published unit costs by name, and the examples that come with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from likeforlike.errors import InputProblem
from likeforlike.evidence.money.prices import Prices
from likeforlike.read import read_toml

HERE = Path(str(files("likeforlike.evidence.money")))
UNIT_COST = "unit_cost"


def example_prices() -> tuple[str, ...]:
    """Names of the examples that come with the package."""
    return tuple(sorted(file.stem for file in (HERE / "examples").glob("*.toml")))


@cache
def unit_costs() -> dict[str, dict[str, Any]]:
    """Published unit costs by their names."""
    told = tomllib.loads((HERE / "unit_costs.toml").read_text(encoding="utf-8"))
    shared = {key: value for key, value in told.items() if key != UNIT_COST}
    return {each["name"]: shared | each for each in told[UNIT_COST]}


def read_prices(told: str) -> Prices:
    """Prices from a TOML file, or one of `example_prices` by its name.

    Raises
    ------
    InputProblem
        There is none, a key is wrong or missing, or something contradicts itself.
    """
    own = told in example_prices() and not Path(told).is_file()
    if not own and not Path(told).is_file():
        raise InputProblem(
            f"There is no file {told}: give prices as TOML, or one of {', '.join(example_prices())}."
        )
    return read_toml(HERE / "examples" / f"{told}.toml" if own else Path(told), _made)


def _made(content: dict[str, Any]) -> Prices:
    """With published unit costs in place of their names."""
    values = content.get("value")
    if isinstance(values, list):
        content = content | {"value": [_looked_up(v) if isinstance(v, dict) else v for v in values]}
    return Prices.model_validate(content)


def _looked_up(value: dict[str, Any]) -> dict[str, Any]:
    name = value.get(UNIT_COST)
    if name is None:
        return value
    if name not in unit_costs():
        raise InputProblem(
            f"There is no published unit cost '{name}' in the package: use one of {', '.join(unit_costs())}."
        )
    own = {key: told for key, told in value.items() if key != UNIT_COST}
    kept = unit_costs()[name]
    if "low" in own or "high" in own:
        kept = {key: told for key, told in kept.items() if key != "uncertain_by"}
    return kept | own
