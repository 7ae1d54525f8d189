"""A study as the ledger sees it: whom it is about, and what its release says of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.disclosure.counts import TINY, possible_events, rounded, step
from likeforlike.disclosure.ledger.submission import Claim, Submission, as_sent_of
from likeforlike.disclosure.ledger.tokens import Tokens, tokens_of
from likeforlike.disclosure.profiles.rates import follows_from_rate
from likeforlike.disclosure.release import LinkageQuality, MeasureRow, Release
from likeforlike.disclosure.sent import sent
from likeforlike.hashes import sha256_of
from likeforlike.linkage.groups import MISSING

if TYPE_CHECKING:
    from likeforlike.estimates.estimate import Estimates
    from likeforlike.followup.sample import Sample
    from likeforlike.labs.definition import DisclosureProfile
    from likeforlike.linkage.links import Links
    from likeforlike.matching.matched import Matched
    from likeforlike.study import Study
    from likeforlike.sub_groups import SubGroups

SUBMITTED, FOUND, FOLLOWED, ANALYSED = "submitted", "found", "followed", "analysed"
OTHER_ARM = "in the other arm"
IN_RECORDS = "found in the records"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a study so far; each stage adds to it."""

    study: Study
    links: Links
    written: pl.DataFrame
    """`participant, written`, as `in_standard_form` gives it: for people who were not found."""
    key: bytes = field(repr=False)
    sample: Sample | None = None
    matched: Matched | None = None
    sub_groups: SubGroups | None = None
    offered: frozenset[str] | None = None
    """Names of the sub-groups of which something would be said, once that is known."""

    def with_nothing_said(self) -> Submission:
        """Whom it is about, without a figure."""
        lab = self.links.cohort.lab
        groups = dict(self._counted())
        counted = frozenset(groups)
        groups |= dict(self._lists())
        as_sent = {as_sent_of(name): tokens for name, tokens in self._as_sent() if name in groups}
        analysed = dict(self._analysed())
        return Submission(
            organisation=self.study.programme.provider,
            study_sha256=self.study.sha256,
            vintage=self.study.vintage.isoformat(),
            groups=groups | as_sent | analysed,
            counted=counted,
            as_sent=frozenset(as_sent),
            analysed=frozenset(analysed),
            profile=f"{lab.disclosure.profile} {lab.disclosure.version}",
            profile_sha256=sha256_of(lab.disclosure.model_dump(mode="json")),
            threshold=min(lab.disclosure.hide_below, lab.disclosure.band_below),
        )

    def with_all_said(self, release: Release, estimates: Estimates) -> Submission:
        """With every figure of the release from which a number of people follows."""
        offered = frozenset(told.name for told in release.sub_analyses if told.status == "shown")
        asked = replace(self, offered=offered).with_nothing_said()
        sizes = dict(zip(asked.groups, asked.people.sizes, strict=True))
        first, last = release.index_from, release.index_to
        claims = [*self._claims_of_linkage(release.linkage, sizes)]
        if not any(row.epsilon for row in release.measures):  # a noisy count says nothing for certain
            claims += self._claims_of_measures(release, estimates, sizes)
        period = f"{first:%Y-%m} to {last:%Y-%m}" if first and last else ""
        return replace(asked, claims=tuple(claims), period=period)

    def _counted(self) -> Iterator[tuple[str, Tokens]]:
        yield FOUND, self._tokens(self.links.frame["person_id"])

    def _lists(self) -> Iterator[tuple[str, Tokens]]:
        """What a provider can choose: the list, an arm, a sub-group."""
        if self.sample is not None:
            treated = self.sample.frame.filter("treated")
            yield FOLLOWED, self._tokens(treated["person_id"])
            if self.study.plan.trial:
                others = self.sample.frame.filter(~pl.col("treated"))
                yield f"{FOLLOWED}, {OTHER_ARM}", self._tokens(others["person_id"])
        for name, people in self._parts():
            yield name, self._tokens(people["person_id"])

    def _as_sent(self) -> Iterator[tuple[str, Tokens]]:
        """Rows of the list that each group was chosen from, by what is written in them and nothing else.

        A person with other dates, or another spelling, is another row. Were a row known by the record that was found
        for it, whether two spellings are one row would tell whether there is a record.
        """
        follow_up = self.links.cohort.lab.head.follow_up
        dates = sorted({anchor.column for anchor in follow_up.anchor} | {follow_up.start_column})
        written = self.links.cohort.people.select(
            "participant",
            dates=pl.concat_str(
                [pl.col(name).cast(pl.String).fill_null("") for name in dates], separator="|"
            ),
        )
        rows = self.written.join(written, on="participant")
        rows = rows.select("participant", row=pl.format("as sent|{}|{}", "written", "dates"))
        yield FOUND, self._tokens(rows["row"])
        for each in sent(self.study.plan, self.links.cohort):
            arm = "" if each.treated else f", {OTHER_ARM}"
            name = f"{each.sub_group}, {each.part}{arm}" if each.sub_group else FOLLOWED + arm
            yield name, self._tokens(rows.join(each.people, on="participant", how="semi")["row"])

    def _analysed(self) -> Iterator[tuple[str, Tokens]]:
        """What came of it by matching, and those of whom it is told how many were found: the list and its levels."""
        yield SUBMITTED, self._tokens(self._everyone()["person"])
        for name, people in self._levels():
            yield name, self._tokens(people["person"])
        if self.matched is not None:
            weighted = self.matched.frame.filter(pl.col("weight") > 0)
            for arm, treated in self._arms():
                yield ANALYSED + arm, self._tokens(weighted.filter(pl.col("treated") == treated)["person_id"])
        for name, people in self._parts():
            yield f"{ANALYSED}, {name}", self._tokens(people.filter("analysed")["person_id"])

    def _arms(self) -> tuple[tuple[str, bool], ...]:
        """In a trial both arms are on the list."""
        return (("", True), (f", {OTHER_ARM}", False)) if self.study.plan.trial else (("", True),)

    def _parts(self) -> Iterator[tuple[str, pl.DataFrame]]:
        if self.sub_groups is None:
            return
        for (group, part), people in self.sub_groups.members.group_by(
            "sub_group", "part", maintain_order=True
        ):
            if self.offered is not None and group not in self.offered:
                continue
            for arm, treated in self._arms():
                yield f"{group}, {part}{arm}", people.filter(pl.col("treated") == treated)

    def _levels(self) -> Iterator[tuple[str, pl.DataFrame]]:
        columns = self.links.cohort.lab.linkage.groups
        everyone = self._everyone().join(
            self.links.cohort.people.select("participant", *columns), on="participant"
        )
        for column in columns:
            for (level,), people in everyone.group_by(column, maintain_order=True):
                yield f"{SUBMITTED}, {column} {level or MISSING}", people

    def _everyone(self) -> pl.DataFrame:
        """`participant, person`: those not found by what the list says of them."""
        found = self.links.frame.select("participant", "person_id")
        both = self.written.join(found, on="participant", how="left")
        return both.select(
            "participant", person=pl.coalesce("person_id", pl.lit("not found|") + pl.col("written"))
        )

    def _tokens(self, persons: pl.Series) -> Tokens:
        return tokens_of(persons.to_list(), self.key)

    def _claims_of_linkage(self, rows: Iterable[LinkageQuality], sizes: Mapping[str, int]) -> Iterator[Claim]:
        """Found, in whole percentages of rounded numbers: known to within the rounding of both."""
        lab = self.links.cohort.lab
        profile = lab.disclosure
        told = {row.label.casefold(): row.found_percent for row in rows}
        levels = {SUBMITTED: "everyone"} | {
            name: name.removeprefix(f"{SUBMITTED}, {column} ").casefold()
            for column in lab.linkage.groups
            for name in sizes
            if name.startswith(f"{SUBMITTED}, {column} ")
        }
        for name, level in levels.items():
            percent = told.get(level)
            if percent is not None:
                shown = rounded(sizes[name], profile)
                about, base = percent * shown / 100, step(shown, profile)
                yield _within(name, IN_RECORDS, about - base, about + base, sizes[name], f"{percent}%")

    def _claims_of_measures(
        self, release: Release, estimates: Estimates, sizes: Mapping[str, int]
    ) -> Iterator[Claim]:
        profile = self.links.cohort.lab.disclosure
        months = release.follow_up_months
        parts: list[tuple[str, Iterable[MeasureRow], pl.DataFrame]] = [
            (ANALYSED, release.measures, estimates.frame)
        ]
        for told in release.sub_analyses:
            for part, rows in (("inside", told.inside), ("rest", told.rest)):
                if self.sub_groups is not None and rows:
                    mine = (pl.col("sub_group") == told.name) & (pl.col("part") == part)
                    parts.append(
                        (f"{ANALYSED}, {told.name}, {part}", rows, self.sub_groups.frame.filter(mine))
                    )
        for group, told_rows, frame in parts:
            exact = {row["term"]: row for row in frame.iter_rows(named=True)}
            for row in told_rows:
                if row.kind != "rate":
                    continue
                statistic = f"{row.name} within {months} months"
                for arm, treated in self._arms():
                    claim = _of_rate(
                        group + arm,
                        statistic,
                        row,
                        exact[row.name],
                        sizes,
                        profile,
                        treated=treated,
                    )
                    if claim is not None:
                        yield claim
        yield from self._claims_of_timing(release, sizes)

    def _claims_of_timing(self, release: Release, sizes: Mapping[str, int]) -> Iterator[Claim]:
        """Curves are rebuilt from rounded numbers of people: each is known to within the rounding."""
        base = step(sizes[ANALYSED], self.links.cohort.lab.disclosure)
        for row in release.timing:
            about = row.treatment * sizes[ANALYSED] / 100
            name = f"{row.measure} within {row.day} days"
            yield _within(ANALYSED, name, about - base, about + base, sizes[ANALYSED], f"{row.treatment}%")


def _of_rate(
    group: str,
    statistic: str,
    row: MeasureRow,
    exact: Row,
    sizes: Mapping[str, int],
    profile: DisclosureProfile,
    *,
    treated: bool,
) -> Claim | None:
    """What a rate says of its group; a hidden one says that it is of a few, or of all but a few.

    A rate of part of the group, those with another event, says how many of the whole group had both; how many are in
    that part is taken for known.
    """
    size = sizes[group]
    people, said = (exact["n"], row.n_treatment) if treated else (exact["n_comparison"], row.n_comparison)
    if people > size:
        return None
    shown, beside = (row.treatment, row.comparison) if treated else (row.comparison, row.treatment)
    events = exact["events_treated"] if treated else exact["events_comparison"]
    if shown is not None:
        low, high = possible_events(shown, people, profile, row.decimals, said)
        if beside is not None and not follows_from_rate(exact, profile):
            apart = 100 * exact["estimate"] * (1 if treated else -1)
            least, most = ((beside + apart + side) * people / 100 for side in (-0.5, 0.5))
            low, high = max(low, math.ceil(least - TINY)), min(high, math.floor(most + TINY))
        return _within(
            group, statistic, min(low, round(events)), max(high, round(events)), size, f"{shown:g}%"
        )
    few = profile.hide_below
    if events is None or not few <= events <= people - few:
        low, high = (0, few - 1) if events is None or events < few else (people - few + 1, people)
        return Claim(group, statistic, max(low, 0), min(high, size), "hidden")
    return None


def _within(group: str, statistic: str, low: float, high: float, size: int, published: str) -> Claim:
    least, most = max(math.ceil(low), 0), min(math.floor(high), size)
    return Claim(group, statistic, min(least, most), max(least, most), published)
