"""Reads contracts and figures, and the examples that come with the package."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from likeforlike.errors import InputProblem
from likeforlike.evidence.library.read import RESULTS, read_cells, read_release
from likeforlike.evidence.payment.contract import Contract
from likeforlike.evidence.payment.figures import Figures
from likeforlike.evidence.payment.from_release import from_release
from likeforlike.evidence.payment.from_table import from_table
from likeforlike.read import read_toml

HERE = Path(str(files("likeforlike.evidence.payment"))) / "examples"


def example_contracts() -> tuple[str, ...]:
    """Names of the contracts that come with the package."""
    return tuple(sorted(file.stem for file in HERE.glob("*.toml")))


def read_contract(told: str) -> Contract:
    """A contract from a TOML file, or one of `example_contracts` by its name.

    Raises
    ------
    InputProblem
        There is none, it has a wrong key, or its rules contradict each other.
    """
    own = told in example_contracts() and not Path(told).is_file()
    if not own and not Path(told).is_file():
        raise InputProblem(
            f"There is no contract {told}: give a TOML file, or one of {', '.join(example_contracts())}."
        )
    return read_toml(HERE / f"{told}.toml" if own else Path(told), Contract.model_validate)


def read_figures(places: Sequence[str | Path], contract: str) -> Figures:
    """Figures from a CSV table or from releases; from the contract's own example where none are given.

    Parameters
    ----------
    places
        One table; or releases, each a `results.json` or a folder with one, which become cohorts in this order.
    contract
        As given to `read_contract`.

    Raises
    ------
    InputProblem
        There are none, or one cannot be read.
    """
    given = [Path(place) for place in places]
    if not given:
        own = HERE / f"{contract}.csv"
        if Path(contract).is_file() or not own.is_file():
            raise InputProblem(
                "Give figures to hold the contract against: a CSV table, or the results.json of releases."
            )
        given = [own]
    if len(given) == 1 and given[0].suffix.lower() == ".csv":
        return from_table(read_cells(given[0], ()), given[0].name)
    found = [_released(place) for place in given]
    if len(found) == 1:
        return found[0]
    return Figures(", ".join(f.source for f in found), tuple(c for f in found for c in f.cohorts))


def _released(place: Path) -> Figures:
    tried = (place, place / RESULTS, place / "release" / RESULTS)
    file = next((path for path in tried if path.is_file()), None)
    if file is None or file.suffix != ".json":
        raise InputProblem(
            f"There are no figures in '{place.name}': give one CSV table, or the results.json of releases."
        )
    return from_release(read_release(file), place.name)
