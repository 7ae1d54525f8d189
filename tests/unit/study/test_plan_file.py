"""A plan file: what is right changes the lab's plan, what is wrong is one sentence that names it."""

import pytest

from likeforlike.checks.run import CHECKS as THERE_ARE
from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab
from likeforlike.plan import CHECKS, Plan
from likeforlike.read import read_plan

LAB = load_lab("justice")
PART = "[[sub_groups]]\nname = 'a'\nlabel = 'A'\nwhere = "
ARMS = "[trial]\ntreated = 'offered'\ncomparison = 'not'\ncolumn = "


def plan_of(tmp_path, text: str) -> Plan:
    (tmp_path / "plan.toml").write_text(text)
    return read_plan(tmp_path / "plan.toml", LAB)


def test_an_empty_file_is_the_labs_own_plan(tmp_path):
    assert plan_of(tmp_path, "").sha256 == Plan.of_lab(LAB).sha256


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("months = 24", "months", 24),
        ("measures = ['reoffended']", "headline", ("reoffended",)),
        ("measures = ['first_custody']", "headline", ("first_custody",)),
        ("covariates = ['sex', 'region']", "interactions", ()),
        ("interactions = [['sex', 'age_at_index']]", "interactions", (("sex", "age_at_index"),)),
        ("place = 'region'", "place", "region"),
        ("checks = []", "checks", ()),
        ("margin = 2", "margin", 2.0),
        ("bootstrap = 500", "bootstrap", 500),
        ("seed = 123456789012345678901234567890", "seed", 123456789012345678901234567890),
    ],
)
def test_what_a_file_says_is_done(tmp_path, text, key, value):
    assert getattr(plan_of(tmp_path, text), key) == value


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("", ("sex", "index_kind", "index_quarter")),
        ("covariates = ['index_kind', 'region', 'sex']", ("sex", "index_kind")),
        ("[matching]\nmethod = 'nearest'", ("sex", "index_kind", "index_quarter")),
        ("[matching]\nmethod = 'odds'", ()),
        ("[matching]\nexact = ['region']", ("region",)),
    ],
)
def test_the_labs_strata_stay_as_far_as_they_make_sense(tmp_path, text, exact):
    assert plan_of(tmp_path, text).matching.exact == exact


@pytest.mark.parametrize(
    "where",
    [
        "reference = 'Leeds'",
        "gender = 'female' and age_at_index < 25",
        "no_previous",
        "reference is null",
        "previous_sanctions between 1 and 3",
        "index_kind like 'custody%'",
        "case when age_at_index > 30 then true when age_at_index < 20 then false end",
    ],
)
def test_conditions_that_can_be_used(tmp_path, where):
    assert plan_of(tmp_path, f'{PART}"{where}"').sub_groups[0].where == where


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("measures = []", "nothing in its measures"),
        ("headline = []", "nothing in its headline"),
        ("covariates = []", "nothing in its covariates"),
        ("measures = ['nope']", "'nope' in its measures"),
        ("headline = ['reoffences']\nmeasures = ['reoffended']", "'reoffences' in its headline"),
        ("covariates = ['nope']", "'nope' in its covariates"),
        ("covariates = ['Sex']", "'covariates[1]' is wrong: it must be a name in small letters"),
        ("covariates = ['sex', 'sex']", "'sex' twice in its covariates"),
        ("covariates = 'sex'", "'covariates' is wrong: it must be a list"),
        ("covariates = [1]", "'covariates[1]' is wrong: it must be text"),
        ("interactions = [['sex', 'nope']]", "'nope' in its exact or interactions"),
        (
            "interactions = [['sex', 'region', 'ethnicity']]",
            "'interactions[1]' is wrong: it must have at most 2",
        ),
        ("interactions = [['sex', 'region'], ['region', 'sex']]", "'region and sex' twice"),
        ("months = 0", "'months' is wrong: it must be at least 1"),
        ("bootstrap = -1", "'bootstrap' is wrong: it must be at least 0"),
        ("bootstrap = true", "'bootstrap' is wrong"),
        ("months = 1000000", "'months' is wrong: it must be at most 600"),
        ("months = 12.5", "'months' is wrong: it must be a whole number"),
        ("margin = inf", "'margin' is wrong: it must be an ordinary number"),
        ("margin = nan", "'margin' is wrong: it must be an ordinary number"),
        ("thresholds = [1.5]", "'thresholds[1]' is wrong: it must be less than 1"),
        ("checks = ['nope']", "'nope' in its checks"),
        ("place = 'age_at_index'", "'age_at_index' in its place, which is no category"),
        ("matching = 3", "'matching' is wrong: it must be a table of keys"),
        ("[matching]\nmethod = 'genetic'", "'matching.method' is wrong: it must be one of 'radius'"),
        ("[matching]\ncaliper = inf", "infinite calliper"),
        ("[matching]\ncalipers = [0.1, inf]", "infinite calliper"),
        ("[matching]\ncaliper = nan", "'matching.caliper' is wrong"),
        ("[matching]\ngreen_smd = 0.2", "amber not below green"),
        ("[matching]\ngreen_smd = nan", "must be above 0"),
        ("[matching]\nexact = ['nope']", "'nope' in its exact"),
        ("[matching]\nmethod = 'entropy'\nexact = ['sex']", "not with 'entropy'"),
        ("[matching]\nratio = 0", "'matching.ratio' is wrong: it must be at least 1"),
        ("[matching]\nfoo = 1", "there is no key 'matching.foo'"),
        (PART + '""', "'sub_groups[1].where' is wrong: it must not be empty"),
        (PART + '"nope = 1"', "names 'nope' in its condition"),
        (PART + "\"surname = 'Smith'\"", "names 'surname' in its condition"),
        (PART + '"treated"', "names 'treated' in its condition"),
        (PART + '"age_at_index >"', "cannot be used"),
        (PART + '"age_at_index"', "cannot be used"),
        (PART + "\"age_at_index = 'x'\"", "cannot be used"),
        (PART + "\"region ~ '['\"", "cannot be used"),
        (PART + '"max(age_at_index) > 3"', "cannot be used"),
        (PART + '"1 = 1"', "cannot be used"),
        (PART + '"age_at_index > (select 3)"', "cannot be used"),
        (PART + '"true; drop table x"', "cannot be used"),
        (PART + '"no_previous"\n' + PART + '"no_previous"', "'a' twice in its sub_groups"),
        (ARMS + "'nope'", "'nope' in its trial"),
        (ARMS + "'surname'", "'surname' in its trial"),
        (ARMS + "'index_date'", "'index_date' in its trial"),
        ("[trial]\ncolumn = 'reference'\ntreated = 'a'\ncomparison = 'a'", "both arms 'a'"),
        ("[trial]\ncolumn = 'reference'\ntreated = 'a'", "'trial.comparison' is missing"),
        ("seed = 1\na = ]", "plan.toml is not valid TOML text at line 2"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path, text, words):
    with pytest.raises(InputProblem) as problem:
        plan_of(tmp_path, text)
    assert words in str(problem.value)
    assert "\n" not in str(problem.value)
    assert problem.value.exit_code == 2


def test_the_checks_that_a_plan_may_name_are_those_there_are():
    assert tuple(check.name for check in THERE_ARE) == CHECKS
