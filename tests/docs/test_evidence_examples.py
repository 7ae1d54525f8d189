"""The Python and the TOML on the pages about evidence work as they stand."""

import tomllib

import pytest
from doc_pages import blocks

from likeforlike.evidence.money.read import read_prices
from likeforlike.evidence.payment.contract import Contract
from likeforlike.labs.definition import History
from support.cohorts import cohort_file, people
from support.libraries import library_of_releases

PAGES = ("synthesis", "payment", "money", "readiness")


@pytest.mark.parametrize("page", PAGES)
def test_python_shown_runs(page, tmp_path, monkeypatch, capsys):
    library_of_releases(tmp_path / "library")
    cohort_file(tmp_path / "people.xlsx", people(100))
    monkeypatch.chdir(tmp_path)
    (block,) = blocks(f"docs/evidence/{page}.md", "python")
    names = {}
    exec(compile(block, page, "exec"), names)
    assert names["found"].summary() in capsys.readouterr().out
    assert len(list(tmp_path.glob("*/*.html"))) == 1


def test_toml_shown_is_valid(tmp_path):
    (contract,) = blocks("docs/evidence/payment.md", "toml")
    assert Contract.model_validate(tomllib.loads(contract)).rule.hurdle == "binary"
    (history,) = blocks("docs/evidence/readiness.md", "toml")
    assert History.model_validate(tomllib.loads(history)).past_flow[0].analysed == 72
    (prices,) = blocks("docs/evidence/money.md", "toml")
    file = tmp_path / "prices.toml"
    file.write_text(prices, encoding="utf-8")
    assert read_prices(str(file)).value[0].amount == 11320
