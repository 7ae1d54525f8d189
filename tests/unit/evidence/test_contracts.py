"""Contracts: each contradiction is one sentence that names the file and says what to do."""

import pytest

from likeforlike.errors import InputProblem
from likeforlike.evidence import pay, read_contract, read_figures
from likeforlike.evidence.payment.numbers import Printed, combined
from likeforlike.evidence.payment.rounding import rate_as_released
from support.libraries import put, table_of
from support.releases import lower_release, refused_release
from support.reports import justice

HEAD = 'name = "C"\nsource = "none"\n'
MEASURE = '[measure]\nmetric = "binary"\nscale = "points"\n'
MATCHED = '[baseline]\nkind = "matched"\n'
RULE = "[rule]\nthreshold = 5.0\n"
PAY = "[pay]\namount = 100\n"
CARD = '[[rate_card]]\noutcome = "Job"\nprice = 10\n'


def written(tmp_path, text):
    file = tmp_path / "contract.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MEASURE + MATCHED + RULE + "[pay]\namount = 1\nprice = 2\n", "and holds 'amount' and 'price'"),
        (
            MEASURE + MATCHED + RULE,
            "must hold exactly one of amount, price, at_risk, saving_share, and holds none",
        ),
        (MEASURE + MATCHED + PAY, "it has no rule: give a threshold, a significance level"),
        (MEASURE + PAY, "neither prices for outcomes nor both [measure] and [baseline]"),
        (
            MEASURE + MATCHED + PAY + "[rule]\nthreshold = 5\npooled_threshold = 7\n",
            "it could never add a payment",
        ),
        (
            MEASURE + MATCHED + PAY + "[rule]\npooled_threshold = 7\n",
            "a pooled threshold and none for a cohort",
        ),
        (MEASURE + MATCHED + PAY + '[rule]\nthreshold = 5\nhurdle = "binary"\n', "it would be asked twice"),
        (
            MEASURE + MATCHED + PAY + "[rule]\nthreshold = 5\ncount_up_to = 4\n",
            "nothing could ever be earned",
        ),
        (MEASURE + '[baseline]\nkind = "matched"\nvalue = 3\n' + RULE + PAY, "comes with the figures"),
        (
            MEASURE + '[baseline]\nkind = "risk_adjusted"\nvalue = 3\n' + RULE + PAY,
            "add 'risk' to [baseline]",
        ),
        (MEASURE + '[baseline]\nkind = "historic"\nrisk = 3\n' + RULE + PAY, "only a risk-adjusted baseline"),
        (
            MEASURE + '[baseline]\nkind = "historic"\nvalue = 5\nlower = 6\nupper = 4\n' + PAY,
            "the baseline's limits must rise",
        ),
        (MEASURE + MATCHED + RULE + PAY + "deduct = 5\n", "does not say what counts as worse"),
        (MEASURE + MATCHED + RULE + "[pay]\nat_risk = 0.1\n", "'at_risk' and 'annual_price' go together"),
        (MEASURE + MATCHED + RULE + "[pay]\nsaving_share = 0.1\n", "'saving_share' and 'baseline_cost' go"),
        (
            MEASURE + MATCHED + RULE + "[pay]\nsaving_share = 0.1\nbaseline_cost = 5\n",
            "needs improvement in percent of the baseline",
        ),
        (CARD + MEASURE + MATCHED, "it pays for each outcome and also has a measure"),
        (CARD + PAY, "[pay] may hold the key 'cap' and no other"),
        (CARD + CARD, "names an outcome twice"),
        (
            CARD + "[[sliding_scale]]\nat_least = 0\nbelow = 5\nprice = 1\n",
            "both a rate card and a sliding scale",
        ),
        (CARD + "weeks = 13\n", "'weeks' and 'within' go together"),
        (CARD + "weeks = 30\nwithin = 26\n", "30 weeks do not fit within 26"),
        ("[[sliding_scale]]\nat_least = 5\nbelow = 5\nprice = 1\n", "ends before it begins"),
        (
            "[[sliding_scale]]\nat_least = 0\nbelow = 9\nprice = 1\n"
            "[[sliding_scale]]\nat_least = 5\nbelow = 20\nprice = 2\n",
            "overlap, so that a person would have two prices",
        ),
        (
            MEASURE + MATCHED + RULE + "[pay]\namount = -5\n",
            "the key 'pay.amount' is wrong: it must be at least 0",
        ),
        (MEASURE + MATCHED + RULE + PAY + "prize = 5\n", "there is no key 'pay.prize': check its spelling"),
        (MEASURE.replace("binary", "bin") + MATCHED + RULE + PAY, "it must be one of 'binary', 'frequency'"),
        ("[measure\n", "is not valid TOML text at line"),
    ],
)
def test_contradictions(tmp_path, text, says):
    with pytest.raises(InputProblem) as problem:
        read_contract(written(tmp_path, HEAD + text))
    said = str(problem.value)
    assert says in said
    assert said.startswith("contract.toml")
    assert said.endswith(".")


def test_an_unknown_contract():
    with pytest.raises(
        InputProblem, match=r"There is no contract nowhere: give a TOML file, or one of doncaster"
    ):
        read_contract("nowhere")


@pytest.mark.parametrize(
    ("contract", "lines", "says"),
    [
        ("peterborough", ["cohort,frequency", "A,142"], "no figure in the column 'comparison_frequency'"),
        ("peterborough", ["cohort,freq", "A,142"], "there is no column 'freq': use cohort, people"),
        ("peterborough", ["outcome,count", "A,142"], "compares groups, and f.csv counts outcomes"),
        ("peterborough", ["cohort,frequency,comparison_frequency", "A,100,155"], "add the column 'people'"),
        ("peterborough", ["cohort,frequency,comparison_frequency", "A,1,0"], "The baseline may be nought"),
        ("probation", ["cohort,binary", "A,45.6"], "nothing in the column 'risk': add its mean risk score"),
        ("probation", ["cohort,binary", "A,145.6"], "the column 'binary' holds '145.6', which cannot be"),
        ("probation", ["cohort,improvement", "A,4.6"], "limits for the figure itself"),
        ("doncaster", ["cohort,binary", "A,45.6"], "no figure in the column 'comparison_binary'"),
        ("doncaster", ["cohort,improvement,std_error", "A,4.6,0"], "'std_error' must be more than nothing"),
        (
            "rate_card",
            ["cohort,improvement", "A,4.6"],
            "pays for each outcome: give a table with the columns",
        ),
        ("rate_card", ["outcome,count", "Prize,4"], "has no price for 'Prize': use one of Job, Lasting job"),
        ("rate_card", ["outcome,count", "Job,4.5"], "the column 'count' must be a whole number of people"),
        ("sliding_scale", ["outcome,count", "Job,4"], "a claim has none: fill in the column 'risk'"),
        ("doncaster", ["cohort,improvement"], "has a head and no rows"),
    ],
)
def test_figures_that_the_contract_cannot_use(tmp_path, contract, lines, says):
    with pytest.raises(InputProblem) as problem:
        pay(read_contract(contract), read_figures([table_of(tmp_path, *lines, name="f.csv")], contract))
    assert says in str(problem.value)
    assert str(problem.value).endswith(".")


def test_significance_needs_to_know_how_uncertain_figures_are(tmp_path):
    rule = "[rule]\nsignificance = 0.05\n"
    contract = read_contract(written(tmp_path, HEAD + MEASURE + MATCHED + rule + PAY))
    file = table_of(tmp_path, "cohort,binary,comparison_binary", "A,30,40", name="f.csv")
    with pytest.raises(InputProblem, match="add 'people' and 'comparison_people', or 'std_error'"):
        pay(contract, read_figures([file], "none"))


def test_a_release_is_a_cohort(tmp_path):
    put(lower_release(justice()), tmp_path / "release")
    found = pay(read_contract("peterborough"), read_figures([tmp_path], "peterborough"))
    (cohort,) = found.figures.cohorts
    frequency = next(m for m in lower_release(justice()).measures if m.kind == "frequency")
    assert cohort.treated["frequency"].value == pytest.approx(100 * frequency.treatment)
    assert cohort.treated["frequency"].high - cohort.treated["frequency"].low == pytest.approx(1.0)
    assert cohort.errors["frequency"] == pytest.approx(
        100 * (frequency.conf_high - frequency.conf_low) / 3.919928, rel=1e-6
    )
    assert {m.metric for m in found.views[0].metrics} == {"binary", "frequency", "per_reoffender"}
    assert found.chances[0] is not None


def test_a_refusal_pays_nothing(tmp_path):
    put(refused_release(justice()), tmp_path / "release")
    with pytest.raises(InputProblem, match="is a refusal, so that there is nothing to pay by"):
        read_figures([tmp_path], "peterborough")


def test_rounding_decides(tmp_path):
    """8.4 printed may have been 8.35 or 8.449: at a threshold of 8.4 nobody can tell."""
    text = MEASURE.replace("points", "percent") + MATCHED + "[rule]\nthreshold = 8.4\n" + PAY
    contract = read_contract(written(tmp_path, HEAD + text))
    file = table_of(tmp_path, "cohort,improvement", "A,8.4", name="f.csv")
    found = pay(contract, read_figures([file], "none"))
    assert found.depends_on_rounding
    assert (found.total.low, found.total.value, found.total.high) == (0, 100, 100)


def test_bounds_of_a_function_are_at_its_corners():
    found = combined(lambda a, b: a / b, Printed(4, 3, 5), Printed(2, 1, 4))
    assert (found.value, found.low, found.high) == (2, 0.75, 5)


@pytest.mark.parametrize(
    ("people", "profile", "half"),
    [
        (870, "lab", 0.5),
        (100, "lab", 1.0),
        (50, "lab", 2.5),
        (870, "opensafely", 0.5 + 5 * 131 / 865),
        (870, "of our own", 0.5 + 5 * 131 / 865),
    ],
)
def test_a_released_rate_carries_the_rounding_of_its_profile(people, profile, half):
    release = lower_release(justice())
    made = release.provenance.model_copy(update={"disclosure_profile": profile})
    release = release.model_copy(update={"provenance": made})
    rate = next(m for m in release.measures if m.kind == "rate")
    row = rate.model_copy(update={"n_treatment": people, "treatment": 31.0})
    found = rate_as_released(release, row, "treatment")
    assert (found.high - 31, 31 - found.low) == pytest.approx((half, half))


def test_lasting_outcomes_should_rise_and_severity_fall(tmp_path):
    sustained = MEASURE.replace("binary", "sustained") + MATCHED + RULE + "[pay]\nprice = 10\n"
    contract = read_contract(written(tmp_path, HEAD + sustained))
    columns = "cohort,people,sustained,comparison_sustained,severity,comparison_severity"
    file = table_of(tmp_path, columns, "A,200,40,30,130,100", name="f.csv")
    found = pay(contract, read_figures([file], "none"))
    assert found.total.value == pytest.approx(10 * 0.10 * 200)
    assert (found.views[0].better, found.views[0].worse) == (("sustained",), ("severity",))
    assert found.disagreeing
    severity = MEASURE.replace("binary", "severity").replace("points", "percent") + MATCHED + RULE + PAY
    worse = pay(read_contract(written(tmp_path, HEAD + severity)), read_figures([file], "none"))
    assert (worse.measured.cohorts[0].meets, worse.total.value) == (False, 0)
    assert worse.measured.cohorts[0].improvement.value.value == pytest.approx(-30)
