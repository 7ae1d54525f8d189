"""Which rule holds for which output, and what came of it: the machine's own look at a finished release.

It knows only what is published and the profile, so that it finds what went wrong in whatever made the release. Where
no rule is written for a kind of output, the output fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from likeforlike.disclosure.checking import figures as f
from likeforlike.disclosure.checking.outputs import Output, outputs_of
from likeforlike.disclosure.checking.words import numbers_added
from likeforlike.disclosure.release import Release
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import DisclosureProfile

Result = Literal["met", "broken", "look", "applied"]
Status = Literal["pass", "review", "fail"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, the kinds of output that it is for, and how it is asked."""

    name: str
    kinds: tuple[str, ...]
    ask: Callable[[Output, DisclosureProfile], str]
    """What is wrong in a sentence, or nothing."""

    @property
    def meaning(self) -> str:
        """What it asks for."""
        return " ".join((self.ask.__doc__ or "").split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one rule for one output."""

    rule: str
    result: Result
    """`applied`: done when the release was made, by its own record; `look`: a person must."""
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An output with the verdict of every rule that is for it."""

    output: Output
    verdicts: tuple[Verdict, ...]

    @property
    def status(self) -> Status:
        """As ACRO has it: it may leave, a person must look, or it may not."""
        results = {verdict.result for verdict in self.verdicts}
        return "fail" if "broken" in results else "review" if "look" in results else "pass"


def same_profile(output: Output, profile: DisclosureProfile) -> str:
    """The release was made by this profile, to the letter, and has its rules."""
    row, wanted = output.rows[0], sha256_of(profile.model_dump(mode="json"))
    same = row["profile_sha256"] == row["rules_sha256"] == wanted
    return "" if same else "The release was made by another disclosure profile than this lab's."


FIGURES = ("measure", "sub_group")
RULES = (
    Rule("Profile", ("request",), same_profile),
    Rule("Smallest group", ("request", *FIGURES), f.enough_people),
    Rule("Refusal", ("request",), f.refusal_is_bare),
    Rule("People", (*FIGURES, "flow", "match", "linkage"), f.people_rounded),
    Rule("Decimals", (*FIGURES, "others"), f.decimals_kept),
    Rule("Rates", FIGURES, f.rate_as_shown),
    Rule("Relative differences", FIGURES, f.relative_of_shown),
    Rule("Nearly all or none", FIGURES, f.neither_all_nor_none),
    Rule("Withheld", FIGURES, f.withheld_is_empty),
    Rule("Both parts or neither", ("sub_group",), f.both_or_neither),
    Rule("Hidden losses", ("flow",), f.losses_follow),
    Rule("Derived percentages", ("flow", "linkage"), f.percent_of_shown),
    Rule("Whole percentages", ("linkage", "balance", "timing", "overlap", "lost"), f.whole_percents),
    Rule("Hidden together", ("balance",), f.hidden_together),
    Rule("Standardised differences", ("balance", "match", "lost"), f.differences_coarse),
    Rule("One decimal", ("checks", "trials"), f.one_decimal),
    Rule("Looks", ("looks",), f.looks_of_shown),
    Rule("Curves", ("timing",), f.never_falls),
    Rule("Dates", ("period",), f.months_only),
)
LOOK = {
    "programme": "The provider's own words: read them for anything about a person.",
    "context": "The analysts' own words: read them for anything about a person, or that no figure shows.",
}
NO_RULE = Verdict(
    "Closed list", "broken", "There is no rule for this kind of output, so that it may not leave."
)


def check_release(release: Release, profile: DisclosureProfile) -> tuple[Checked, ...]:
    """Every rule for every output of a release, with its result and reason.

    Parameters
    ----------
    release
        As it would be published.
    profile
        The rules that it should have been made by.
    """
    return tuple(_checked(output, release, profile) for output in outputs_of(release))


def rules_broken(release: Release, profile: DisclosureProfile) -> tuple[str, ...]:
    """What is wrong, a sentence for each rule that an output breaks; nothing where it may leave."""
    return tuple(f"{output.name}: {verdict.reason}" for output, verdict in _broken(release, profile))


def figures_broken(release: Release, profile: DisclosureProfile) -> tuple[str, ...]:
    """The same of figures alone: words are for people to judge."""
    found = _broken(release, profile)
    return tuple(f"{output.name}: {verdict.reason}" for output, verdict in found if output.kind != "text")


def _broken(release: Release, profile: DisclosureProfile) -> Iterator[tuple[Output, Verdict]]:
    for each in check_release(release, profile):
        yield from ((each.output, verdict) for verdict in each.verdicts if verdict.result == "broken")


def _checked(output: Output, release: Release, profile: DisclosureProfile) -> Checked:
    if output.kind == "text":
        said = " ".join(str(value) for value in output.rows[0].values() if value)
        return Checked(output, (_words(output.name, said, release),) if said else ())
    asked = [_verdict(rule, output, profile) for rule in RULES if output.kind in rule.kinds]
    own = [
        Verdict(record.rule, "applied", f"{record.action}: {record.reason}")
        for record in release.rules
        if record.target == output.target
    ]
    return Checked(output, (*asked, *own) if asked else (NO_RULE,))


def _words(name: str, said: str, release: Release) -> Verdict:
    """A person must read them; analysts, who know exact figures, may add no number of their own."""
    added = numbers_added(said, release)
    more = f" Numbers that are not in the release: {', '.join(added)}." if added else ""
    return Verdict("Words", "broken" if added and name == "context" else "look", LOOK[name] + more)


def _verdict(rule: Rule, output: Output, profile: DisclosureProfile) -> Verdict:
    wrong = rule.ask(output, profile)
    return Verdict(rule.name, "broken" if wrong else "met", wrong or rule.meaning)
