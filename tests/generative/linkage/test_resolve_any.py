"""Whatever the candidates: links are one to one, all others have a reason, and order does not matter."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.linkage.link import NO_CANDIDATES
from likeforlike.linkage.resolve import resolve

PEOPLE = 6
row = st.tuples(
    st.integers(0, PEOPLE - 1),
    st.sampled_from("ABCDEF"),
    st.integers(-3, 3).map(float),
    st.sampled_from([0.2, 0.9, 0.99]),
    st.booleans(),
    st.booleans(),
)
tables = st.lists(row, max_size=25, unique_by=lambda r: r[:2])


@given(tables, st.randoms())
def test_links_are_one_to_one_and_accounted_for(rows, random):
    everyone = pl.Series(range(PEOPLE), dtype=pl.Int64)
    result = resolve(pl.DataFrame(rows, schema=NO_CANDIDATES, orient="row"), everyone, 0.9)
    assert result.frame["participant"].is_unique().all()
    assert result.frame["person_id"].is_unique().all()
    assert sorted([*result.frame["participant"], *result.reasons["participant"]]) == list(range(PEOPLE))
    assert result.reasons["reason"].null_count() == 0
    shuffled = random.sample(rows, len(rows))
    again = resolve(pl.DataFrame(shuffled, schema=NO_CANDIDATES, orient="row"), everyone, 0.9)
    assert again.frame.equals(result.frame)
    assert again.reasons.equals(result.reasons)
