"""Which pairs people are asked to look at: by strata, the same for the same seed, none without doubt."""

import numpy as np
import polars as pl
import pytest

from likeforlike.linkage.clerical.draw import EDGES, best_candidates, doubtful, review_set, with_strata
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
    seen = {(linked, s): n for linked, s, n in drawn.group_by("linked", "stratum").len().iter_rows()}
    assert set(seen) == {(False, 1), (False, 2), (False, 3), (True, 4), (True, 5)}
    assert drawn.height == 100
    there = {
        (link, s): n
        for link, s, n in doubtful(candidates, linked).group_by("linked", "stratum").len().iter_rows()
    }
    assert all(n == there[stratum] or n >= max(seen.values()) - 1 for stratum, n in seen.items())


@pytest.mark.parametrize("size", [1, 7, 20, 100, 599, 600, 5_000])
def test_as_many_pairs_as_asked_for_or_all_there_are(size):
    candidates, linked = many()
    assert review_set(candidates, linked, size=size).height == min(size, doubtful(candidates, linked).height)


def test_links_are_looked_at_however_unlikely_and_however_likely():
    """A link by an identifier may have any probability; the surest links are where over-confidence would hide."""
    rows = [candidate(i, f"P{i:03d}", 20, 0.99999) for i in range(300)]
    rows += [candidate(300 + i, f"P{300 + i}", -12, 0.00006, named=True) for i in range(3)]
    drawn = review_set(candidates_of(*rows), links(*((i, f"P{i:03d}") for i in range(303))), size=50)
    assert set(range(300, 303)) <= set(drawn["participant"])
    assert drawn.filter(pl.col("participant") < 300).height == 10


def test_conflicts_do_not_crowd_out_the_others():
    """Twelve thousand wrong numbers: the review is no longer than asked, and still shows the other doubtful pairs."""
    rows = [candidate(i, f"P{i:05d}", -9, 1e-6, named=True, contradicted=True) for i in range(12_000)]
    rows += [candidate(20_000 + i, f"Q{i}", 1, 0.6) for i in range(30)]
    drawn = review_set(candidates_of(*rows), links(), size=100)
    assert drawn.height == 100
    assert drawn.filter("conflict").height == 70
    assert drawn.filter(~pl.col("conflict")).height == 30


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
        candidate(0, "A", 30, 0.99999), candidate(0, "B", -9, 1e-6, named=True, contradicted=True, record=7)
    )
    drawn = review_set(candidates, links((0, "A"))).filter("conflict")
    assert drawn.select("participant", "person_id", "record", "linked", "stratum").rows() == [
        (0, "B", 7, False, 0)
    ]


def test_an_identifier_in_doubt_is_drawn_once():
    candidates = candidates_of(candidate(0, "A", 1, 0.6, named=True, contradicted=True))
    assert review_set(candidates, links()).height == 1


def test_nothing_in_doubt_draws_a_few_of_the_surest_links_and_nothing_hopeless():
    rows = [candidate(i, f"P{i}", 30, 0.99999, named=True) for i in range(40)]
    candidates = candidates_of(*rows, candidate(50, "B", -12, 0.0002))
    drawn = review_set(candidates, links(*((i, f"P{i}") for i in range(40))), size=100)
    assert drawn.height == 20
    assert drawn["linked"].all()
    assert review_set(candidates_of(), links()).is_empty()


def test_few_pairs_are_all_drawn():
    candidates = candidates_of(*(candidate(i, f"P{i}", 0, 0.5) for i in range(5)))
    assert sorted(review_set(candidates, links(), size=100)["participant"]) == list(range(5))
