"""What a review says of precision and recall: by hand, and against the truth in many artificial populations."""

import math

import numpy as np
import polars as pl
import pytest
from scipy.stats import betabinom

from likeforlike.linkage.clerical.draw import best_candidates, review_set
from likeforlike.linkage.clerical.quality import QUALITY, reviewed_quality
from support.links import candidate, candidates_of

JUDGED = {"participant": pl.Int64, "person_id": pl.String, "same": pl.Boolean}
LINKS = {"participant": pl.Int64, "person_id": pl.String}


def population(*strata: tuple[int, bool, float]):
    """Best candidates: so many, linked or not, with one match probability."""
    rows, linked = [], []
    for size, is_link, probability in strata:
        for _ in range(size):
            number = len(rows)
            rows.append(candidate(number, f"P{number}", 0, probability))
            linked += [(number, f"P{number}")] if is_link else []
    return best_candidates(candidates_of(*rows), pl.DataFrame(linked, schema=LINKS, orient="row"))


def judged(*decisions: tuple[int, bool]):
    return pl.DataFrame([(n, f"P{n}", same) for n, same in decisions], schema=JUDGED, orient="row")


def terms(table):
    assert dict(table.schema) == dict(QUALITY)
    return {row["term"]: row for row in table.to_dicts()}


def test_a_review_of_everything_is_certain():
    best = population((4, True, 0.95), (4, False, 0.3))
    decisions = judged(
        (0, True), (1, True), (2, True), (3, False), (4, True), (5, False), (6, False), (7, False)
    )
    found = terms(reviewed_quality(best, decisions))
    assert (found["precision"]["estimate"], found["recall"]["estimate"]) == (0.75, 0.75)
    assert (found["precision"]["std_error"], found["recall"]["std_error"]) == (0, 0)
    assert found["precision"]["reviewed"] == 4
    assert found["recall"]["reviewed"] == 8
    assert (found["recall"]["of_pairs"], found["recall"]["not_reviewed"]) == (8, 0)
    assert found["precision"]["links"] == "before the review"


def test_strata_that_nobody_looked_at_may_be_anything():
    """The model's word makes the estimate, and no interval: with nothing seen it reaches from nearly none to all."""
    found = terms(reviewed_quality(population((10, True, 0.99999), (10, False, 0.3)), judged()))
    assert found["precision"]["estimate"] == pytest.approx(0.99999)
    assert found["recall"]["estimate"] == pytest.approx(9.9999 / (9.9999 + 3))
    for row in found.values():
        assert row["conf_low"] < 0.05
        assert row["conf_high"] > 0.95
        assert (row["reviewed"], row["not_reviewed"]) == (0, row["of_pairs"])


def test_five_of_a_hundred_looked_at_is_no_certainty():
    found = terms(
        reviewed_quality(population((97, True, 0.99999), (5, True, 0.95)), judged((97, True), (98, True)))
    )
    assert found["precision"]["conf_low"] < 0.1
    assert found["precision"]["not_reviewed"] == 97


def test_the_models_word_is_taken_for_the_hopeless_only():
    found = terms(
        reviewed_quality(population((2, True, 0.95), (900, False, 0.0001)), judged((0, True), (1, True)))
    )
    assert found["recall"]["estimate"] == pytest.approx(2 / 2.09)
    assert found["recall"]["std_error"] == pytest.approx(0, abs=1e-9)
    assert found["recall"]["not_reviewed"] == 900


def test_a_sample_by_hand():
    # 20 links of which 10 are looked at, 9 right; 40 others of which 8 are looked at, 2 are the person after all
    best = population((20, True, 0.95), (40, False, 0.3))
    decisions = judged(*((i, i != 0) for i in range(10)), *((20 + i, i < 2) for i in range(8)))
    found = terms(reviewed_quality(best, decisions))
    assert found["precision"]["estimate"] == pytest.approx(0.9)
    assert found["recall"]["estimate"] == pytest.approx(18 / 28)
    # the ten unseen follow the beta-binomial of Jeffreys' prior with 9 of 10: by its formulas
    a, b, unseen = 9.5, 1.5, 10
    mean = (9 + unseen * a / (a + b)) / 20
    variance = unseen * a * b * (a + b + unseen) / ((a + b) ** 2 * (a + b + 1))
    assert found["precision"]["std_error"] == pytest.approx(math.sqrt(variance) / 20, rel=0.05)
    low, high = (betabinom(unseen, a, b).ppf(q) for q in (0.025, 0.975))
    assert found["precision"]["conf_low"] == pytest.approx((9 + low) / 20, abs=0.05)
    assert found["precision"]["conf_high"] == pytest.approx((9 + high) / 20, abs=0.05)
    assert found["precision"]["conf_low"] < mean < found["precision"]["conf_high"]


def test_intervals_stay_between_nothing_and_everything():
    for same in (True, False):
        table = reviewed_quality(population((50, True, 0.95)), judged((0, same), (1, same)))
        assert table["conf_low"].min() >= 0
        assert table["conf_high"].max() <= 1


def test_ten_of_ten_right_is_not_certainty():
    table = reviewed_quality(population((100, True, 0.95)), judged(*((i, True) for i in range(10))))
    assert terms(table)["precision"]["conf_low"] < 0.95


def test_pairs_that_reviewers_are_unsure_of_are_not_counted():
    best = population((20, True, 0.95))
    assert terms(reviewed_quality(best, judged((0, True))))["precision"]["reviewed"] == 1


def test_nobody_linked_and_nobody_alike():
    assert set(terms(reviewed_quality(population((5, False, 0.3)), judged()))) == {"recall"}
    assert terms(reviewed_quality(population(), judged())) == {}


def test_identifiers_that_are_always_looked_at_do_not_speak_for_others():
    """A wrong number leads reviewers to 2 of 400 unlikely pairs; the other 398 were not looked at."""
    rows = [candidate(i, f"P{i}", 20, 0.99999) for i in range(300)]
    rows += [
        candidate(300 + i, f"P{300 + i}", -11, 0.0005, named=i < 2, contradicted=i < 2) for i in range(400)
    ]
    candidates = candidates_of(*rows)
    links = pl.DataFrame([(i, f"P{i}") for i in range(300)], schema=LINKS, orient="row")
    drawn = review_set(candidates, links)
    assert drawn.filter("conflict")["participant"].to_list() == [300, 301]
    assert drawn.filter(~pl.col("linked")).height == 2
    found = terms(reviewed_quality(best_candidates(candidates, links), judged((300, True), (301, True))))
    assert found["recall"]["estimate"] == pytest.approx(300 / 302, abs=0.005)


DRAWS = 400
STRATA = (0.02, 0.3, 0.7, 0.95, 0.995, 0.99999)
REALLY = (0.12, 0.45, 0.5, 0.8, 0.955, 0.99999)


def simulated(seed: int) -> tuple[dict, dict]:
    """One population with a model that is wrong, a review of it, and the truth."""
    rng = np.random.default_rng(seed)
    size = rng.integers(60, 200, len(STRATA))
    said = np.repeat(STRATA, size)
    true = rng.random(len(said)) < np.repeat(REALLY, size)
    linked = said >= 0.9
    rows = [candidate(i, f"P{i}", 0, p) for i, p in enumerate(said.tolist())]
    links = pl.DataFrame([(i, f"P{i}") for i in np.flatnonzero(linked).tolist()], schema=LINKS, orient="row")
    candidates = candidates_of(*rows)
    drawn = review_set(candidates, links, size=150, seed=seed)["participant"].to_list()
    table = reviewed_quality(best_candidates(candidates, links), judged(*((i, bool(true[i])) for i in drawn)))
    right = (true & linked).sum()
    return terms(table), {"precision": right / linked.sum(), "recall": right / true.sum()}


def test_intervals_hold_the_truth_as_often_as_they_say():
    held = {"precision": 0, "recall": 0}
    bias = {"precision": 0.0, "recall": 0.0}
    for seed in range(DRAWS):
        found, truth = simulated(seed)
        for term, row in found.items():
            held[term] += bool(row["conf_low"] <= truth[term] <= row["conf_high"])
            bias[term] += (row["estimate"] - truth[term]) / DRAWS
    assert {term: 0.90 <= count / DRAWS <= 0.99 for term, count in held.items()} == dict.fromkeys(held, True)
    assert all(abs(b) < 0.005 for b in bias.values())
