"""The pairs that the look-up fetches are those of a scan over all names with all rules, each once."""

import polars as pl
import pytest

from likeforlike.linkage import candidates
from likeforlike.linkage.candidates import find_candidates
from likeforlike.linkage.keys import HASH, RULE, key_hashes_sql
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.records import build_register
from support.cohorts import any_size_lab, read_rows
from support.links import every_name, pairs_by_scan
from support.small_records import listed, small_records

LAB = any_size_lab()
RECORDS = small_records(800, seed=12)


@pytest.fixture(scope="module")
def small_register(tmp_path_factory):
    home = tmp_path_factory.mktemp("scan")
    return build_register(LAB, RECORDS.write(home / "tables"), home / "register")


@pytest.fixture(scope="module")
def names(small_register, tmp_path_factory):
    """People who are there, people who are not, and slips, in one list."""
    strangers = listed(small_records(100, seed=77), 100)
    slips = [r | {"forename": r["surname"], "surname": r["forename"]} for r in listed(RECORDS, 40, pnc_id="")]
    path = tmp_path_factory.mktemp("list") / "list.csv"
    people = read_rows(path, [*listed(RECORDS, 300), *strangers, *slips], LAB).people
    return small_register.query(cohort_names_sql(LAB), people=people)


def found(names, register) -> pl.DataFrame:
    return find_candidates(LAB, names, register).pairs


def test_the_pairs_of_a_scan(names, small_register):
    pairs = found(names, small_register)
    assert pairs.height > 400
    assert pairs.equals(pairs_by_scan(LAB, names, small_register))


def test_a_pair_that_shares_several_rules_comes_once(names, small_register):
    pairs = found(names, small_register)
    assert pairs.is_unique().all()
    keys = small_register.query(key_hashes_sql(LAB, "listed"), listed=names)
    assert keys.group_by("participant").agg(pl.col(RULE).n_unique())[RULE].max() > 2


def test_the_pool_holds_the_records_of_the_pairs_and_no_others(names, small_register):
    both = find_candidates(LAB, names, small_register)
    assert both.pool["record"].to_list() == both.pairs["record"].unique().sort().to_list()
    whole = every_name(small_register)
    assert both.pool.equals(whole.join(both.pool, on="record", how="semi").sort("record"))


def test_the_order_of_the_list_does_not_matter(names, small_register):
    assert found(names.sort("participant", descending=True), small_register).equals(
        found(names, small_register)
    )


def test_nobody_on_the_list(names, small_register):
    nobody = find_candidates(LAB, names.clear(), small_register)
    assert nobody.pairs.is_empty()
    assert nobody.pool.is_empty()


def blocks(names, register) -> pl.DataFrame:
    """How many records and pairs each key would give."""
    keys = register.query(key_hashes_sql(LAB, "listed"), listed=names)
    runs = register.lookup.keys.find(keys[HASH].to_numpy())
    counted = keys.with_columns(records=pl.Series(runs.length)).filter(pl.col("records") > 0)
    return counted.group_by(RULE, HASH).agg(pl.col("records").first(), pairs=pl.col("records").sum())


@pytest.mark.parametrize("most", [1, 2, 5])
def test_keys_that_many_records_share_are_left_out(names, small_register, monkeypatch, most):
    monkeypatch.setattr(candidates, "MOST_RECORDS", most)
    kept = found(names, small_register)
    monkeypatch.undo()
    few = blocks(names, small_register).filter(pl.col("records") <= most)
    assert 0 < kept.height <= few["pairs"].sum()
    assert kept.join(found(names, small_register), on=kept.columns, how="anti").is_empty()


@pytest.mark.parametrize("most", [1, 10, 100, 250])
def test_there_are_so_many_pairs_at_most_and_the_rarest_keys_first(names, small_register, monkeypatch, most):
    monkeypatch.setattr(candidates, "MOST_PAIRS", most)
    kept = found(names, small_register)
    monkeypatch.undo()
    assert kept.height <= most
    by_size = blocks(names, small_register).sort("pairs", RULE, HASH)
    afforded = by_size.filter(pl.col("pairs").cum_sum() <= most)
    assert kept.height <= afforded["pairs"].sum()
    assert kept.is_empty() is afforded.is_empty()


def test_no_bound_is_reached_by_an_ordinary_list(names, small_register):
    counted = blocks(names, small_register)
    assert counted["records"].max() < candidates.MOST_RECORDS
    assert counted["pairs"].sum() < candidates.MOST_PAIRS
