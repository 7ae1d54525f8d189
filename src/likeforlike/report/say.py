"""What a reader can say with the release in hand, and what not."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.report.findings import Finding
from likeforlike.report.words import Words


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence that the figures do not support, and why."""

    sentence: str
    because: str


def can_say(words: Words) -> tuple[str, ...]:
    """Passages that may be copied as they stand: one for each headline measure that is shown."""
    return tuple(words.quote(f) for f in words.headlines if f.certainty != "withheld")


def cannot_say(words: Words) -> tuple[Unsupported, ...]:
    """What the main finding does not support, and what no finding supports."""
    main: Finding = words.headlines[0]
    key = main.direction if main.certainty == "certain" else main.certainty
    lines = f"{words.fill(f'cannot_say_{key}')}\n{words.fill('cannot_say_always')}".splitlines()
    pairs = (line.partition("|") for line in lines if line.strip())
    return tuple(Unsupported(sentence.strip(), because.strip()) for sentence, _, because in pairs)


def rules_out(words: Words) -> tuple[tuple[str, str], ...]:
    """For each headline measure that proves something: its label and what its interval makes unlikely."""
    said = ((f.row.statistical_label, words.rules_out(f)) for f in words.headlines if not f.row.descriptive)
    return tuple((label, sentence) for label, sentence in said if sentence)
