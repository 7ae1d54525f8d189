"""Matching with replacement against R's Matching and the published logs of Stata's nnmatch."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.estimates.abadie_imbens import matched_pairs_effect, matching_effect

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
PUBLISHED = {entry["id"]: entry for entry in GOLDEN["published_references"]}


def nearest(distance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.nonzero(distance <= distance.min(axis=1, keepdims=True))


@pytest.mark.parametrize(("name", "caliper"), [("Matching_ps_M1", np.inf), ("Matching_ps_M1_caliper02", 0.2)])
def test_rs_matching_on_lalonde(name: str, caliper: float):
    expected = GOLDEN["lalonde_matchit_R"][name]
    people = pl.read_csv(DATA / "lalonde_matchit.csv", infer_schema_length=None)
    treated, ps = (people["treat"] == 1).to_numpy(), people["ps"].to_numpy()
    outcome = people["re78"].to_numpy().astype(float)
    participant, other = nearest(np.abs(ps[treated][:, None] - ps[~treated][None, :]))
    close = np.abs(ps[treated][participant] - ps[~treated][other]) <= caliper * np.std(ps, ddof=1)
    found = matched_pairs_effect(outcome[treated], outcome[~treated], participant[close], other[close])
    assert found.estimate == pytest.approx(expected["att"], abs=1e-6)
    # With a calliper R's common variance is worked out in a way of its own.
    assert found.std_error == pytest.approx(expected["se_AI"], rel=1e-9 if np.isinf(caliper) else 0.006)
    assert treated.sum() - len(np.unique(participant[close])) == expected["ndrops"]


@pytest.mark.parametrize(
    ("entry", "columns"), [("nnmatch-age", ["age"]), ("nnmatch-4cov", ["age", "education", "re74", "re75"])]
)
def test_stata_nnmatch_on_the_whole_experiment(entry: str, columns: list[str]):
    people = pl.read_csv(DATA / "nsw_dw.csv", infer_schema_length=None)
    treated = (people["treat"] == 1).to_numpy()
    outcome = people["re78"].to_numpy()
    x = people.select(pl.col(columns).cast(pl.Float64)).to_numpy()
    x = x / x.std(axis=0, ddof=1)
    distance = np.round(((x[:, None] - x[None, :]) ** 2).sum(axis=2), 10)
    distance[treated[:, None] == treated[None, :]] = np.inf
    found = matching_effect(outcome, treated, *nearest(distance), sample=True)
    value, tolerance = PUBLISHED[entry]["value"], PUBLISHED[entry]["tolerance"]
    assert found.estimate == pytest.approx(value["est"], abs=tolerance[0])
    assert found.std_error == pytest.approx(value["se"], abs=tolerance[1])
