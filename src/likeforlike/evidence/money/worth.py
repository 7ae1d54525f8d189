"""Break-even effect first, then what the measured effect is worth, with every uncertainty carried through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.evidence.money.draws import Span, Worlds, span
from likeforlike.evidence.money.prices import Effect, Prices

Floats = NDArray[np.float64]
Verdict = Literal["pays", "open", "does_not", "unknown"]


@dataclass(frozen=True, slots=True)
class Mover:
    """The return on each pound if this input alone were uncertain."""

    name: str
    returns: Span


@dataclass(frozen=True, slots=True)
class Gain:
    """What the measured effect is worth."""

    effect: Effect
    gained: Span
    """Good outcomes more for every 100 people."""
    worth_per_person: Span
    net_per_person: Span
    returns: Span
    """Value for each unit of money spent."""
    cost_per_outcome: Span
    """For each additional good outcome; infinite where there may be none."""
    chance: float
    """That value exceeds cost."""
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What a programme must do to pay for itself, and what its measured effect is worth; in the answer's prices."""

    prices: Prices
    cost: Span
    """For each person."""
    value: Span
    """Of one outcome that was measured."""
    break_even: Span
    """Good outcomes for every 100 people at which value equals cost."""
    cost_each: Span | None
    """For each person with the good outcome, whatever the reason."""
    measured: Gain | None
    """Nothing where no effect is known: break-even needs none."""

    @property
    def verdict(self) -> Verdict:
        """Whether the range of the net value lies on one side of nothing."""
        if self.measured is None:
            return "unknown"
        if self.measured.net_per_person.low > 0:
            return "pays"
        return "does_not" if self.measured.net_per_person.high < 0 else "open"

    @property
    def spans(self) -> dict[str, Span]:
        """Every range by its name."""
        found = {name: getattr(self, name) for name in OWN}
        if self.measured is not None:
            found |= {name: getattr(self.measured, name) for name in MEASURED}
        return {name: told for name, told in found.items() if told is not None}

    def summary(self) -> str:
        """Break-even, and ranges."""
        money, b = self.prices.currency, self.break_even
        lines = [
            f"{self.prices.name}, in prices of {self.prices.prices_of}",
            f"Pays for itself from {b.low:.2f} to {b.high:.2f} for every 100 people ({self.prices.outcome})",
        ]
        if self.measured is not None:
            g, r, c = self.measured.gained, self.measured.returns, self.measured.cost_per_outcome
            lines += [
                f"Measured: {g.low:.2f} to {g.high:.2f} for every 100 people",
                f"Value for each {money}1: {_money(money, r.low, 2)} to {_money(money, r.high, 2)}",
                f"Cost for each outcome more: {_money(money, c.low, 0)} to {_money(money, c.high, 0)}",
            ]
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        """A row for each range; an end without limit is empty."""
        rows = [
            {"figure": name, **{end: _finite(value) for end, value in asdict(told).items()}}
            for name, told in self.spans.items()
        ]
        return pl.DataFrame(
            rows, schema={"figure": pl.String, **dict.fromkeys(("low", "middle", "high"), pl.Float64)}
        )

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON; an end without limit is `null`."""
        gain = self.measured
        return {
            "prices": self.prices.model_dump(mode="json"),
            "effect": gain.effect.model_dump(mode="json") if gain else None,
            "ranges": self.to_frame().to_dicts(),
            "verdict": self.verdict,
            "chance": gain.chance if gain else None,
            "movers": [
                {"name": m.name, **{end: _finite(v) for end, v in asdict(m.returns).items()}}
                for m in (gain.movers if gain else ())
            ],
        }


OWN = ("break_even", "cost", "value", "cost_each")
MEASURED = ("gained", "worth_per_person", "net_per_person", "returns", "cost_per_outcome")


def worth(prices: Prices, effect: Effect | None = None) -> Worth:
    """Carry every range through.

    Prices are drawn from triangles over their ranges, the effect from the normal distribution of its interval, all
    independently. Ranges hold 95% of the draws.

    Parameters
    ----------
    effect
        In place of the one that `prices` has; without either, break-even is all that is known.
    """
    shown = effect or prices.effect
    draws = _inputs(prices, shown)
    cost, value = draws["cost"], _value(draws)
    return Worth(
        prices=prices,
        cost=span(cost),
        value=span(value),
        break_even=span(100 * cost / value),
        cost_each=_each(prices, cost),
        measured=None if shown is None else _gain(shown, draws),
    )


def _gain(effect: Effect, draws: Mapping[str, Floats]) -> Gain:
    cost, value, gained = draws["cost"], _value(draws), draws["effect"]
    net = gained * value - cost
    return Gain(
        effect=effect,
        gained=span(100 * gained),
        worth_per_person=span(gained * value),
        net_per_person=span(net),
        returns=span(_over(gained * value, cost)),
        cost_per_outcome=span(np.where(gained > 0, _over(cost, gained), np.inf)),
        chance=float((net > 0).mean()),
        movers=_movers(draws),
    )


def _inputs(prices: Prices, effect: Effect | None) -> dict[str, Floats]:
    """Draws of each input by its name, in the answer's prices."""
    worlds = Worlds()
    people = (prices.people or 1) if prices.cost.total is not None else 1
    scale = prices.factor(prices.cost.price_year) / people
    found = {"cost": scale * worlds.triangular(*prices.cost.around(prices.cost.amount))}
    for unit in prices.value:
        drawn = worlds.triangular(*unit.around(unit.amount))
        found[f"value: {unit.name}"] = prices.factor(unit.price_year) * drawn
    if prices.multiplier is not None:
        found["multiplier"] = worlds.triangular(*prices.multiplier.around(prices.multiplier.value))
    if effect is not None:
        sign = -1.0 if effect.better == "lower" else 1.0
        per = 100.0 if effect.per == "100 people" else 1.0
        found["effect"] = sign * worlds.normal(effect.estimate, effect.low, effect.high) / per
    return found


def _value(draws: Mapping[str, Floats]) -> Floats:
    """Of one outcome as measured."""
    parts = [drawn for name, drawn in draws.items() if name.startswith("value: ")]
    found: Floats = np.sum(parts, axis=0) * draws.get("multiplier", np.ones(1))
    return found


def _movers(draws: Mapping[str, Floats]) -> tuple[Mover, ...]:
    """Inputs by how far each alone moves the return."""
    middles = {name: np.full_like(drawn, np.median(drawn)) for name, drawn in draws.items()}
    found = []
    for name, drawn in draws.items():
        one = middles | {name: drawn}
        found.append(Mover(name, span(_over(one["effect"] * _value(one), one["cost"]))))
    return tuple(sorted(found, key=lambda m: m.returns.low - m.returns.high))


def _each(prices: Prices, cost: Floats) -> Span | None:
    if prices.with_outcome is None or prices.people is None:
        return None
    return span(cost * prices.people / prices.with_outcome)


def _over(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = above / below
    return np.where(np.isnan(found), 0.0, found)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _money(sign: str, value: float, decimals: int) -> str:
    if not np.isfinite(value):
        return "no limit"
    return f"{'-' if value < 0 else ''}{sign}{abs(value):,.{decimals}f}"
