"""Which pairs people are asked to look at: by strata, the same for the same seed, none without doubt."""

import numpy as np
import polars as pl

from likeforlike.linkage.clerical.draw import EDGES, best_candidates, review_set, with_strata
from support.links import candidate, candidates_of

LINKS = {"participant": pl.Int64, "person_id": pl.String}
MANY = 600


def links(*pairs):
    return pl.DataFrame(pairs, schema=LINKS, orient="row")


def many(seed: int = 3):
    """Six hundred participants with one candidate each; those above the threshold are linked."""
    chance = np.random.default_rng(seed).uniform(0, 1, MANY).round(6)
    rows = [candidate(i, f"P{i:03d}", p * 20, p) for i, p in enumerate(chance.tolist())]
    return candidates_of(*rows), links(*((i, f"P{i:03d}") for i, p in enumerate(chance) if p >= 0.9))


def test_strata_begin_at_their_edges():
    rows = [candidate(i, f"P{i}", 0, edge) for i, edge in enumerate(EDGES)]
    rows += [candidate(i + 9, f"Q{i}", 0, edge - 1e-6) for i, edge in enumerate(EDGES)]
    strata = with_strata(candidates_of(*rows), links())["stratum"].to_list()
    assert strata == [1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5]


def test_the_best_candidate_is_the_one_linked_or_else_the_likeliest():
    candidates = candidates_of(
        candidate(0, "A", 9), candidate(0, "B", 3), candidate(1, "B", 3), candidate(1, "C", 2),
        candidate(2, "E", 3), candidate(2, "D", 3),
    )  # fmt: skip
    best = best_candidates(candidates, links((0, "B")))
    assert best.select("participant", "person_id", "linked").rows() == [
        (0, "B", True),
        (1, "B", False),
        (2, "D", False),
    ]


def test_every_stratum_is_looked_at_on_both_sides_of_the_threshold():
    candidates, linked = many()
    drawn = review_set(candidates, linked, size=100)
    everything = best_candidates(candidates, linked).filter(pl.col("stratum").is_between(1, 5))
    seen = {
        (row["linked"], row["stratum"]): row["len"]
        for row in drawn.group_by("linked", "stratum").len().to_dicts()
    }
    there = {
        (r["linked"], r["stratum"]): r["len"]
        for r in everything.group_by("linked", "stratum").len().to_dicts()
    }
    share = -(-100 // len(there))
    assert seen == {stratum: min(share, count) for stratum, count in there.items()}


def test_the_pairs_most_in_doubt_come_first():
    doubt = (review_set(*many(), size=50)["match_probability"] - 0.5).abs()
    assert doubt.is_sorted()


def test_the_same_seed_draws_the_same_pairs_and_another_seed_others():
    first, again, other = (review_set(*many(), size=50, seed=seed) for seed in (7, 7, 8))
    assert first.equals(again)
    assert not first.equals(other)


def test_the_order_of_candidates_does_not_matter():
    candidates, linked = many()
    assert review_set(candidates[::-1], linked, size=50).equals(review_set(candidates, linked, size=50))


def test_an_identifier_that_belongs_to_somebody_else_is_looked_at_however_unlikely():
    candidates = candidates_of(
        candidate(0, "A", 30, 0.99999), candidate(0, "B", -9, 1e-6, named=True, alike=False, record=7)
    )
    drawn = review_set(candidates, links((0, "A")))
    assert drawn.select("participant", "person_id", "record", "linked", "stratum").rows() == [
        (0, "B", 7, False, 0)
    ]


def test_an_identifier_in_doubt_is_drawn_once():
    candidates = candidates_of(candidate(0, "A", 1, 0.6, named=True, alike=False))
    assert review_set(candidates, links()).height == 1


def test_nothing_in_doubt_draws_nothing():
    candidates = candidates_of(candidate(0, "A", 30, 0.99999, named=True), candidate(1, "B", -12, 0.0002))
    assert review_set(candidates, links((0, "A"))).is_empty()
    assert review_set(candidates_of(), links()).is_empty()


def test_few_pairs_are_all_drawn():
    candidates = candidates_of(*(candidate(i, f"P{i}", 0, 0.5) for i in range(5)))
    assert sorted(review_set(candidates, links(), size=100)["participant"]) == list(range(5))
