"""`likeforlike pay`: a contract and figures in, a page out."""

import json

import pytest

from support.command import files_of, likeforlike
from support.libraries import library_of_releases, table_of


def test_an_example_pays_what_was_published(capsys, tmp_path):
    said = likeforlike(capsys, "pay", "doncaster", "--out", tmp_path / "one")
    assert said.code == 0, said.err
    assert "HMP Doncaster pilot: \N{MINUS SIGN}£2,000,000" in said.out
    likeforlike(capsys, "pay", "doncaster", "--out", tmp_path / "two")
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert {"payment.html", "payment.json", "tables/payments.csv"} <= set(files_of(tmp_path / "one"))


def test_a_chart_of_chances_where_figures_tell_their_uncertainty(capsys, tmp_path):
    said = likeforlike(capsys, "pay", "peterborough", "--out", tmp_path / "p", "--json")
    told = json.loads(said.out)
    assert (told["total"]["value"], told["depends_on_rounding"]) == (0, False)
    assert (tmp_path / "p" / "charts" / "chance_of_payment.svg").is_file()
    assert 0 < told["chances"][0]["pays_again"] < 1


def test_releases_are_cohorts(capsys, tmp_path):
    library = library_of_releases(tmp_path / "library")
    folders = sorted(library.iterdir())
    said = likeforlike(capsys, "pay", "peterborough", *folders, "--out", tmp_path / "p", "--json")
    assert said.code == 0, said.err
    assert len(json.loads(said.out)["rows"]) == 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "There is no contract nowhere"),
        (["doncaster", "nowhere.csv"], "There is no file nowhere.csv: check its name."),
        (["doncaster", "."], "There are no figures in"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(capsys, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    said = likeforlike(capsys, "pay", *arguments, "--out", tmp_path / "p")
    assert (said.code, says in said.sentence) == (2, True), said.err
    assert not (tmp_path / "p").exists()


def test_a_contract_of_ones_own_needs_figures(capsys, tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('name = "C"\nsource = "none"\n[[rate_card]]\noutcome = "Job"\nprice = 10\n')
    said = likeforlike(capsys, "pay", file, "--out", tmp_path / "p")
    assert (said.code, "Give figures to hold the contract against" in said.sentence) == (2, True)
    figures = table_of(tmp_path, "outcome,count", "Job,7")
    assert "C: £70" in likeforlike(capsys, "pay", file, figures, "--out", tmp_path / "p").out
