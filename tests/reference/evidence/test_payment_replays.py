"""Published contracts and their published outcomes, replayed. Sources stand in each contract's `source`."""

from dataclasses import replace

import pytest

from likeforlike.evidence import pay, read_contract, read_figures
from likeforlike.evidence.payment.contract import Baseline, Measure, Rule
from likeforlike.evidence.payment.figures import CohortFigures, Figures
from likeforlike.evidence.payment.numbers import Printed
from likeforlike.evidence.payment.side_by_side import side_by_side

INTERIM = [
    (40.4, 74, 36.6, 66, 3.8, 12.1),
    (40.6, 81, 37.8, 71, 2.8, 14.1),
    (41.0, 85, 38.3, 74, 2.7, 14.9),
    (40.3, 84, 37.3, 75, 3.0, 12.0),
    (38.6, 78, 39.3, 84, -0.7, -7.1),
]
"""Peterborough's six-month series: binary and frequency there and nationally, and how they differ."""


def replay(name, *cohorts):
    contract = read_contract(name)
    return pay(contract, Figures("test", cohorts) if cohorts else read_figures([], name))


def cohort(name="A", people=1000, **figures):
    """Figures as `frequency=142` and `comparison_frequency=155`, printed as whole numbers or to one decimal."""
    kinds = {"treated": {}, "comparison": {}}
    for key, value in figures.items():
        side = "comparison" if key.startswith("comparison_") else "treated"
        decimals = 0 if isinstance(value, int) else 1
        kinds[side][key.removeprefix("comparison_")] = Printed.rounded(value, decimals)
    return CohortFigures(name, people, treated=kinds["treated"], comparison=kinds["comparison"])


def test_peterborough_first_cohort():
    """142 against 155 per 100: 8.4% better, no early payment, and rounding cannot change that."""
    found = replay("peterborough")
    (first,) = found.measured.cohorts
    assert first.improvement.value.value == pytest.approx(8.387096774)
    assert f"{first.improvement.value.value:.1f}" == "8.4"
    assert (first.meets, found.depends_on_rounding, found.total.value) == (False, False, 0)
    assert first.improvement.value.at_least(7.5) is True
    assert found.measured.pooled is None
    binary = next(m for m in found.views[0].metrics if m.metric == "binary")
    assert binary.points.value == pytest.approx(2.3)
    assert (binary.treated.value, binary.baseline.value) == (53.4, 55.7)


def test_peterborough_as_it_ended():
    """A weighted mean of 9% pays at the end, though neither cohort surely reached 10% by itself."""
    contract = read_contract("peterborough")
    first = cohort("1", 936, frequency=142, comparison_frequency=155)
    second = cohort("2", 846, frequency=140, comparison_frequency=155)
    found = pay(contract, Figures("test", (first, second)))
    pooled = (936 * 13 / 155 + 846 * 15 / 155) * 100 / 1782
    assert found.measured.pooled.value == pytest.approx(pooled)
    assert round(pooled) == 9
    assert [(c.meets, c.by_pool) for c in found.measured.cohorts] == [(False, True), (None, True)]
    assert found.total.value == pytest.approx(5000 * (0.13 * 936 + 0.15 * 846))


@pytest.mark.parametrize(("there", "events", "national", "events_national", "points", "percent"), INTERIM)
def test_peterborough_interim_series(there, events, national, events_national, points, percent):
    contract = read_contract("peterborough")
    figures = cohort(
        binary=there, frequency=events, comparison_binary=national, comparison_frequency=events_national
    )
    binary, frequency = side_by_side(contract, figures).metrics
    assert -round(binary.points.value, 1) == points
    assert -round(frequency.percent.value, 1) == percent


def test_peterborough_before_and_after():
    """The site was worse than the nation before: relative to that, 17% fewer."""
    (*_, before, after) = INTERIM
    assert (after[1] / after[3]) / (before[1] / before[3]) == pytest.approx(0.829, abs=5e-4)


def test_doncaster():
    """5.7 points: nothing to repay. 3.3 points: a tenth of the annual price, two million of twenty."""
    first, second = replay("doncaster").measured.cohorts
    assert (first.meets, first.payment.value) == (True, 0)
    assert (second.meets, second.payment.value) == (False, -2_000_000)


def test_probation_first_quarter():
    """45.6 against 47.5 is 1.9 points better."""
    (first,) = replay("probation").measured.cohorts
    assert first.improvement.value.value == pytest.approx(1.9)


@pytest.mark.parametrize(
    ("rate", "risk", "paid", "terminates"),
    [
        (45.6, 47.5, 100_000, False),
        (47.0, 47.5, 0, False),
        (49.0, 47.5, -100_000, False),
        (49.0, 50.5, 100_000, False),
        (45.6, 43.0, -100_000, False),
        (53.0, 47.5, -100_000, True),
    ],
)
def test_probation_rule_with_adjustment(rate, risk, paid, terminates):
    """The same rate is good for a harder cohort and bad for an easier one."""
    figures = replace(cohort(binary=rate), risk=Printed.rounded(risk, 1))
    (found,) = replay("probation", figures).measured.cohorts
    assert (found.payment.value, found.terminate) == (paid, terminates)


def test_probation_metrics_disagree_as_the_auditors_found():
    """2.5 points fewer reoffenders and 22% more offences for each: the binary measure pays, and crime rose by 16%."""
    figures = replace(
        cohort(binary=45.0, per_reoffender=4.88, comparison_per_reoffender=4.0),
        risk=Printed.exact(47.5),
    )
    figures = replace(
        figures,
        treated=figures.treated | {"per_reoffender": Printed.rounded(4.88, 2)},
        comparison={"per_reoffender": Printed.rounded(4.0, 2)},
    )
    found = replay("probation", figures)
    (view,) = found.views
    by_name = {m.metric: m for m in view.metrics}
    assert by_name["binary"].points.value == pytest.approx(2.5)
    assert by_name["per_reoffender"].percent.value == pytest.approx(-22)
    assert by_name["frequency"].percent.value == pytest.approx(-100 * (45 / 47.5 * 1.22 - 1))
    assert round(by_name["frequency"].percent.value) == -16
    assert (view.better, view.worse) == (("binary",), ("frequency", "per_reoffender"))
    assert found.total.value == 100_000
    assert found.disagreeing == (view,)


def test_frequency_behind_a_binary_hurdle():
    """The straw man of May 2013: frequency pays only where the binary measure is not worse."""
    contract = read_contract("peterborough").model_copy(
        update={
            "measure": Measure(metric="per_reoffender", scale="percent"),
            "rule": Rule(threshold=1.0, hurdle="binary"),
        }
    )
    good = {"per_reoffender": 3.5, "comparison_per_reoffender": 4.0, "comparison_binary": 47.5}
    over, under = cohort(binary=48.0, **good), cohort(binary=47.0, **good)
    found = [pay(contract, Figures("t", (each,))).measured.cohorts[0] for each in (over, under)]
    assert [dict(each.conditions)["hurdle"] for each in found] == [False, True]
    assert [each.meets for each in found] == [False, True]
    assert found[1].payment.value == pytest.approx(5000 * 0.5 * 470)


@pytest.mark.parametrize(
    ("demand", "paid"), [(9600, 0), (9500, 250_000), (8800, 600_000), (8000, 1_000_000), (7000, 1_000_000)]
)
def test_justice_reinvestment(demand, paid):
    """Half of the saving, from a fall of 5%, counted up to 20%."""
    figures = CohortFigures(
        "A", treated={"demand": Printed.exact(demand)}, comparison={"demand": Printed.exact(10_000)}
    )
    assert replay("reinvestment", figures).total.value == pytest.approx(paid)


def test_justice_reinvestment_for_young_people():
    contract = read_contract("reinvestment").model_copy(
        update={"rule": Rule(threshold=10.0, count_up_to=20.0)}
    )
    figures = CohortFigures(
        "A", treated={"demand": Printed.exact(9200)}, comparison={"demand": Printed.exact(10_000)}
    )
    assert pay(contract, Figures("t", (figures,))).total.value == 0


def test_rate_card():
    """13 weeks within 26 make a job, 26 within 52 a lasting one; 9 weeks make none."""
    found = replay("rate_card")
    assert [(x.name, x.claimed, x.counted, x.payment) for x in found.billed.lines] == [
        ("Qualification", 120, 100, 70_000),
        ("Job", 40, 40, 60_000),
        ("Lasting job", 22, 22, 55_000),
    ]
    assert [(c.outcome, c.count) for c in found.billed.not_counted] == [("Job", 15)]
    assert found.total.value == 185_000


def test_rate_card_stops_at_its_cap():
    contract = read_contract("rate_card")
    capped = contract.model_copy(update={"pay": contract.pay.model_copy(update={"cap": 150_000.0})})
    assert pay(capped, read_figures([], "rate_card")).total.value == 150_000


def test_sliding_scale_by_risk():
    assert replay("sliding_scale").total.value == 30 * 200 + 20 * 1000 + 4 * 3000


def test_a_historic_baseline_with_its_own_rate():
    contract = read_contract("doncaster").model_copy(
        update={"baseline": Baseline(kind="historic", value=58.0, people=1500)}
    )
    (found,) = pay(contract, Figures("t", (cohort(people=1500, binary=52.2),))).measured.cohorts
    assert found.improvement.value.value == pytest.approx(5.8)
    assert found.std_error == pytest.approx(((52.2 * 47.8 + 58 * 42) / 1500) ** 0.5)
