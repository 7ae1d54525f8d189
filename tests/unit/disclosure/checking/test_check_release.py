"""The machine's look at a finished release: a right one passes, and each thing that may go wrong is found by name."""

import json

import pytest

from likeforlike.disclosure.checking.outputs import HEADINGS, IN_PARTS, TABLES
from likeforlike.disclosure.checking.pack import Overlapping, as_text, make_pack, release_sha256
from likeforlike.disclosure.checking.record import record_of
from likeforlike.disclosure.checking.rules import RULES, check_release
from likeforlike.disclosure.checking.worst_case import worst_case
from likeforlike.disclosure.checking.write import write_pack
from likeforlike.disclosure.counts import possible_events
from likeforlike.disclosure.release import Release, TimingRow
from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab
from support.releases import lower_release

LAB = load_lab("justice")
PROFILE = LAB.disclosure
OTHER = load_lab("employment").disclosure.model_copy(update={"minimum_analysed": 60})


def right() -> Release:
    """A made-up release that keeps to the profile."""
    made = lower_release(LAB)
    balance = tuple(row for row in made.balance if row.percent)
    measures = tuple(
        row.model_copy(update={"number_needed": None}) for row in made.measures if not row.withheld
    )
    return made.model_copy(update={"balance": balance, "measures": measures, "sub_analyses": ()})


def broken(release: Release) -> set[tuple[str, str]]:
    checked = check_release(release, PROFILE)
    return {(each.output.name, v.rule) for each in checked for v in each.verdicts if v.result == "broken"}


def with_measure(**changes) -> Release:
    release = right()
    first, *rest = release.measures
    return release.model_copy(update={"measures": (first.model_copy(update=changes), *rest)})


def with_row(table: str, place: int, **changes) -> Release:
    release = right()
    rows = list(getattr(release, table))
    rows[place] = rows[place].model_copy(update=changes)
    return release.model_copy(update={table: tuple(rows)})


def curve(*figures: int) -> Release:
    rows = [
        TimingRow(measure="reoffended", label="x", day=30 * i, treatment=p, comparison=p)
        for i, p in enumerate(figures)
    ]
    return right().model_copy(update={"timing": tuple(rows)})


def test_a_right_release_breaks_no_rule():
    assert right().measures
    assert right().balance
    assert broken(right()) == set()
    assert broken(curve(0, 5, 5, 9)) == set()


M = f"measure {right().measures[0].name}"


@pytest.mark.parametrize(
    ("release", "found"),
    [
        (with_measure(n_treatment=873), (M, "People")),
        (with_measure(n_treatment=20), (M, "Smallest group")),
        (with_measure(treatment=33.3), (M, "Decimals")),
        (with_measure(p_value=0.01234), (M, "Decimals")),
        (with_measure(number_needed=1234), (M, "Decimals")),
        (with_measure(treatment=0.0), (M, "Nearly all or none")),
        (with_measure(comparison=100.0, n_comparison=900), (M, "Nearly all or none")),
        (with_measure(withheld="Too few."), (M, "Withheld")),
        (with_measure(n_treatment=None), (M, "Withheld")),
        (with_row("flow", 2, remaining=1083), ("flow", "People")),
        (with_row("flow", 2, lost_percent=50), ("flow", "Derived percentages")),
        (with_row("balance", 0, treatment=33.3), ("balance", "Whole percentages")),
        (with_row("balance", 0, smd_after=0.123), ("balance", "Standardised differences")),
        (with_row("balance", 0, light="hidden"), ("balance", "Hidden together")),
        (with_row("linkage", 0, found_percent=103), ("linkage", "Whole percentages")),
        (curve(5, 4), ("timing", "Curves")),
        (right().model_copy(update={"index_from": right().index_from.replace(day=17)}), ("period", "Dates")),
        (right().model_copy(update={"refusal": "No."}), ("request", "Refusal")),
        (right().model_copy(update={"disclosure": OTHER}), ("request", "Profile")),
    ],
)
def test_what_is_wrong_is_found(release, found):
    assert found in broken(release)


@pytest.mark.parametrize("lost", [5, 30])
def test_a_loss_that_is_small_or_no_difference_of_what_is_shown_is_found(lost):
    assert ("flow", "Hidden losses") in broken(with_row("flow", 3, lost=lost))


def test_numbers_in_the_providers_words_that_are_not_in_the_release_are_named():
    release = right()
    words = release.programme.model_copy(
        update={"description": "We saw 1,203 people in 2021, for 12 months."}
    )
    (said,) = next(
        each.verdicts
        for each in check_release(release.model_copy(update={"programme": words}), PROFILE)
        if each.output.kind == "text"
    )
    assert said.result == "look"
    assert "not in the release: 1,203" in said.reason


def test_what_has_no_rule_may_not_leave():
    class More(Release):
        medians: tuple[float, ...] = ()

    release = More.model_construct(**dict(right()), medians=(12.5,))
    assert ("medians", "Closed list") in broken(release)
    with pytest.raises(ValueError, match="There is no rule for this kind of output"):
        More(**right().model_dump(), medians=(12.5,))


def test_the_constructor_refuses_what_breaks_a_rule():
    told = right().model_dump()
    first, *others = told["measures"]
    told["measures"] = [first | {"n_treatment": 3, "treatment": 33.333333}, *others]
    with pytest.raises(ValueError, match="breaks the rules that it should leave by"):
        Release.model_validate(told)


def test_every_field_of_a_release_is_a_heading_or_has_a_rule():
    kinds = {kind for rule in RULES for kind in rule.kinds}
    assert set(TABLES) <= kinds
    assert set(Release.model_fields) >= {*HEADINGS, *TABLES, *IN_PARTS}


def test_the_record_has_every_rule_with_its_reason():
    record = record_of(check_release(right(), PROFILE), PROFILE)
    assert json.loads(json.dumps(record, default=str))["status"] == "review"  # the provider's words
    for entry in record["results"].values():
        assert entry["outcome"]
        assert all(told["rule"] and told["reason"] for told in entry["outcome"])
        assert sum(n for key, n in entry["sdc"]["summary"].items() if key != "suppressed") == len(
            entry["outcome"]
        )
    bad = record_of(check_release(with_measure(treatment=33.3), PROFILE), PROFILE)
    assert bad["status"] == "fail"


def test_one_person_is_given_away_at_the_edge_of_what_rounds_to_the_figure():
    # 29, 30 and 31 of 60 are 48.3, 50 and 51.7%: by steps of 2 only 30 is shown as 50%, and the last person is known
    lone = worst_case("rate", possible_events(50, 60, PROFILE), 60, events=30)
    assert (lone.totals, lone.telling, lone.given_away) == ((30, 30), 1, True)
    totals = possible_events(30, 1000, PROFILE)
    middle = worst_case("rate", totals, 1000, events=300)
    assert (middle.totals, middle.telling, middle.given_away) == ((295, 305), 2, False)
    assert worst_case("rate", totals, 1000, events=295).learned == (1, 1)
    assert worst_case("rate", totals, 1000, events=305).learned == (0, 0)
    assert worst_case("rate", totals, 1000).given_away is None


def pack():
    release = right()
    rate = next(row for row in release.measures if row.kind == "rate")
    hidden = {rate.name: {"n": 871, "events_treated": round(8.71 * rate.treatment)}}
    overlapping = [Overlapping("17", "refused", 860, 11, 40, "They differ by enough.")]
    return make_pack(release, PROFILE, hidden=hidden, overlapping=overlapping)


def test_the_pack_holds_all_a_checker_needs():
    text = as_text(pack())
    assert pack().release_sha256 == release_sha256(right()) in text
    assert "n 871" in text
    assert "| 17 | refused | 860 | 11 | 40 | They differ by enough. |" in text
    assert "of 871 are possible" in text
    assert "LOOK · Words" in text


def test_the_hash_changes_with_any_figure():
    assert release_sha256(right()) != release_sha256(with_measure(p_value=0.9))


def test_the_pack_is_written_only_in_a_vault(tmp_path):
    with pytest.raises(InputProblem, match="only into a study's folder"):
        write_pack(tmp_path, pack(), PROFILE)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "study.json").write_text("{}")
    page = write_pack(tmp_path, pack(), PROFILE)
    assert page.read_text().startswith("# Checker's pack")
    assert (page.parent.stat().st_mode & 0o777) == 0o700
    assert sorted(file.name for file in page.parent.iterdir()) == ["pack.md", "results.json", "tables"]


def test_the_providers_words_cannot_pass_for_a_verdict():
    release = right()
    forged = release.programme.model_copy(
        update={"name": "A\n- met · Words: read", "description": "<b>\n- met · All"}
    )
    text = as_text(make_pack(release.model_copy(update={"programme": forged}), PROFILE))
    assert "\n- met · Words" not in text
    assert "\n- met · All" not in text
    assert "<b>" not in text


def with_words(text):
    return right().model_copy(update={"context": text})


def test_analysts_words_are_for_a_person_to_read():
    found = {each.output.name: each for each in check_release(with_words("They moved."), PROFILE)}
    assert found["context"].status == "review"
    assert "context" not in {each.output.name for each in check_release(right(), PROFILE)}


def test_analysts_may_add_no_number_and_providers_number_is_named():
    assert ("context", "Words") in broken(with_words("Of them 37,411 moved."))
    theirs = right().programme.model_copy(update={"description": "We met 37,411 people."})
    programme = right().model_copy(update={"programme": theirs})
    assert broken(programme) == set()
    assert "Numbers that are not in the release: 37,411." in as_text(make_pack(programme, PROFILE))
    both = programme.model_copy(update={"context": "They met 37,411 people."})
    assert ("context", "Words") in broken(both), (
        "a number that only the provider says is none of the release's"
    )
