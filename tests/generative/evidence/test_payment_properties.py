"""Contracts on any figures: bounds hold whatever was rounded off, and chances agree with simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.evidence import pay, read_contract
from likeforlike.evidence.payment.chances import chance_of_payment, chances
from likeforlike.evidence.payment.contract import Contract
from likeforlike.evidence.payment.figures import CohortFigures, Figures
from likeforlike.evidence.payment.numbers import Printed
from likeforlike.evidence.payment.uncertainty import dispersion_of

RULES = st.sampled_from(
    [
        {"threshold": 5.0},
        {"threshold": 8.0, "pooled_threshold": 4.0},
        {"threshold": 2.0, "count_up_to": 10.0},
    ]
)
PAYS = st.sampled_from(
    [{"price": 100.0, "cap": 50_000.0}, {"amount": 9_000.0}, {"at_risk": 0.1, "annual_price": 1e6}]
)


def contract(rule, how, metric="frequency", scale="percent"):
    return Contract.model_validate(
        {
            "name": "Any",
            "source": "none",
            "measure": {"metric": metric, "scale": scale},
            "baseline": {"kind": "matched"},
            "rule": rule,
            "pay": how,
        }
    )


def figures(*pairs, people=500):
    return Figures(
        "any",
        tuple(
            CohortFigures(str(i), people, people, {"frequency": treated}, {"frequency": base})
            for i, (treated, base) in enumerate(pairs)
        ),
    )


TRUE = st.tuples(st.floats(60, 160), st.floats(80, 160))


@given(RULES, PAYS, st.lists(TRUE, min_size=1, max_size=3))
def test_what_exact_figures_pay_lies_within_the_bounds_of_rounded_ones(rule, how, true):
    made = contract(rule, how)
    exact = pay(made, figures(*((Printed.exact(t), Printed.exact(b)) for t, b in true)))
    shown = pay(
        made, figures(*((Printed.rounded(round(t), 0), Printed.rounded(round(b), 0)) for t, b in true))
    )
    assert shown.total.low - 1e-6 <= exact.total.value <= shown.total.high + 1e-6
    for seen, known in zip(shown.measured.cohorts, exact.measured.cohorts, strict=True):
        assert seen.meets in (None, known.meets)
        assert seen.payment.low - 1e-6 <= known.payment.value <= seen.payment.high + 1e-6
    if not shown.depends_on_rounding:
        assert all(c.meets is not None for c in shown.measured.cohorts)


@given(RULES, st.floats(60, 150))
def test_doing_better_never_pays_less(rule, treated):
    made = contract(rule, {"price": 100.0})
    paid = [
        pay(made, figures((Printed.exact(t), Printed.exact(150.0)))).total.value
        for t in (treated, treated - 3)
    ]
    assert paid[1] >= paid[0] - 1e-9


@pytest.mark.parametrize("true", [0.0, 6.0, 12.0])
def test_chances_agree_with_simulation(true):
    """20,000 made-up cohorts of 1,000 people and their matched others, by a rule in percent of the frequency."""
    random = np.random.default_rng(5)
    people, base, dispersion, draws = 1000, 1.5, 3.5, 20_000

    def mean_of(rate):
        # A sum of negative binomials with one dispersion is negative binomial.
        size = people * rate / (dispersion - 1)
        return random.negative_binomial(size, 1 / dispersion, draws) / people

    treated, matched = mean_of(base * (1 - true / 100)), mean_of(base)
    paid = (100 * (matched - treated) / matched >= 8.0).mean()
    made = contract({"threshold": 8.0}, {"price": 1.0})
    cohort = CohortFigures(
        "A",
        people,
        people,
        {"frequency": Printed.exact(100 * base * (1 - true / 100))},
        {"frequency": Printed.exact(100 * base)},
        dispersion=dispersion,
    )
    (result,) = pay(made, Figures("t", (cohort,))).measured.cohorts
    assert float(chance_of_payment(true, 8.0, result.std_error)) == pytest.approx(paid, abs=0.015)


def test_larger_cohorts_pay_less_for_nothing_and_miss_less():
    made = contract({"threshold": 8.0}, {"price": 1.0})
    cohort = CohortFigures(
        "A", 700, 700, {"frequency": Printed.exact(140)}, {"frequency": Printed.exact(150)}, dispersion=3.0
    )
    (result,) = pay(made, Figures("t", (cohort,))).measured.cohorts
    told = chances(made, result)
    assert [r.people for r in told.risks] == [100, 300, 700, 1000, 3000]
    false_pay = [r.false_pay for r in told.risks]
    assert false_pay == sorted(false_pay, reverse=True)
    missed = [r.false_no_pay[2] for r in told.risks]
    assert missed == sorted(missed, reverse=True)
    assert all(r.false_no_pay[0] == pytest.approx(0.5) for r in told.risks)
    assert 0 < told.true_reaches < told.pays_again < 0.5


def test_significance_makes_the_bar_move_with_size():
    """False payment is then the same at every size: half the two-sided level."""
    made = contract({"significance": 0.05}, {"amount": 1.0}, metric="binary", scale="points")
    cohort = CohortFigures("A", 400, 400, {"binary": Printed.exact(30)}, {"binary": Printed.exact(40)})
    (result,) = pay(made, Figures("t", (cohort,))).measured.cohorts
    assert result.meets is True
    assert [r.false_pay for r in chances(made, result).risks] == pytest.approx([0.025] * 5)


@given(st.floats(0.05, 0.95), st.floats(1.0, 8.0))
def test_dispersion_from_two_figures_is_that_of_a_geometric_number(share, among):
    """Against the moments of a sum over the distribution itself."""
    cohort = CohortFigures(
        "A",
        treated={"binary": Printed.exact(100 * share), "frequency": Printed.exact(100 * share * among)},
    )
    counts = np.arange(1, 4000)
    stop = 1 / among
    chance = share * stop * (1 - stop) ** (counts - 1)
    mean, square = (chance * counts).sum(), (chance * counts**2).sum()
    assert dispersion_of(cohort) == pytest.approx((square - mean**2) / mean, rel=1e-6)


def test_every_example_is_a_valid_contract_with_figures():
    from likeforlike.evidence import read_figures
    from likeforlike.evidence.payment.read import example_contracts

    assert len(example_contracts()) >= 5
    for name in example_contracts():
        assert pay(read_contract(name), read_figures([], name)).summary()
