"""Programmes that were looked at more than once: limits over all looks, and claims that fall by them."""

import pytest

from likeforlike.evidence import read_library, synthesise
from likeforlike.evidence.library.library import About, Result
from likeforlike.evidence.looks.again import looked_again
from likeforlike.evidence.looks.limits import equal_looks, spending_limits
from support.libraries import library_of_releases, put, release_of


def look(estimate, error, when=""):
    return Result(
        About("A"), when, None, estimate, error, estimate - 2 * error, estimate + 2 * error, "error"
    )


def test_two_looks_have_limits_by_their_information():
    found = looked_again([look(-3, 2.0), look(-2.0, 1.0)])
    assert [x.share for x in found.looks] == [0.25, 1.0]
    assert [x.limit for x in found.looks] == pytest.approx(
        spending_limits([0.25, 1.0], "obrien_fleming").tolist()
    )
    assert [x.z for x in found.looks] == [-1.5, -2.0]
    assert found.claimed
    assert found.stands == (found.looks[1].limit <= 2.0)


def test_a_claim_that_falls():
    """1.97 would do for one look, and not for the fourth."""
    looks = [look(-1.0, 2.0), look(-1.0, 2 / 2**0.5), look(-1.0, 2 / 3**0.5), look(-1.97, 1.0)]
    found = looked_again(looks)
    assert (found.claimed, found.stands) == (True, False)
    assert found.looks[-1].limit == pytest.approx(equal_looks(4, "obrien_fleming")[-1], abs=0.02)


def test_an_early_claim_stands_even_if_the_last_look_is_weaker():
    found = looked_again([look(-5.0, 1.0), look(-1.0, 0.7)])
    assert (found.claimed, found.stands) == (False, True)


def test_a_release_that_knows_no_more_is_no_look():
    assert looked_again([look(-3, 1.0), look(-2, 1.0)]) is None
    assert looked_again([look(-3, 1.0)]) is None
    assert len(looked_again([look(-3, 1.0), look(-2, 1.5), look(-2, 0.5)]).looks) == 2


def test_lineages_of_a_library(tmp_path):
    library_of_releases(tmp_path)
    put(release_of("Bridge Street", -4.0, -7.0, -1.0, 700, "2024-03-31"), tmp_path / "again")
    library = read_library(tmp_path)
    (lineage,) = library.lineages
    assert [(r.when, r.n) for r in lineage] == [("2021-03", 400), ("2024-03", 700)]
    (again,) = synthesise(library).again
    assert (again.programme, len(again.looks), again.stands) == ("Bridge Street", 2, True)
    assert synthesise(library).to_dict()["again"][0]["stands"] is True
