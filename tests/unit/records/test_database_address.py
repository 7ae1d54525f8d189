"""An address of a database is refused in a sentence before anything is asked of it."""

import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.records.database import Database


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://host/name", "postgresql://user@host/name"),
        ("postgresql://user:secret-word@host/name", "pgpass"),
        ("postgresql://user@host/name?password=secret-word", "pgpass"),
    ],
)
def test_what_is_wrong_with_it(address, sentence):
    with pytest.raises(RegisterProblem, match=sentence) as problem:
        Database.at(address)
    assert "secret-word" not in str(problem.value)
