"""A3, A9: everybody on the list is known but one. No rounding stops that; noise does, to within a stated factor."""

import math
from collections import Counter

import numpy as np

from likeforlike.disclosure.checking.worst_case import worst_case
from likeforlike.disclosure.counts import possible_events, rate_step, to_step
from likeforlike.disclosure.noise import noisy_count
from support.attacked_lab import PROFILE, GuardedLab, crowd
from support.attacker import conclude

EPSILON = 1.0


def test_one_list_of_known_people_and_a_target_is_not_defended(tmp_path, reports):
    """The case that the facts of the field call undefendable without noise, and that the documents name."""
    known = crowd("known", 59)
    outcomes = dict.fromkeys(known, False) | dict.fromkeys(known[:25], True)
    lab = GuardedLab(tmp_path, [*known[:25], "target"], [*known, "target"])
    learned = conclude(["target"], [lab.ask([*known, "target"])], outcomes)
    assert (learned.least, learned.most) == (1, 1)
    reports("A3  59 known people and one more, one list", learned, f"{learned} (not defended without noise)")


def telling(people) -> float:
    """In what share of outcomes a rate as shown gives the last person away to whoever knows all others."""
    step, totals = rate_step(people, PROFILE), range(10, people - 9)
    shown = [to_step(100 * had / people, step) for had in totals]
    cases = [
        worst_case("rate", possible_events(percent, people, PROFILE), people, events=had)
        for percent, had in zip(shown, totals, strict=True)
    ]
    return sum(bool(case.given_away) for case in cases) / len(cases)


def test_how_often_a_rate_alone_tells_is_known_to_the_checker(reports):
    """Rates by steps, and of many people, tell less often; no size makes it impossible."""
    sizes = (40, 150, 600, 3_000)
    shares = [telling(people) for people in sizes]
    assert shares[1:] == sorted(shares[1:], reverse=True)
    assert 0 < shares[-1] < 0.08 < shares[0] < 0.5
    told = ", ".join(f"{share:.0%} of {people:,}" for share, people in zip(shares, sizes, strict=True))
    reports("A9  all but one known: how often a rate tells", "always, of 30 to 99 people", told)


def test_with_noise_whatever_is_seen_is_nearly_as_likely_without_the_target(reports):
    """The odds of any noisy count with and without the target's outcome differ by e to the epsilon at most."""
    draws = 12_000
    seen = [Counter(drawn(25 + target, i) for i in range(draws)) for target in (0, 1)]
    odds = [
        abs(math.log(seen[1][value] / seen[0][value]))
        for value in seen[0]
        if min(seen[0][value], seen[1][value]) >= 200
    ]
    assert len(odds) >= 5
    assert max(odds) <= EPSILON + 4 * math.sqrt(2 / 200)
    right = best_guess(seen)
    assert right <= math.exp(EPSILON) / (1 + math.exp(EPSILON)) + 0.02
    reports(
        "A3  the same with noise of epsilon 1",
        "right in 100% of cases",
        f"right in {right:.0%} (a coin: 50%; at most {math.exp(1) / (1 + math.exp(1)):.0%})",
    )


def drawn(events: int, question: int) -> int:
    return noisy_count(
        events, 60, EPSILON, f"question {question}", earlier=[], spent=[], budget=EPSILON
    ).value


def best_guess(seen) -> float:
    """How often the likelier of the two worlds is the right one."""
    values = set(seen[0]) | set(seen[1])
    return float(
        np.mean([max(seen[0][v], seen[1][v]) for v in values]) * len(values) / (2 * sum(seen[0].values()))
    )
