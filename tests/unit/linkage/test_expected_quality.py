"""Expected precision and recall, by hand on five people; at other thresholds; found against not found."""

import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.linkage.link import DECISIONS
from likeforlike.linkage.quality import linked_against_unlinked, threshold_table
from support.links import candidate, candidates_of, linked_list, listed_people

FIVE = candidates_of(
    candidate(0, "A", 20, 0.99, named=True),
    candidate(1, "B", 8, 0.95),
    candidate(1, "C", 3, 0.04),
    candidate(2, "D", 1, 0.6),
    candidate(3, "E", -2, 0.2),
    candidate(3, "F", -2, 0.2),
)
PEOPLE = [
    {"surname": "Abel", "gender": "male"},
    {"surname": "Baker", "gender": "female"},
    {"surname": "Cole", "gender": "male"},
    {"surname": "Dunn", "gender": "female"},
    {"surname": "Ely"},
]


def quality(people=PEOPLE, candidates=FIVE):
    links, _ = linked_list(listed_people(*people), candidates)
    return links.quality


def row(table, group, level):
    return table.row(by_predicate=(pl.col("group") == group) & (pl.col("level") == level), named=True)


def test_five_people_by_hand():
    everyone = row(quality(), "Everyone", "")
    assert (everyone["submitted"], everyone["linked"], everyone["by_identifier"]) == (5, 2, 1)
    assert everyone["share_linked"] == 0.4
    assert everyone["expected_precision"] == pytest.approx((0.99 + 0.95) / 2)
    assert everyone["expected_recall"] == pytest.approx((0.99 + 0.95) / (0.99 + 0.99 + 0.6 + 0.4), abs=1e-6)


def test_a_group_by_hand():
    table = quality()
    men, women, neither = (row(table, "Gender", level) for level in ("Male", "Female", "not given"))
    assert (men["submitted"], men["linked"], men["expected_precision"]) == (2, 1, 0.99)
    assert men["expected_recall"] == pytest.approx(0.99 / 1.59, abs=1e-6)
    assert women["expected_recall"] == pytest.approx(0.95 / 1.39, abs=1e-6)
    assert (neither["submitted"], neither["linked"], neither["expected_precision"]) == (1, 0, None)


def test_a_report_shows_everyone_and_the_labs_groups_and_no_others():
    table = quality()
    assert table.filter("released")["group"].unique(maintain_order=True).to_list() == ["Everyone", "Gender"]
    assert not table.filter(pl.col("group") == "Postcode")["released"].any()
    assert table.columns == [
        *("group", "level", "released", "recorded", "submitted", "linked", "by_identifier", "share_linked"),
        *("expected_precision", "expected_recall", "recall_at_expected_share"),
    ]


def test_recall_at_the_expected_share_by_hand():
    # 1.94 links of 5 people of whom 4.25 are expected in the records; of 2 men 1.7 are, and 0.99 are linked
    table = quality()
    everyone, men = row(table, "Everyone", ""), row(table, "Gender", "Male")
    assert everyone["recall_at_expected_share"] == pytest.approx(1.94 / 4.25, abs=1e-6)
    assert men["recall_at_expected_share"] == pytest.approx(0.99 / 1.7, abs=1e-6)


def test_recall_at_the_expected_share_is_never_above_the_other():
    found = candidates_of(*(candidate(i, f"P{i}", 20, 0.95) for i in range(5)), candidate(0, "Q", 15, 0.02))
    everyone = row(quality(candidates=found), "Everyone", "")
    assert everyone["recall_at_expected_share"] == everyone["expected_recall"] < 1


def test_each_group_holds_everyone():
    sums = (
        quality()
        .filter(pl.col("group") != "Ethnicity as recorded")
        .group_by("group")
        .agg(pl.col("submitted", "linked", "by_identifier").sum())
    )
    assert sums.drop("group").unique().rows() == [(5, 2, 1)]


def test_nobody_is_expected_where_nobody_is_alike():
    everyone = row(quality(candidates=candidates_of()), "Everyone", "")
    assert (everyone["linked"], everyone["expected_precision"], everyone["expected_recall"]) == (
        0,
        None,
        None,
    )


def test_a_participant_is_one_person_at_most():
    candidates = candidates_of(
        candidate(0, "A", 20, 0.999999), *(candidate(0, f"B{i}", -9, 3e-6) for i in range(9))
    )
    assert row(quality(PEOPLE[:1], candidates), "Everyone", "")["expected_recall"] == 0.999999


def test_thresholds_by_hand():
    lab = load_lab("justice")
    table = threshold_table(lab, FIVE, pl.DataFrame(schema=DECISIONS))
    assert table.select("threshold", "chosen", "linked").rows() == [
        *((0.5, False, 3), (0.75, False, 2), (0.9, True, 2), (0.95, False, 2), (0.99, False, 1)),
        (0.999, False, 1),
    ]
    half = table.row(0, named=True)
    assert half["expected_precision"] == pytest.approx((0.99 + 0.95 + 0.6) / 3, abs=1e-6)
    assert half["expected_recall"] == pytest.approx(2.54 / 2.98, abs=1e-6)


@pytest.mark.parametrize("threshold", [0.5, 0.9, 0.93])
def test_the_labs_own_threshold_is_there_once(threshold):
    lab = load_lab("justice")
    lab = lab.model_copy(update={"linkage": lab.linkage.model_copy(update={"threshold": threshold})})
    table = threshold_table(lab, FIVE, pl.DataFrame(schema=DECISIONS))
    assert table.filter("chosen")["threshold"].to_list() == [threshold]
    assert table["threshold"].is_sorted()
    assert table["threshold"].is_unique().all()


def test_thresholds_without_candidates():
    table = threshold_table(
        load_lab("justice"),
        candidates_of(),
        pl.DataFrame(schema=DECISIONS),
    )
    assert table["linked"].unique().to_list() == [0]
    assert table["expected_recall"].null_count() == table["expected_precision"].null_count() == table.height


def test_found_against_not_found_by_hand():
    # found: Abel and Baker; not found: Cole, Dunn and Ely, of whom nobody is like Ely
    people = [p | {"gender": p.get("gender", "female")} for p in PEOPLE]
    table = linked_against_unlinked(quality(people))
    men, women = (row(table, "Gender", level) for level in ("Male", "Female"))
    assert (men["share_of_linked"], women["share_of_linked"]) == (0.5, 0.5)
    assert (men["share_of_unlinked"], women["share_of_unlinked"]) == pytest.approx((1 / 3, 2 / 3), abs=1e-6)
    assert (men["difference"], women["difference"]) == (16.67, -16.67)


def test_a_level_in_which_nobody_has_a_candidate_is_where_people_are_missed():
    missed = row(linked_against_unlinked(quality()), "Gender", "not given")
    assert (missed["share_of_linked"], missed["share_of_unlinked"]) == pytest.approx((0, 1 / 3), abs=1e-6)
    assert missed["difference"] == -33.33


def test_what_is_recorded_says_nothing_of_those_not_found():
    assert "Ethnicity as recorded" not in linked_against_unlinked(quality())["group"]
    assert "Everyone" not in linked_against_unlinked(quality())["group"]


def test_everyone_found_leaves_nobody_to_compare_with():
    found = candidates_of(*(candidate(i, f"P{i}", 20) for i in range(5)))
    table = linked_against_unlinked(quality(candidates=found))
    assert table.filter(pl.col("group") == "Gender")["share_of_linked"].sum() == pytest.approx(1, abs=1e-5)
    assert table["share_of_unlinked"].null_count() == table["difference"].null_count() == table.height
