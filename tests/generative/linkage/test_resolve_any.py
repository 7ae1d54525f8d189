"""Whatever the candidates: links are one to one, all others have a reason, and order does not matter."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.linkage.resolve import overrule, resolve
from support.links import candidate, candidates_of

PEOPLE = 6
EVERYONE = pl.Series(range(PEOPLE), dtype=pl.Int64)
row = st.builds(
    candidate,
    st.integers(0, PEOPLE - 1),
    st.sampled_from("ABCDEF"),
    st.integers(-3, 3),
    st.sampled_from([0.2, 0.9, 0.99]),
    named=st.booleans(),
    borne_out=st.booleans(),
    contradicted=st.booleans(),
)
tables = st.lists(row, max_size=25, unique_by=lambda r: r[:2])


def accounted_for(result) -> bool:
    """Nobody twice on either side; everybody is linked or has a reason."""
    one_to_one = result.frame["participant"].is_unique().all() and result.frame["person_id"].is_unique().all()
    known = sorted([*result.frame["participant"], *result.reasons["participant"]])
    return one_to_one and known == list(range(PEOPLE)) and not result.reasons["reason"].null_count()


@given(tables, st.randoms())
def test_links_are_one_to_one_and_accounted_for(rows, random):
    result = resolve(candidates_of(*rows), EVERYONE, 0.9)
    assert accounted_for(result)
    again = resolve(candidates_of(*random.sample(rows, len(rows))), EVERYONE, 0.9)
    assert again.frame.equals(result.frame)
    assert again.reasons.equals(result.reasons)


@given(tables, st.data())
def test_after_any_review_links_are_one_to_one_and_as_judged(rows, data):
    candidates = candidates_of(*rows)
    pairs = candidates.select("participant", "person_id").rows()
    drawn = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    same = [p for i, p in enumerate(drawn) if not any(p[0] == q[0] or p[1] == q[1] for q in drawn[:i])]
    schema = {"participant": pl.Int64, "person_id": pl.String, "same": pl.Boolean}
    decisions = pl.DataFrame([(*p, p in same) for p in drawn], schema=schema, orient="row")
    result = overrule(resolve(candidates, EVERYONE, 0.9), candidates, decisions)
    assert accounted_for(result)
    links = result.frame.select("participant", "person_id").rows()
    assert set(same) <= set(links)
    assert not set(links) & (set(drawn) - set(same))
