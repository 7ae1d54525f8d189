"""The match probability is that of one person and no other: all who might be meant share a whole."""

from types import SimpleNamespace

import polars as pl
import pytest

from likeforlike.linkage.resolve import person_candidates

BOUND = 10
LAB = SimpleNamespace(linkage=SimpleNamespace(identifier=("number",), identifier_evidence=BOUND))


def candidates(*pairs, numbers=("N1",), checks=None):
    """Candidates from `(participant, person, match weight)`, one record each; `checks` by record."""
    scored = pl.DataFrame(
        [
            (p, r, person, float(w), float((checks or {}).get(r, 20)))
            for r, (p, person, w) in enumerate(pairs)
        ],
        schema=["participant", "record", "person_id", "match_weight", "checks"],
        orient="row",
    )
    listed = pl.DataFrame({"participant": sorted({p for p, *_ in pairs})}).with_columns(number=pl.lit("N0"))
    owned = [*numbers, *[None] * len(pairs)][: len(pairs)]
    pool = scored.select("record", "person_id").with_columns(pl.Series("number", owned, dtype=pl.String))
    return person_candidates(LAB, scored, listed, pool)


def probabilities(*pairs):
    return candidates(*pairs)["match_probability"].to_list()


@pytest.mark.parametrize("weight", [-20, -1, 0, 1, 3.5, 12, 40])
def test_one_candidate_alone_has_splinks_own_probability(weight):
    odds = 2.0**weight
    assert probabilities((0, "A", weight)) == pytest.approx([odds / (1 + odds)], abs=1e-6)


@pytest.mark.parametrize("weight", [-5, 0, 1, 10, 100, 5_000])
def test_two_who_fit_equally_are_each_below_a_half(weight):
    both = probabilities((0, "A", weight), (0, "B", weight))
    assert both[0] == both[1] <= 0.5
    assert (both[0] < 0.5) is (weight < 20)


def test_worked_example():
    # odds 8 and 2 against 1 for nobody
    assert probabilities((0, "A", 3), (0, "B", 1)) == pytest.approx([8 / 11, 2 / 11], abs=1e-6)


def test_participants_do_not_compete_with_each_other():
    assert probabilities((0, "A", 3), (1, "A", 3)) == pytest.approx([8 / 9, 8 / 9], abs=1e-6)


def test_an_alias_is_no_competitor():
    found = candidates((0, "A", 3), (0, "A", 7), (0, "A", -2))
    assert found.select("person_id", "match_weight", "record").rows() == [("A", 7.0, 1)]
    assert found["match_probability"][0] == pytest.approx(128 / 129, abs=1e-6)


@pytest.mark.parametrize("weight", [1_100, 1e6, 1e12])
def test_huge_weights_do_not_overflow(weight):
    assert probabilities((0, "A", weight), (0, "B", weight - 1)) == pytest.approx([2 / 3, 1 / 3], abs=1e-6)
    assert probabilities((0, "A", -weight), (0, "B", -weight)) == [0, 0]
    assert probabilities((0, "A", -weight), (0, "B", weight)) == [0, 1]


def test_columns_are_as_promised():
    from likeforlike.linkage.link import NO_CANDIDATES

    found = candidates((0, "A", 3), (1, "B", 5))
    assert set(found.columns) == set(NO_CANDIDATES)


def test_an_identifier_names_a_person_only_if_it_is_theirs_alone():
    assert candidates((0, "A", 3), (0, "B", 3), numbers=("N0",))["named"].to_list() == [True, False]
    assert candidates((0, "A", 3), (0, "B", 3), numbers=("N0", "N0"))["named"].to_list() == [False, False]
    assert candidates((0, "A", 3), (0, "A", 2), numbers=("N0", "N0"))["named"].to_list() == [True]


def said_of_identifier(*pairs, numbers, checks):
    return candidates(*pairs, numbers=numbers, checks=checks).select("borne_out", "contradicted").rows()


@pytest.mark.parametrize(
    ("checks", "borne_out", "contradicted"),
    [(-0.1, False, True), (0, False, False), (9.9, False, False), (BOUND, True, False), (30, True, False)],
)
def test_name_and_birth_date_bear_an_identifier_out_or_contradict_it(checks, borne_out, contradicted):
    said = said_of_identifier((0, "A", 3), numbers=("N0",), checks={0: checks})
    assert said == [(borne_out, contradicted)]


def test_any_record_of_a_person_can_bear_an_identifier_out():
    said = said_of_identifier((0, "A", 3), (0, "A", 2), numbers=("N0", "N0"), checks={0: -12, 1: 12})
    assert said == [(True, False)]


def test_without_an_identifier_nothing_is_borne_out_or_contradicted():
    assert said_of_identifier((0, "A", 3), numbers=(), checks={0: -12}) == [(False, False)]
    assert said_of_identifier((0, "A", 3), numbers=(), checks={0: 40}) == [(False, False)]
