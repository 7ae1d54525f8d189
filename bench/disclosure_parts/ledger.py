"""The time of one new list of 3,000 against 1,000 earlier ones: read, decided and entered."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from likeforlike.disclosure.ledger import submission as said
from likeforlike.disclosure.ledger.claims import COIN
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.submission import Submission
from report import Claim

RELEASES, PEOPLE = 1_000, 3_000
TYPICAL, WORST = 5.0, 30.0
STATISTICS = ("reoffended", "custody", "violent", "theft", "breach", "employed")
LEVELS = 60
CURVE = (60, 91, 121, 152, 182, 213, 243, 274, 304, 334)
TODAY = date(2026, 1, 1)
Draw = Callable[[np.random.Generator, int, int], np.ndarray]


def anybody(pool: int) -> Draw:
    """Lists that share people by chance alone."""
    return lambda rng, _, size: rng.choice(pool, size, replace=False)


def places(count: int, pool: int, away: float = 0.02) -> Draw:
    """Programmes of one place among others; a few of their people come from elsewhere."""

    def draw(rng: np.random.Generator, number: int, size: int) -> np.ndarray:
        width = pool // count
        far = rng.random(size) < away
        near = (number % count) * width + rng.choice(width, size, replace=False)
        return np.unique(np.where(far, rng.integers(0, pool, size), near))

    return draw


def years(pool: int) -> Draw:
    """One programme a hundred times over: each list is the last one without its first part and with more people."""
    return lambda _, number, size: (
        (number % 10) * (pool // 10) + np.arange((number // 10) * 300, (number // 10) * 300 + size)
    )


CASES: dict[str, tuple[Draw, float]] = {
    "1,000 lists among 5 million people by chance": (anybody(5_000_000), TYPICAL),
    "200 places, 5 lists each, 2% from elsewhere": (places(200, 3_000_000), TYPICAL),
    "10 programmes, 100 lists each that run on": (years(400_000), TYPICAL),
    "1,000 lists among 15,000 people by chance": (anybody(15_000), WORST),
    "1,000 lists among 500,000 people by chance": (anybody(500_000), WORST),
    "1,000 lists among 100,000 people by chance": (anybody(100_000), WORST),
}


def submission(draw: Draw, rng: np.random.Generator, number: int, size: int) -> Submission:
    """A list in two parts with all that a release says: six rates of each, a curve, sixty shares before, and coins."""
    everyone = np.unique(draw(rng, number, size)).astype(np.uint64)
    inside = had("reoffended", everyone + np.uint64(1 << 40), 0.4)
    groups = {"all": everyone, "inside": everyone[inside], "rest": everyone[~inside]}
    claims = [
        _about(group, statistic, had(statistic, t, p), day=365)
        for statistic, p in zip(STATISTICS, (0.4, 0.2, 0.15, 0.25, 0.3, 0.5), strict=True)
        for group, t in groups.items()
    ]
    claims += [_point(everyone, day) for day in CURVE]
    claims += [_before(everyone, f"level {level}", 0.3 / (level + 1)) for level in range(LEVELS)]
    claims += [
        _about(group, COIN.format(toss), (t >> np.uint64(toss)) % np.uint64(2) == 1)
        for toss in range(2)
        for group, t in groups.items()
    ]
    return Submission(f"organisation {number}", f"{number:064d}", "2026-01-01", groups, tuple(claims))


def _about(group: str, statistic: str, those: np.ndarray, day: int = 0) -> said.Claim:
    """Exactly how many: at worst that follows from a figure."""
    return said.Claim(group, statistic, *2 * (int(those.sum()),), day=day)


def _point(everyone: np.ndarray, day: int) -> said.Claim:
    """A point of a curve: to within a step of rounding."""
    there = int(had("reoffended", everyone, day / 900).sum())
    return said.Claim("all", "reoffended", max(there - 10, 0), min(there + 10, len(everyone)), day=day)


def _before(everyone: np.ndarray, level: str, share: float) -> said.Claim:
    """A share to within five people, or hidden."""
    there, size = int(had("theft", everyone + np.uint64(hash_of(level)), share).sum()), len(everyone)
    if there < said.THRESHOLD:
        return said.Claim("all", said.BEFORE + level, 0, size, "hidden", keep=said.FEW)
    return said.Claim("all", said.BEFORE + level, max(there - 5, 0), min(there + 5, size))


def hash_of(level: str) -> int:
    return int(level.split()[1]) << 44


def had(statistic: str, tokens: np.ndarray, share: float) -> np.ndarray:
    """Who had the event: the same people in every list."""
    mixed = (tokens + np.uint64(STATISTICS.index(statistic) << 32)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(11)).astype(float) / 2**53 < share


def timed(draw: Draw, releases: int) -> tuple[float, str]:
    """Seconds for the new list, and what was said of it."""
    from likeforlike.disclosure.ledger.entry import entry_of
    from likeforlike.disclosure.ledger.files import _sha256
    from likeforlike.disclosure.ledger.read import packed
    from likeforlike.disclosure.ledger.write import ENTRIES, put, put_head
    from likeforlike.disclosure.ledger.write import PEOPLE as FOLDER
    from likeforlike.disclosure.ledger.write import RELEASES as OUT
    from likeforlike.hashes import canonical_json

    rng = np.random.default_rng(1)
    folder = Path(tempfile.mkdtemp(prefix="ledger"))
    try:
        ledger = Ledger.at(folder)
        last, lines = None, []
        put(folder / OUT / _sha256(b"x"), b"x")
        for number in range(releases):
            old = submission(draw, rng, number, int(rng.integers(300, 3_000)))
            people = packed(old.people)
            last = entry_of(old, "released", "", date="2025-01-01", tokens_sha256=_sha256(people),
                            release_sha256=_sha256(b"x"), after=last)  # fmt: skip
            (folder / FOLDER / last.tokens_sha256).write_bytes(people)
            lines.append(canonical_json(last.to_dict()) + "\n")
        (folder / ENTRIES).write_text("".join(lines), encoding="utf-8")
        put_head(folder, last)
        new = submission(draw, rng, releases, PEOPLE)
        begin = time.perf_counter()
        answer = ledger.enter(new, b"new", TODAY)
        return time.perf_counter() - begin, answer.entry.reason
    finally:
        shutil.rmtree(folder)


def measured(*, quick: bool) -> tuple[list[dict[str, Any]], list[Claim]]:
    """Rows and claims of the ledger."""
    rows, claims = [], []
    for what, (draw, most) in CASES.items():
        seconds, reason = timed(draw, RELEASES // 10 if quick else RELEASES)
        rows.append({"what": what, "seconds": round(seconds, 2), "said": reason[:160]})
        told = "let out" if reason.startswith("No group") else "refused"
        wanted = f"≤ {most:g} s, let out" if most == TYPICAL else f"≤ {most:g} s"
        fine = seconds <= most and (most == WORST or told == "let out")
        claims.append(Claim(f"a list of 3,000, {what}", wanted, f"{seconds:.1f} s, {told}", fine))
    return rows, claims


if __name__ == "__main__":
    for row in measured(quick=False)[0]:
        print(row, flush=True)
