"""The results of a library, put together."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.evidence.library.library import Library, Result
from likeforlike.evidence.looks.again import Again, looked_again
from likeforlike.evidence.meta.between import dersimonian_laird, reml
from likeforlike.evidence.meta.heterogeneity import Heterogeneity, heterogeneity, prediction_interval
from likeforlike.evidence.meta.pool import Pooled, fixed_effect, random_effects
from likeforlike.evidence.meta.shrunken import Shrunken, shrunken
from likeforlike.evidence.meta.without import cumulative, leave_one_out
from likeforlike.evidence.synthesis.alike import may_share_people
from likeforlike.evidence.synthesis.by_group import Grouping, groupings
from likeforlike.evidence.synthesis.missing import Missing, missing


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What the results of a library say together; per-result tuples are in the order of `library.results`."""

    library: Library
    pooled: Pooled
    """REML with Hartung–Knapp, never narrower than the conventional interval: the headline."""
    hartung_knapp: Pooled
    """The same without that floor."""
    conventional: Pooled
    dersimonian_laird: Pooled
    dersimonian_laird_tau2: float
    fixed: Pooled
    heterogeneity: Heterogeneity
    prediction: tuple[float, float]
    shrunken: Shrunken
    leave_one_out: tuple[Pooled, ...]
    """Empty where there are only two results."""
    by_time: tuple[tuple[Result, Pooled], ...]
    """The mean after each result, in the order they were published; only those whose date is known."""
    groupings: tuple[Grouping, ...]
    missing: Missing
    may_share_people: tuple[tuple[str, ...], ...]
    again: tuple[Again, ...]
    """Programmes that were looked at more than once."""

    @property
    def certain(self) -> bool:
        """Whether the mean's interval excludes no effect."""
        return self.pooled.conf_low > 0 or self.pooled.conf_high < 0

    @property
    def weights(self) -> tuple[float, ...]:
        """Percent of the mean that each result makes up."""
        inverse = [1 / (r.std_error**2 + self.heterogeneity.tau2) for r in self.library.results]
        return tuple(100 * each / sum(inverse) for each in inverse)

    def summary(self) -> str:
        """The mean, how far programmes differ, and what the next may do."""
        unit, h = self.library.measured.unit, self.heterogeneity
        low, high = self.prediction
        return "\n".join(
            (
                f"{len(self.library.results)} results on {self.library.measured.label}",
                f"Mean: {self.pooled.estimate:.2f} {unit}, 95% interval {self.pooled.conf_low:.2f} to "
                f"{self.pooled.conf_high:.2f} (REML, Hartung–Knapp)",
                f"DerSimonian–Laird: {self.dersimonian_laird.estimate:.2f}, "
                f"{self.dersimonian_laird.conf_low:.2f} to {self.dersimonian_laird.conf_high:.2f}",
                f"Between programmes: tau² {h.tau2:.3g} ({h.tau2_low:.3g} to {h.tau2_high:.3g}), I² {h.i2:.0f}%, "
                f"Q {h.q:.1f} on {h.degrees} (p {h.p_value:.3f})",
                f"A further programme: {low:.2f} to {high:.2f}",
            )
        )

    def to_frame(self) -> pl.DataFrame:
        """A row for each result: its own estimate, its weight, and its shrunken estimate."""
        s = self.shrunken
        return self.library.to_frame().with_columns(
            weight=pl.Series(self.weights),
            shrunken=pl.Series(s.estimate),
            shrunken_low=pl.Series(s.conf_low),
            shrunken_high=pl.Series(s.conf_high),
        )

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON; infinite degrees of freedom are `null`."""
        named = ("pooled", "hartung_knapp", "conventional", "dersimonian_laird", "fixed")
        return {
            "library": self.library.to_dict(),
            **{name: _finite(asdict(getattr(self, name))) for name in named},
            "dersimonian_laird_tau2": self.dersimonian_laird_tau2,
            "heterogeneity": asdict(self.heterogeneity),
            "prediction": list(self.prediction),
            "programmes": self.to_frame().to_dicts(),
            "leave_one_out": [_finite(asdict(p)) for p in self.leave_one_out],
            "by_time": [{"programme": r.about.programme, **_finite(asdict(p))} for r, p in self.by_time],
            "groupings": [_plain(asdict(g)) for g in self.groupings],
            "missing": asdict(self.missing),
            "again": [asdict(a) | {"claimed": a.claimed, "stands": a.stands} for a in self.again],
            "may_share_people": [list(names) for names in self.may_share_people],
        }


def synthesise(library: Library) -> Synthesis:
    """Put the results of a library together.

    Raises
    ------
    InputProblem
        There is but one result.
    """
    results = library.results
    if len(results) < 2:
        raise InputProblem(
            f"There is only one result to put together, of '{results[0].about.programme}': read its own report, or add "
            "others."
            if results
            else "No result has figures, so that there is nothing to put together: add results that have them."
        )
    y = np.array([r.estimate for r in results])
    v = np.array([r.std_error**2 for r in results])
    tau2, moment = reml(y, v), dersimonian_laird(y, v)
    pooled = random_effects(y, v, tau2, widen=True)
    dated = sorted((r for r in results if r.when), key=lambda r: r.when)
    return Synthesis(
        library=library,
        pooled=pooled,
        hartung_knapp=random_effects(y, v, tau2),
        conventional=random_effects(y, v, tau2, hartung_knapp=False),
        dersimonian_laird=random_effects(y, v, moment, hartung_knapp=False),
        dersimonian_laird_tau2=moment,
        fixed=fixed_effect(y, v),
        heterogeneity=heterogeneity(y, v, tau2),
        prediction=prediction_interval(pooled, tau2),
        shrunken=shrunken(y, v, tau2, pooled),
        leave_one_out=leave_one_out(y, v) if len(results) > 2 else (),
        by_time=_by_time(dated),
        groupings=groupings(results),
        missing=missing(library, y, v),
        may_share_people=may_share_people(results),
        again=tuple(told for lineage in library.lineages if (told := looked_again(lineage))),
    )


def _by_time(dated: list[Result]) -> tuple[tuple[Result, Pooled], ...]:
    if len(dated) < 2:
        return ()
    y = np.array([r.estimate for r in dated])
    v = np.array([r.std_error**2 for r in dated])
    return tuple(zip(dated, cumulative(y, v), strict=True))


def _finite(pooled: dict[str, Any]) -> dict[str, Any]:
    return pooled | {"degrees": None if np.isinf(pooled["degrees"]) else pooled["degrees"]}


def _plain(grouping: dict[str, Any]) -> dict[str, Any]:
    levels = [level | {"pooled": _finite(level["pooled"])} for level in grouping["levels"]]
    return grouping | {"levels": levels}
