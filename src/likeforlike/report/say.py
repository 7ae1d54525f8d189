"""What a reader can say with the release in hand, and what not."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.report.findings import Finding
from likeforlike.report.words import Words, answer_key


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
    keys = [answer_key(main), "always"]
    if main.equivalent(words.margin):
        keys[0] = "equivalent"
    if main.certainty == "certain" and not words.by_lot:
        keys.insert(1, "unseen")
    lines = "\n".join(words.fill(f"cannot_say_{key}", main) for key in keys).splitlines()
    pairs = (line.partition("|") for line in lines if line.strip())
    return tuple(Unsupported(sentence.strip(), because.strip()) for sentence, _, because in pairs)


def rules_out(words: Words) -> tuple[tuple[str, str], ...]:
    """For each headline measure that proves something: its label and what its interval makes unlikely."""
    said = [(f, words.rules_out(f)) for f in words.headlines if not f.row.descriptive]
    if said and said[0][0] is words.headlines[0]:
        said[0] = (words.headlines[0], f"{said[0][1]} {words.matters()}".strip())
    return tuple((finding.row.statistical_label, sentence) for finding, sentence in said if sentence)
