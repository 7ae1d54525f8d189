"""A study as the ledger sees it: whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.disclosure.ledger.submission import Submission, as_sent_of
from likeforlike.disclosure.ledger.tokens import Tokens, tokens_of
from likeforlike.disclosure.sent import sent
from likeforlike.hashes import sha256_of
from likeforlike.linkage.groups import MISSING

if TYPE_CHECKING:
    from likeforlike.followup.sample import Sample
    from likeforlike.linkage.links import Links
    from likeforlike.matching.diagnostics import Diagnostics
    from likeforlike.matching.matched import Matched
    from likeforlike.study import Study
    from likeforlike.sub_groups import SubGroups

SUBMITTED, FOUND, FOLLOWED, ANALYSED = "submitted", "found", "followed", "analysed"
OTHER_ARM = "in the other arm"
LOST = "without a match"


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
    diagnostics: Diagnostics | None = None

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

    @property
    def arms(self) -> tuple[tuple[str, bool], ...]:
        """What is put behind a group's name, and whether it is of the treated: in a trial both arms are on the list."""
        return (("", True), (f", {OTHER_ARM}", False)) if self.study.plan.trial else (("", True),)

    def tokens_of_events(self, events: pl.DataFrame) -> Tokens:
        """Of the people behind some index events, by `event_id`."""
        if self.matched is None:
            return self._tokens(pl.Series(dtype=pl.String))
        return self._tokens(self.matched.frame.join(events, on="event_id", how="semi")["person_id"])

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
            for arm, treated in self.arms:
                yield ANALYSED + arm, self._tokens(weighted.filter(pl.col("treated") == treated)["person_id"])
            lost = self.matched.frame.filter("treated", pl.col("weight") <= 0)
            yield LOST, self._tokens(lost["person_id"])
        for name, people in self._parts():
            yield f"{ANALYSED}, {name}", self._tokens(people.filter("analysed")["person_id"])

    def _parts(self) -> Iterator[tuple[str, pl.DataFrame]]:
        if self.sub_groups is None:
            return
        for (group, part), people in self.sub_groups.members.group_by(
            "sub_group", "part", maintain_order=True
        ):
            if self.offered is not None and group not in self.offered:
                continue
            for arm, treated in self.arms:
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
