"""What to expect of a list: shares from history, dates, effects, help; and what is refused."""

import json
from datetime import date

import pytest

from likeforlike.errors import InputProblem, LabProblem
from likeforlike.evidence import assess_list, read_history
from likeforlike.evidence.readiness.share import predicted_share
from likeforlike.intake import read_cohort
from likeforlike.labs import load_lab
from likeforlike.labs.definition import History, PastFlow
from support.cohorts import any_size_lab, cohort_file, people

TODAY = date(2022, 9, 1)
LAB = load_lab("justice")


def listed(tmp_path, count, lab=LAB, **changes):
    return read_cohort(cohort_file(tmp_path / "people.csv", people(count, **changes)), lab)


def flows(*parts):
    return tuple(
        PastFlow(programme=str(i), submitted=whole, analysed=inside, source="test")
        for i, (whole, inside) in enumerate(parts)
    )


def test_what_to_expect(tmp_path):
    found = assess_list(listed(tmp_path, 300), read_history(LAB), TODAY)
    low, middle, high = found.analysed_people
    assert 0 < low < middle < high < 300
    assert (found.people, found.minimum, found.must_fix, found.verdict) == (300, 60, 0, "send")
    assert [s.measure.name for s in found.seen] == ["reoffended", "reoffences", "offence_free_days"]
    rate = found.seen[0]
    assert rate.at_least < rate.smallest < rate.at_most
    assert [c.effect for c in rate.chances] == pytest.approx([2.0, 5.0, 10.0])
    assert json.loads(json.dumps(found.to_dict()))["verdict"] == "send"
    assert "300 people, 0 problems to fix first" in found.summary()
    assert found.to_frame().height == 9


def test_when_outcomes_are_known(tmp_path):
    """Index dates are 20 January to 15 November 2021; outcomes happen within a year and count half a year later."""
    outcome, settled = assess_list(listed(tmp_path, 300), read_history(LAB), TODAY).due
    assert (outcome.months, outcome.all, outcome.what) == (12, date(2022, 11, 15), "outcome")
    assert (settled.months, settled.all, settled.what) == (18, date(2023, 5, 15), "settled")
    assert outcome.half == date(2022, 6, 18)
    assert outcome.ready == (date(2021, 9, 1) - date(2021, 1, 20)).days + 1
    assert settled.ready == (date(2021, 3, 1) - date(2021, 1, 20)).days + 1


def test_the_first_date_that_is_filled_in_counts(tmp_path):
    later = listed(tmp_path, 80, index_date="", conviction_date="")
    _, settled = assess_list(later, read_history(LAB), TODAY).due
    assert settled.all == date(2022, 10, 23)


def test_without_dates_nothing_is_said_about_when(tmp_path):
    lab = any_size_lab()
    rows = people(70, index_date="", conviction_date="", intervention_start="")
    found = assess_list(read_cohort(cohort_file(tmp_path / "p.csv", rows), lab), read_history(lab), TODAY)
    assert (found.due, found.helps.without_date) == ((), 70)
    assert found.verdict == "fix_first"


def test_small_lists_are_told_that_there_may_be_no_result(tmp_path):
    assert assess_list(listed(tmp_path, 70), read_history(LAB), TODAY).verdict == "may_be_refused"
    few = assess_list(listed(tmp_path, 40, any_size_lab()), read_history(LAB), TODAY)
    assert few.refused > 0.4
    cohort = listed(tmp_path, 40)
    assert assess_list(cohort, read_history(LAB), TODAY).verdict in ("fix_first", "too_few")


def test_what_would_help(tmp_path):
    found = assess_list(listed(tmp_path, 200, pnc_id=""), read_history(LAB), TODAY)
    assert [m.label for m in found.helps.missing] == ["PNC ID"]
    assert found.helps.missing[0].rows == 200
    two, four = found.helps.together
    assert two.smallest == pytest.approx(found.seen[0].smallest / 2**0.5)
    assert four.smallest == pytest.approx(found.seen[0].smallest / 2)
    for effect, people_needed in found.helps.list_for:
        assert found.seen[0].smallest_of(people_needed * found.analysed.middle) == pytest.approx(
            effect, rel=0.01
        )
    assert found.helps.waiting == 200 - found.due[-1].ready


def test_shares_are_learned_from_requests_that_were_alike():
    alike = predicted_share([(1000, 500), (2000, 1000), (500, 250), (800, 400)])
    assert alike.middle == pytest.approx(0.5, abs=0.005)
    assert 0.47 < alike.low < alike.high < 0.53
    unlike = predicted_share([(1000, 100), (1000, 900), (1000, 500), (1000, 300)])
    assert unlike.high - unlike.low > 0.5
    assert predicted_share([(10, 5), (10, 6)]) is None
    assert predicted_share([(100, 100), (50, 50), (80, 80)]).middle > 0.98


def test_chance_below_is_the_distribution_that_the_range_is_of():
    share = predicted_share([(321, 72), (203, 142), (76500, 8513), (64, 30)])
    assert share.chance_below(share.low) == pytest.approx(0.1)
    assert share.chance_below(share.middle) == pytest.approx(0.5)
    assert share.chance_below(share.high) == pytest.approx(0.9)
    assert (share.chance_below(1.2), share.chance_below(0.0)) == (1.0, 0.0)


def test_too_little_history(tmp_path):
    history = History(past_flow=flows((10, 5), (10, 6)))
    with pytest.raises(InputProblem, match="The history has 2 earlier requests, and 3 are needed"):
        assess_list(listed(tmp_path, 70), history, TODAY)


def test_a_history_without_measures_tells_only_of_shares(tmp_path):
    found = assess_list(listed(tmp_path, 70), History(past_flow=flows((10, 5), (10, 6), (10, 4))), TODAY)
    assert (found.seen, found.helps.together, found.helps.list_for) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[[past_flow]]\nprogramme = 'A'\nsubmitted = 5\nanalysed = 9\nsource = 's'\n",
            "more people were analysed",
        ),
        ("[[past_flow]]\nprogramme = 'A'\nsubmitted = 5\nanalysed = 3\n", "'past_flow[1].source' is missing"),
        ("[[typical]]\nmeasure = 'joy'\nmean = 1\nsource = 's'\n", "there is no measure 'joy' in the lab"),
        ("per_participant = 0\n", "the key 'per_participant' is wrong: it must be more than 0"),
    ],
)
def test_mistakes_in_a_history(tmp_path, text, says):
    file = tmp_path / "history.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        read_history(LAB, file)
    assert says in str(problem.value)


def test_a_lab_without_history(tmp_path):
    with pytest.raises(InputProblem, match="has published no history of requests: give one with --history"):
        read_history(LAB.model_copy(update={"history": None}))


def copied_lab(tmp_path, history):
    from shutil import copytree

    from likeforlike.labs.read import HERE

    folder = tmp_path / "lab"
    copytree(HERE / "justice", folder)
    (folder / "history.toml").write_text(history, encoding="utf-8")
    return folder


def test_a_history_changes_no_hash(tmp_path):
    assert load_lab(copied_lab(tmp_path, "per_participant = 5\n")).sha256 == LAB.sha256


@pytest.mark.parametrize(
    ("history", "says"),
    [
        ("[[typical]]\nmeasure = 'reoffended'\nmean = 35\nsource = 's'\n", "a rate lies between 0 and 1"),
        ("[[typical]]\nmeasure = 'reoffences'\nmean = 1\nsource = 's'\n", "'typical.dispersion' is missing"),
        (
            "[[typical]]\nmeasure = 'offence_free_days'\nmean = 1\nsource = 's'\n",
            "'typical.spread' is missing",
        ),
        ("[[typical]]\nmeasure = 'joy'\nmean = 1\nsource = 's'\n", "history.toml"),
    ],
)
def test_mistakes_in_a_labs_own_history(tmp_path, history, says):
    with pytest.raises(LabProblem) as problem:
        load_lab(copied_lab(tmp_path, history))
    assert says in str(problem.value)
