"""Prices: a year, a range and a source for each, and what they reproduce."""

import math

import pytest

from likeforlike.errors import InputProblem
from likeforlike.evidence import read_prices, worth
from likeforlike.evidence.money.effect import effect_of
from likeforlike.evidence.money.prices import Effect, Prices
from support.releases import EXAMPLES
from support.reports import justice

TEXT = """
name = "P"
outcome = "offence avoided"
prices_of = "2017-18"

[cost]
per_person = 100
uncertain_by = 0.1
price_year = "2017-18"
source = "s"

[[value]]
name = "V"
amount = 1000
low = 800
high = 1500
price_year = "2017-18"
source = "s"

[effect]
estimate = -5
low = -8
high = -2
per = "100 people"
better = "lower"
source = "s"
"""


def prices(tmp_path, *changes):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "prices.toml"
    file.write_text(text, encoding="utf-8")
    return read_prices(str(file))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('price_year = "2017-18"\nsource', "source", "the key 'cost.price_year' is missing: add it."),
        ('price_year = "2017-18"', 'price_year = "last year"', "the key 'cost.price_year' is wrong"),
        (
            'price_year = "2017-18"',
            'price_year = "2012-13"',
            "add 2012-13 to [deflators.index], with the source.",
        ),
        ('source = "s"\n\n[[value]]', "\n[[value]]", "the key 'cost.source' is missing: add it."),
        (
            "uncertain_by = 0.1\n",
            "",
            "the cost has no range of its own: give 'low' and 'high', or 'uncertain_by'",
        ),
        ("uncertain_by = 0.1\n", "low = 90\n", "the cost has no range of its own"),
        ("low = 800", "low = 1200", "the unit cost 'V' lies outside its own range: 1000 is not between"),
        ("high = 1500\n", "high = 1500\nuncertain_by = 0.5\n", "the unit cost 'V' has no range of its own"),
        ("per_person = 100", "per_person = 100\ntotal = 5", "'per_person' or as 'total', and not as both"),
        ("per_person = 100", "total = 5", "a total cost needs to know for how many: add 'people'."),
        ("low = -8\nhigh = -2", "low = -5\nhigh = -5", "the effect's interval has no width"),
        ("estimate = -5", "estimate = 5", "the effect's estimate lies outside its own interval"),
        ("low = -8\n", "", "the key 'effect.low' is missing: add it."),
        ("[[value]]\n", "[[value]]\nprice = 4\n", "there is no key 'value[1].price'"),
        ("amount = 1000\nlow = 800", "amount = 0\nlow = 0", "worth nothing can never pay"),
        (
            'outcome = "offence avoided"\n',
            'outcome = "o"\nwith_outcome = 5\n',
            "'with_outcome' needs 'people'",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path, old, new, says):
    with pytest.raises(InputProblem) as problem:
        prices(tmp_path, (old, new))
    assert says in str(problem.value)
    assert str(problem.value).endswith(".")


def test_unit_costs_need_a_deflator_for_another_year(tmp_path):
    amount = 'name = "V"\namount = 1000\nlow = 800\nhigh = 1500\nprice_year = "2017-18"\nsource = "s"'
    with pytest.raises(
        InputProblem, match=r"prices of 2015-16 cannot be made into prices of 2017-18: add 2015-16"
    ):
        prices(tmp_path, (amount, 'unit_cost = "robbery"'))
    index = '[deflators]\nsource = "made up"\nindex = { "2015-16" = 98.0, "2017-18" = 102.9 }\n[effect]'
    found = prices(tmp_path, (amount, 'unit_cost = "robbery"'), ("[effect]", index))
    assert (found.value[0].amount, found.value[0].price_year) == (11320, "2015-16")
    assert worth(found).value.middle == pytest.approx(11320 * 1.05, rel=0.01)
    with pytest.raises(
        InputProblem, match="no published unit cost 'murder' in the package: use one of homicide"
    ):
        prices(tmp_path, (amount, 'unit_cost = "murder"'))


def test_break_even_of_prisoners_education_trust():
    """350 over 35,000 is 1 percentage point."""
    found = worth(read_prices("education"))
    assert found.break_even.middle == pytest.approx(1.0, abs=0.01)
    assert found.break_even.low < 1 < found.break_even.high
    assert found.verdict == "unknown"


@pytest.mark.parametrize(("unit", "returned", "total"), [(6806, "1.17", 1.3e6), (8377, "1.43", 1.6e6)])
def test_return_of_work_after_education(unit, returned, total):
    """191 more in work are worth £1.3m to £1.6m, £1.17 to £1.43 for each pound."""
    told = read_prices("employment")
    changed = told.model_dump(mode="json")
    changed["value"][0] |= {"amount": unit, "low": unit, "high": unit}
    changed["cost"] |= {"uncertain_by": 1e-6}
    changed["effect"] |= {"estimate": 7.5, "low": 7.4999, "high": 7.5001}
    found = worth(Prices.model_validate(changed))
    assert f"{found.measured.returns.middle:.2f}" == returned
    assert found.measured.worth_per_person.middle * told.people == pytest.approx(total, rel=0.001)
    assert found.measured.gained.middle * told.people / 100 == pytest.approx(191, abs=0.1)


def test_the_published_range_lies_within_ours():
    found = worth(read_prices("employment")).measured.returns
    assert found.low < 1.17 < 1.43 < found.high


def test_cost_of_each_outcome_and_of_each_additional_one(tmp_path):
    """A cohort of 200 for £65,000 of whom 100 went on: £650 each; ten points more than others: £3,250 for each more."""
    found = worth(
        prices(
            tmp_path,
            ("per_person = 100\nuncertain_by = 0.1", "total = 65000\nlow = 65000\nhigh = 65000"),
            ('outcome = "offence avoided"', 'outcome = "entrant"\npeople = 200\nwith_outcome = 100'),
            ("estimate = -5\nlow = -8\nhigh = -2", "estimate = 10\nlow = 9.999\nhigh = 10.001"),
            ('better = "lower"', 'better = "higher"'),
        )
    )
    assert found.cost_each.middle == pytest.approx(650)
    assert found.measured.cost_per_outcome.middle == pytest.approx(3250, rel=1e-3)


def test_an_effect_that_may_be_nothing_has_no_limit(tmp_path):
    found = worth(prices(tmp_path, ("low = -8\nhigh = -2", "low = -12\nhigh = 2")))
    assert math.isinf(found.measured.cost_per_outcome.high)
    assert found.verdict == "open"
    assert found.to_dict()["ranges"][-1]["high"] is None
    assert "no limit" in found.summary()


def test_a_multiplier_multiplies_and_moves_the_answer(tmp_path):
    more = '[multiplier]\nvalue = 4\nlow = 1\nhigh = 9\nsource = "s"\n\n[effect]'
    plain, multiplied = worth(prices(tmp_path)), worth(prices(tmp_path, ("[effect]", more)))
    assert multiplied.value.high > 3 * plain.value.high
    assert {m.name for m in multiplied.measured.movers} == {"effect", "cost", "value: V", "multiplier"}
    width = [m.returns.high - m.returns.low for m in multiplied.measured.movers]
    assert width == sorted(width, reverse=True)


def test_ranges_against_the_distribution_itself(tmp_path):
    """The effect alone uncertain: its normal quantiles."""
    found = worth(
        prices(
            tmp_path,
            ("uncertain_by = 0.1", "low = 100\nhigh = 100"),
            ("low = 800\nhigh = 1500", "low = 1000\nhigh = 1000"),
        )
    )
    assert (found.measured.returns.low, found.measured.returns.high) == pytest.approx((0.2, 0.8), abs=0.005)
    assert found.measured.chance == pytest.approx(0.0005, abs=0.0005)
    assert found.verdict == "does_not"


def test_the_effect_of_a_release():
    lab = justice()
    release = EXAMPLES["lower"](lab)
    rate = next(m for m in release.measures if m.kind == "rate")
    found = effect_of(release, None)
    assert found == Effect(
        estimate=rate.difference,
        low=rate.conf_low,
        high=rate.conf_high,
        per="100 people",
        better="lower",
        source=found.source,
    )
    assert effect_of(release, "reoffences").per == "person"
    with pytest.raises(InputProblem, match="no measure 'offence_free_days' that can be counted: choose from"):
        effect_of(release, "offence_free_days")
    with pytest.raises(InputProblem, match="The release is a refusal"):
        effect_of(EXAMPLES["refused"](lab), None)


def test_break_even_needs_no_effect(tmp_path):
    file = tmp_path / "prices.toml"
    file.write_text(TEXT[: TEXT.index("[effect]")], encoding="utf-8")
    found = worth(read_prices(str(file)))
    assert (found.measured, found.verdict) == (None, "unknown")
    assert found.break_even.low < 10 < found.break_even.high
    assert list(found.spans) == ["break_even", "cost", "value"]
    assert found.to_dict()["effect"] is None
