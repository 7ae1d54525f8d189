"""Findings become sentences, through the templates of a lab's `wording.toml` and nothing else."""

from __future__ import annotations

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import Lab, Wording
from likeforlike.report.findings import UNCLAIMED, Finding, Shown, find
from likeforlike.report.numbers import fixed, people, per_hundred, plain
from likeforlike.report.places import by_lot, capital, people_places
from likeforlike.report.slots import check_wording


def headline(release: Release, lab: Lab) -> str:
    """The answer of a release in one or two sentences; a refusal's sentence for a refusal.

    Raises
    ------
    LabProblem
        The lab's wording misses a sentence.
    """
    if release.status == "refused":
        return release.refusal
    words = Words(release, lab)
    return " ".join(words.answer())


class Words:
    """The sentences of one release.

    Parameters
    ----------
    release
        A release with figures (not a refusal).
    lab
        The lab whose `wording.toml` is used.

    Raises
    ------
    LabProblem
        The wording misses a sentence, or a sentence has a place that nothing fills.
    """

    def __init__(self, release: Release, lab: Lab) -> None:
        check_wording(lab)
        self.wording: Wording = lab.wording
        self.findings = tuple(find(row) for row in release.measures)
        self.headlines = tuple(f for f in self.findings if f.row.headline)
        self.people = people_places(release, lab)
        self.by_lot = by_lot(release)
        self.margin = release.margin

    # --- whole sentences

    def answer(self) -> tuple[str, str]:
        """What the first headline measure found, and what that means for the programme."""
        first = self.headlines[0]
        favours: str = "withheld" if first.certainty == "withheld" else first.favours
        if first.equivalent(self.margin):
            favours = "equivalent"
        reason = {"reason": first.row.withheld} if first.certainty == "withheld" else {}
        return self.fill(f"answer_{answer_key(first)}", first, **reason).strip(), self.fill(
            f"favours_{favours}"
        )

    def certainty(self, finding: Finding) -> str:
        """How sure we are of a finding, with what would settle one that is open."""
        match finding.certainty:
            case "certain":
                rounded = self.fill("rounded_to_zero") if finding.rounded_to_zero else ""
                return f"{self.fill('significant')} {rounded}".rstrip()
            case "undetermined":
                return " ".join([self.fill("not_significant"), *self._settle(finding)])
            case "too_few" | "several" | "looks":
                return self.fill(finding.certainty)
            case "withheld":
                return self.fill("withheld", reason=finding.row.withheld).strip()

    def compare(self, finding: Finding) -> str:
        """What both groups did, in absolute numbers; empty when withheld."""
        shown, kind = finding.shown, finding.row.kind
        if shown is None:
            return ""
        treatment, comparison = (self.boxed(finding, v) for v in (shown.treatment, shown.comparison))
        return self.fill(f"compare_{kind}", finding, treatment=treatment, comparison=comparison)

    def result(self, finding: Finding) -> str:
        """The finding by its interval: below zero, above zero, across zero, or not to be said."""
        shown, kind = finding.shown, finding.row.kind
        if shown is None or finding.certainty in UNCLAIMED:
            return self.certainty(finding)
        if finding.certainty == "certain":
            said = self.fill(f"{kind}_{finding.direction}", finding, **self._range(finding))
            return f"{said} {self.fill('rounded_to_zero')}" if finding.rounded_to_zero else said
        low, high = (self._end("end", finding, v) for v in (shown.low, shown.high))
        return self.fill(f"{kind}_undetermined", finding, low=low, high=high)

    def quote(self, finding: Finding) -> str:
        """A passage that may be copied: what both groups did, the result, and what limits it."""
        note = self.fill("descriptive_note", finding) if finding.row.descriptive else ""
        settle = self._settle(finding) if finding.certainty == "undetermined" else []
        parts = (self.compare(finding), self.result(finding), self.relative(finding), *settle, note)
        return " ".join(part for part in parts if part)

    def relative(self, finding: Finding) -> str:
        """The interval as a share of the comparison group's figure; empty when that may not be said."""
        ends = finding.relative
        if ends is None:
            return ""
        if finding.certainty == "certain":
            near, far = (f"{abs(end)}%" for end in sorted(ends, key=abs))
            span = {"range": self._span(near, far), "far": far}
            return self.fill(f"relative_{finding.direction}", finding, **span)
        low, high = (self._relative_end(end) for end in ends)
        return self.fill("relative_undetermined", finding, low=low, high=high)

    def detectable(self, finding: Finding) -> str:
        """What the group could be expected to find, known before any result; empty when that is not known."""
        size = finding.row.detectable
        if size is None or finding.shown is None or finding.row.descriptive:
            return ""
        shown = _scaled(finding, size)
        return self.fill("detectable", finding, amount=self._amount(finding, shown, shown))

    def rules_out(self, finding: Finding) -> str:
        """Which differences the interval makes unlikely; empty when nothing may be said."""
        shown = finding.shown
        if shown is None or finding.certainty in UNCLAIMED:
            return ""
        if finding.certainty == "certain":
            return self.fill("rules_out_one_side", finding, **self._range(finding))
        ends = [self._end("end", finding, v) for v in (shown.low, shown.high) if v != 0]
        if not ends:
            return self.fill("rules_out_rest")
        if len(ends) == 1:
            return self.fill("rules_out_one_end", finding, end=ends[0])
        return self.fill("rules_out_across", finding, low=ends[0], high=ends[1])

    def matters(self) -> str:
        """Whether the first headline measure differs by what would matter; empty where nothing may be said."""
        first, margin = self.headlines[0], self.margin
        if margin is None or first.shown is None or first.certainty in UNCLAIMED:
            return ""
        size = plain(round(100 * margin, 6) if first.row.kind == "frequency" else margin)
        slot = "larger_than_matters" if first.beyond(margin) else "may_matter"
        if first.within(margin):
            slot = "equivalent" if first.equivalent(margin) else "smaller_than_matters"
        return self.fill(slot, first, margin=self._amount(first, size, size))

    # --- parts of the headline boxes

    def boxed(self, finding: Finding, value: float) -> str:
        """A group's figure as the boxes show it: rates and frequencies per 100, times in their unit."""
        return _scaled(finding, value)

    def base(self, finding: Finding) -> str:
        """What a boxed figure counts: `of 100 people`."""
        return self.fill(f"box_{finding.row.kind}", finding)

    def change(self, finding: Finding) -> str:
        """The difference as the boxes show it; empty when withheld."""
        return self._end("change", finding, finding.shown.difference) if finding.shown else ""

    def expected(self, finding: Finding) -> str:
        """The interval in words, on the scale of the boxes; empty when withheld."""
        shown = finding.shown
        if shown is None:
            return ""
        if finding.certainty == "certain":
            span, far = self._sizes(finding, shown)
            slot, unit = f"change_{finding.row.kind}_{finding.direction}", self._unit(finding, far)
            said = self.fill(slot, finding, size=span, unit=unit)
            return self.fill("interval_one_side", finding, range=said)
        low, high = (self._end("change", finding, v) for v in (shown.low, shown.high))
        return self.fill("interval_across", finding, low=low, high=high)

    # --- filling

    def fill(self, slot: str, finding: Finding | None = None, **values: str) -> str:
        """A slot's text with its places filled; a measure's own text comes first."""
        sentences = self.wording.sentence
        places = self.people | (self._counted(finding) if finding else {}) | values
        own = f"{finding.row.name}.{slot}" if finding else slot
        return sentences.get(own, sentences[slot]).strip().format_map(places)

    def _counted(self, finding: Finding) -> dict[str, str]:
        row = finding.row
        slot = "who_descriptive" if row.descriptive else "who"
        text = self.wording.sentence.get(f"{row.name}.{slot}", self.wording.sentence[slot])
        who = text.format_map(self.people)
        return {"label": row.label, "unit": row.unit, "who": who, "Who": capital(who)}

    def _settle(self, finding: Finding) -> list[str]:
        needed = finding.row.number_needed
        said = [self.fill("more_needed")]
        return said if needed is None else [*said, self.fill("number_needed", number_needed=people(needed))]

    def _range(self, finding: Finding) -> dict[str, str]:
        """The interval on one side of zero, and its far end, both as amounts."""
        assert finding.shown is not None
        span, far = self._sizes(finding, finding.shown)
        return {"range": self._amount(finding, span, far), "far": self._amount(finding, far, far)}

    def _sizes(self, finding: Finding, shown: Shown) -> tuple[str, str]:
        near, far = (_scaled(finding, v) for v in sorted((shown.low, shown.high), key=abs))
        return self._span(near, far), far

    def _amount(self, finding: Finding, size: str, last: str) -> str:
        return self.fill(f"amount_{finding.row.kind}", finding, size=size, unit=self._unit(finding, last))

    def _span(self, near: str, far: str) -> str:
        if near == far:
            return self.fill("range_about", near=near, far=far)
        is_zero = not any(c in near for c in "123456789")
        return self.fill("range_up_to" if is_zero else "range_between", near=near, far=far)

    def _end(self, part: str, finding: Finding, value: float) -> str:
        """An end of an interval: `12 percentage points lower` (`end`), `12 fewer in every 100` (`change`)."""
        if value == 0:
            return self.fill(f"{part}_none")
        size = _scaled(finding, value)
        places = {"size": size, "unit": self._unit(finding, size)}
        if part == "end":
            places = {"amount": self._amount(finding, size, size)}
        side = "lower" if value < 0 else "higher"
        return self.fill(f"{part}_{finding.row.kind}_{side}", finding, **places)

    def _relative_end(self, end: int) -> str:
        if end == 0:
            return self.fill("end_none")
        return self.fill(f"relative_end_{'lower' if end < 0 else 'higher'}", size=f"{abs(end)}%")

    def _unit(self, finding: Finding, size: str) -> str:
        return self.fill("unit_one", finding) if size == "1" else finding.row.unit


def answer_key(finding: Finding) -> str:
    """What the answer goes by; after several looks it is as open as any other."""
    if finding.certainty == "looks":
        return "undetermined"
    return finding.direction if finding.certainty == "certain" else finding.certainty


def _scaled(finding: Finding, value: float) -> str:
    if finding.row.kind == "frequency":
        return per_hundred(abs(value))
    return fixed(abs(value), finding.row.decimals)
