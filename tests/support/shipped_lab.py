"""A lab with the product's own way out: the release, its rules, its audit, its claims and its ledger, all as shipped.

Only what comes before is made up: everybody who is in the records is followed and finds somebody alike, so that an
attacker chooses exactly of whom an answer is. What comes back is the `Release`, and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from likeforlike.disclosure import release as protect
from likeforlike.disclosure.checking.faults import faults_of
from likeforlike.disclosure.ledger.claims import with_all_said
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.hold import hold
from likeforlike.disclosure.ledger.of_study import Asked
from likeforlike.disclosure.ledger.submission import Submission
from likeforlike.disclosure.release import Release
from likeforlike.estimates.difference import inference
from likeforlike.estimates.estimate import Estimates
from likeforlike.intake.cohort import Cohort, Source
from likeforlike.intake.problems import Problems
from likeforlike.labs import load_lab
from likeforlike.linkage.links import Links
from likeforlike.matching.balance import balance_table
from likeforlike.matching.matched import Matched
from likeforlike.matching.seal import seal
from likeforlike.plan import Plan
from likeforlike.study import Programme, Study
from likeforlike.sub_groups import SubGroups
from likeforlike.terms import NOT_FOUND, Flow

LAB = load_lab("justice")
TODAY = date(2026, 1, 1)
COVARIATES = ("sex", "previous_offences", "region")
MEASURES = ("reoffended", "reoffences")
OTHERS = 400
"""People to compare with, the same for every list."""


@dataclass(frozen=True)
class Person:
    """What the records hold of somebody."""

    reoffended_in: int | None = None
    """Month of follow-up; nothing for who never did."""
    reoffences: int = 0
    previous: int = 3
    region: str = "London"

    def offences(self, months: int) -> int:
        return self.reoffences if self.reoffended_in is not None and self.reoffended_in <= months else 0


@dataclass
class ShippedLab:
    """The records, and a ledger in a folder."""

    folder: Path
    records: Mapping[str, Person]
    said: list[Submission] = field(default_factory=list)
    """What the ledger took each release to say, for the one test that looks behind the counter."""

    def ask(
        self,
        people: Iterable[str],
        *,
        months: int = 12,
        organisation: str = "one",
        parts: Mapping[str, Iterable[str]] | None = None,
    ) -> Release | None:
        """The answer, or nothing where it is the lab's one sentence."""
        listed = sorted(people)
        found = [name for name in listed if name in self.records]
        plan = Plan.of_lab(LAB).changed(
            {"months": months, "covariates": list(COVARIATES), "measures": list(MEASURES)}
            | {"headline": list(MEASURES), "checks": [], "thresholds": []},
            LAB,
        )
        lab = plan.on(LAB)
        study = _study(plan, listed, organisation)
        links = _links(lab, listed, found)
        matched = _matched(lab, plan, links.flow, [(name, self.records[name]) for name in found])
        estimates = Estimates(lab, self._estimates(found, months))
        groups = self._parts(found, months, parts) if parts else None
        released = protect(study, links, matched, estimates, {}, sub_groups=groups)
        written = links.cohort.people.select("participant", written="surname")
        ledger = Ledger.at(self.folder)
        asked = Asked(study, links, written, ledger.key, None, matched, groups)

        def said(about: Release) -> Submission:
            self.said.append(with_all_said(asked, about, estimates))
            return self.said[-1]

        faults = faults_of(released, lab.disclosure, balance=matched.balance, quality=links.quality)
        return hold(ledger, released, asked.with_nothing_said(), said, TODAY, faults=faults)[0]

    def forgetful(self) -> ForgetfulLab:
        """The same lab without a memory: what its rules alone keep."""
        return ForgetfulLab(self.folder, self.records)

    def _estimates(self, found: list[str], months: int) -> pl.DataFrame:
        rows = []
        for term in MEASURES:
            values = np.array([self.records[name].offences(months) for name in found], dtype=float)
            rows.append(_row(term, np.minimum(values, 1) if term == "reoffended" else values))
        return pl.DataFrame(rows)

    def _parts(self, found: list[str], months: int, parts: Mapping[str, Iterable[str]]) -> SubGroups:
        frames, members = [], []
        for name, inside in parts.items():
            chosen = set(inside)
            for part, people in (
                ("inside", [each for each in found if each in chosen]),
                ("rest", [each for each in found if each not in chosen]),
            ):
                head = {"sub_group": name, "label": name.title(), "kind": "people", "part": part}
                size = {"participants": len(people), "analysed": len(people), "status": "estimated"}
                estimates = self._estimates(people, months) if people else pl.DataFrame()
                frames += [head | size | row for row in estimates.to_dicts()]
                members += [
                    {"sub_group": name, "part": part, "person_id": each, "treated": True, "analysed": True}
                    for each in people
                ]
        return SubGroups(pl.DataFrame(frames), pl.DataFrame(members))


class ForgetfulLab(ShippedLab):
    """Opens a new ledger for every request, as a lab without one would."""

    def ask(self, people: Iterable[str], **asked: Any) -> Release | None:
        self.folder = self.folder.parent / f"{self.folder.name}-again"
        return super().ask(people, **asked)


def events(release: Release, people: int) -> tuple[int, int]:
    """How many of so many people can have reoffended for the lab to print this rate: its own code, run again."""
    row = next(row for row in release.measures if row.name == "reoffended")
    alike = [had for had in range(people + 1) if _printed(had, people, release) == _figures(row)]
    return (alike[0], alike[-1]) if alike else (0, people)


def total(release: Release, people: int) -> tuple[float, float]:
    """The least and the most offences behind the mean as it is printed; anything where it is withheld."""
    row = next(row for row in release.measures if row.name == "reoffences")
    if row.treatment is None:
        return 0.0, math.inf
    half = 0.5 * 10.0**-row.decimals
    return (row.treatment - half) * people, (row.treatment + half) * people


def _printed(had: int, people: int, release: Release) -> tuple[object, ...]:
    values = np.zeros(people)
    values[:had] = 1
    from likeforlike.disclosure.measures import measure_rows
    from likeforlike.disclosure.profiles.rates import as_shown
    from likeforlike.estimates.multiplicity import holm

    frame = as_shown(pl.DataFrame([_row("reoffended", values)]), LAB.outcomes, LAB.disclosure, holm)
    rows = measure_rows(
        LAB.outcomes,
        frame.iter_rows(named=True),
        LAB.disclosure,
        headline=["reoffended"],
        months=release.follow_up_months,
        alone="reoffended",
    )
    return _figures(rows[0][0])


def _figures(row: object) -> tuple[object, ...]:
    names = ("treatment", "comparison", "difference", "conf_low", "conf_high", "withheld")
    return tuple(getattr(row, name) for name in names)


def _row(term: str, values: np.ndarray) -> dict[str, object]:
    """A row of `Estimates.frame`, against people of whom 45 in 100 reoffend, 0.9 times each."""
    people, others = len(values), 0.45 if term == "reoffended" else 0.9
    mean, largest = float(values.mean()), np.sort(values)[-2:].sum()
    spread = math.sqrt(mean * (1 - mean)) if term == "reoffended" else 1.5
    error = math.sqrt(max(spread**2, 1e-4) / people + 0.25 / OTHERS)
    made = inference(mean, others, mean - others, error, people + OTHERS - 2)
    return {
        "term": term, "estimate": made.estimate, "std_error": error, "conf_low": made.conf_low,
        "conf_high": made.conf_high, "p_value": made.p_value, "n": people, "n_comparison": OTHERS,
        "effective_comparison": float(OTHERS), "mean_treated": mean, "mean_comparison": others,
        "events_treated": int((values > 0).sum()), "events_comparison": 0.45 * OTHERS, "people_treated": people,
        "people_comparison": float(OTHERS), "largest_share": float(largest / max(values.sum(), 1)),
        "number_needed": 900.0, "detectable": 2.8 * error, "places": None, "p_adjusted": made.p_value,
    }  # fmt: skip


def _study(plan: Plan, listed: list[str], organisation: str) -> Study:
    from likeforlike.hashes import sha256_of

    return Study(
        lab=LAB.name,
        lab_version=LAB.head.version,
        lab_sha256=LAB.sha256,
        cohort_sha256=sha256_of(listed),
        register_sha256="0" * 64,
        vintage=TODAY,
        programme=Programme(name="A programme", provider=organisation),
        plan=plan,
    )


def _links(lab, listed: list[str], found: list[str]) -> Links:
    columns = {column.name for column in lab.columns.column}
    given = {"surname": listed, "gender": ["male"] * len(listed)}
    people = pl.DataFrame(
        {"participant": range(len(listed)), "row": range(2, len(listed) + 2)}
        | {name: given.get(name, [None] * len(listed)) for name in sorted(columns)},
        schema_overrides=dict.fromkeys(columns, pl.String) | {"participant": pl.Int64, "row": pl.Int64},
    )
    flow = Flow.start(len(listed)).then(NOT_FOUND, "Not found in the records", len(found))
    cohort = Cohort(lab, people, Problems(()), flow, Source("list.csv", "0" * 64, None, len(listed)))
    frame = people.filter(pl.col("surname").is_in(found)).select("participant", person_id="surname")
    label = lab.columns.get("gender").label
    found_of = {"released": True, "submitted": len(listed), "linked": len(found)}
    quality = [{"group": "Everyone", "level": ""} | found_of, {"group": label, "level": "Male"} | found_of]
    nothing = pl.DataFrame()
    return Links(
        cohort, frame, nothing, nothing, nothing, pl.DataFrame(quality), nothing, nothing, 0, 0.9, 0,
        nothing, flow,
    )  # fmt: skip


def _matched(lab, plan: Plan, flow: Flow, found: list[tuple[str, Person]]) -> Matched:
    names = [name for name, _ in found] + [f"other{i}" for i in range(OTHERS)]
    records = [person for _, person in found] + [
        Person(previous=i % 6, region=("London", "Wales")[i % 2]) for i in range(OTHERS)
    ]
    frame = pl.DataFrame(
        {
            "event_id": range(len(names)),
            "person_id": names,
            "index_date": [date(2023, 1 + i % 12, 1) for i in range(len(names))],
            "treated": [True] * len(found) + [False] * OTHERS,
            "distance": [0.0] * len(names),
            "weight": [1.0] * len(names),
            "sex": ["male"] * len(names),
            "previous_offences": [person.previous for person in records],
            "region": [person.region for person in records],
        }
    )
    declared = {covariate.name: covariate for covariate in lab.covariates.covariate}
    return Matched(
        lab=lab,
        plan_sha256=plan.sha256,
        method="radius",
        frame=frame,
        pairs=None,
        covariates=plan.covariates,
        interactions=(),
        place=None,
        balance=balance_table(frame, [declared[name] for name in COVARIATES], plan.matching),
        callipers=None,
        flow=flow.then("no_comparator", "Nobody alike", len(found)),
        caliper=0.1,
        score_residual=0.0,
        penalty="none",
        notes=(),
        seal=seal(plan.sha256, 0.1, frame),
    )
