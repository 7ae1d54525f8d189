"""Real precision and recall of a list whose people are known, by hand."""

import polars as pl
import pytest

from likeforlike.linkage.truth import true_quality
from support.links import candidate, candidates_of, linked_list, listed_people

PEOPLE = [{"gender": g} for g in ("male", "male", "female", "female", "female")]
CANDIDATES = candidates_of(
    candidate(0, "A", 20), candidate(1, "X", 20), candidate(2, "C", 20), candidate(4, "Y", 20)
)
TRUTH = pl.DataFrame(
    # the last of the list is not in the register; rows are those of the file
    {"row": [2, 3, 4, 5, 6], "person_id": ["A", "B", "C", "D", None]},
    schema_overrides={"row": pl.Int64},
)


def truth_of(candidates=CANDIDATES, known=TRUTH):
    recorded = {"people": pl.DataFrame({"person_id": list("ABCDXY"), "ethnicity": list("wwbbww")})}
    links, engine = linked_list(listed_people(*PEOPLE), candidates, recorded=recorded)
    return true_quality(links, engine, known)


def row(table, group, level):
    return table.row(by_predicate=(pl.col("group") == group) & (pl.col("level") == level), named=True)


def test_everyone_by_hand():
    everyone = row(truth_of(), "Everyone", "")
    assert (everyone["in_register"], everyone["linked"], everyone["right"]) == (4, 4, 2)
    assert (everyone["precision"], everyone["recall"]) == (0.5, 0.5)
    assert everyone["expected_precision"] == 0.99
    assert everyone["expected_recall"] == 1


def test_groups_by_hand():
    table = truth_of()
    men, women = row(table, "Gender", "Male"), row(table, "Gender", "Female")
    assert (men["precision"], men["recall"]) == (0.5, 0.5)
    assert (women["in_register"], women["linked"], women["right"]) == (2, 2, 1)


def test_groups_by_what_is_recorded_hold_those_in_the_register():
    table = truth_of().filter(pl.col("group") == "Ethnicity as recorded")
    assert table.select("level", "in_register", "linked", "right").rows() == [("B", 2, 1, 1), ("W", 2, 2, 1)]


def test_nobody_linked_has_recall_and_no_precision():
    everyone = row(truth_of(candidates_of()), "Everyone", "")
    assert (everyone["precision"], everyone["recall"]) == (None, 0)


def test_nobody_in_the_register_has_no_recall():
    nobody = TRUTH.with_columns(person_id=pl.lit(None, pl.String))
    everyone = row(truth_of(known=nobody), "Everyone", "")
    assert (everyone["precision"], everyone["recall"]) == (0, None)


@pytest.mark.parametrize("order", [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]])
def test_the_order_of_the_truth_does_not_matter(order):
    assert truth_of(known=TRUTH[order]).equals(truth_of())
