"""A6, A24: everything that one report says of the same people, put together to find how many they are exactly.

Who knows how many were on the list, and how many were analysed, knows how many were lost: a number the flow hides.
"""

import math

import numpy as np
import pytest

from likeforlike.disclosure.counts import rounded, rounding_range
from likeforlike.disclosure.measures import measure_row
from likeforlike.disclosure.profiles.stepped_rates import is_stepped, row_in_steps
from likeforlike.estimates.difference import inference
from likeforlike.labs import load_lab

LAB = load_lab("justice")
PROFILE, RATE = LAB.disclosure, LAB.outcomes.get("reoffended")
SHOWN = ("treatment", "comparison", "difference", "conf_low", "conf_high", "p_value", "detectable")
GRID = np.linspace(-0.0049, 0.0049, 15)
"""What an attacker tries of the comparison rate, around the one that is shown."""


def estimate(had, people, others, size):
    """What the lab works out: the attacker has the same code."""
    mine = had / people
    error = math.sqrt(mine * (1 - mine) / (people - 1) + others * (1 - others) / (size - 1))
    found = inference(mine, others, mine - others, error, people + size - 2)
    return {
        "term": "reoffended", "n": people, "n_comparison": size, "effective_comparison": float(size),
        "mean_treated": mine, "mean_comparison": others, "estimate": found.estimate, "std_error": error,
        "conf_low": found.conf_low, "conf_high": found.conf_high, "p_value": found.p_value,
        "events_treated": had, "events_comparison": others * size, "people_treated": people,
        "people_comparison": float(size), "largest_share": 0.05, "number_needed": math.nan,
        "detectable": 2.8 * error, "places": None, "p_adjusted": None,
    }  # fmt: skip


def told(had, people, others, size, *, protected=True):
    """The figures as they are shown; without protection in whole points, of exact numbers."""
    row = estimate(had, people, others, size)
    if protected and is_stepped(people, size, PROFILE):
        row = row_in_steps(row, people, size, PROFILE)
    shown, _ = measure_row(RATE, row, PROFILE, headline=True, alone=True)
    return tuple(getattr(shown, name) for name in SHOWN)


def fits(people, figures, size, *, protected) -> bool:
    """Whether so many people can have these figures, with some number of events and some comparison rate."""
    step = 5 if protected and people < 55 else 2 if protected and people < 105 else 1
    least = max(math.ceil((figures[0] - step / 2) * people / 100 - 1e-9), 10)
    most = min(math.floor((figures[0] + step / 2) * people / 100 + 1e-9), people - 10)
    around = figures[1] / 100 + GRID * step
    return any(
        _alike(told(had, people, share, size, protected=protected), figures)
        for had in range(least, most + 1)
        for share in around
    )


def _alike(mine, figures) -> bool:
    """The same, but for a p-value between two shares that the attacker tried."""
    near = mine[5] is None or abs(mine[5] - figures[5]) <= 0.012
    return mine[:5] == figures[:5] and mine[6] == figures[6] and near


def possible(people, cases, *, protected) -> list[int]:
    """Numbers of people that an attacker cannot rule out from all measures together."""
    low, high = rounding_range(rounded(people, PROFILE), PROFILE)
    seen = [(told(*case, protected=protected), case[3]) for case in cases]
    return [
        n
        for n in range(max(low, 30), high + 1)
        if all(fits(n, figures, size, protected=protected) for figures, size in seen)
    ]


def measures(people, count, rng):
    """Some rates of the same people, each beside its comparison."""
    for _ in range(count):
        share = rng.uniform(0.3, 0.6)
        had = int(np.clip(rng.binomial(people, share), 11, people - 11))
        yield had, people, float(np.clip(share + rng.normal(0, 0.05), 0.1, 0.9)), 700


@pytest.mark.parametrize("people", [33, 47, 57, 78, 96, 115, 160, 520])
def test_no_exact_number_of_people_follows_from_all_rates_together(people, reports):
    rng = np.random.default_rng(people)
    cases = [list(measures(people, 6, rng)) for _ in range(3)]
    before = [possible(people, each, protected=False) for each in cases]
    after = [possible(people, each, protected=True) for each in cases]
    assert all(people in left for left in after)
    assert min(len(left) for left in after) >= 3
    assert np.mean([len(left) for left in after]) >= np.mean([len(left) for left in before])
    reports(
        f"A6  six rates of {people} people, intervals, p-values",
        f"{min(map(len, before))} to {max(map(len, before))} numbers of people fit",
        f"{min(map(len, after))} to {max(map(len, after))} fit",
    )
