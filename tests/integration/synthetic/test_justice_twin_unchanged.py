"""Whatever other labs need of the twin's general parts, the justice lab's world stays the same to the last value."""

import hashlib

import polars as pl
from python_calamine import CalamineWorkbook

from likeforlike.labs import load_lab
from likeforlike.synthetic import write_twin

KNOWN = "b312668c045814315d6eab2ab13b2950ae6ed2ae0bb09023aebe348f8df65e7b"
"""Of the same world as it was made before labs of other departments."""


def test_the_world_is_the_one_it_always_was(tmp_path):
    facts = write_twin(load_lab("justice"), 12_000, 5, tmp_path, replicates=20)
    digest = hashlib.sha256()
    for name in sorted(facts.rows):
        digest.update(pl.read_parquet(facts.records / f"{name}.parquet").write_csv().encode())
    cells = CalamineWorkbook.from_path(facts.cohort).get_sheet_by_index(0).to_python()
    digest.update(repr(cells).encode())
    assert digest.hexdigest() == KNOWN
