"""`likeforlike worth`: prices and perhaps a release in, ranges out."""

import json

import pytest

from support.command import files_of, likeforlike
from support.libraries import put, release_of


def test_an_example(capsys, tmp_path):
    said = likeforlike(capsys, "worth", "education", "--out", tmp_path / "one")
    assert said.code == 0, said.err
    assert "Pays for itself from 0.80 to 1.2" in said.out
    likeforlike(capsys, "worth", "education", "--out", tmp_path / "two")
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert set(files_of(tmp_path / "one")) == {"worth.html", "worth.json", "tables/ranges.csv"}


def test_the_effect_of_a_release(capsys, tmp_path):
    put(release_of("Bridge Street", -6.0, -10.0, -2.0, 400, "2021-03-31"), tmp_path / "release")
    said = likeforlike(capsys, "worth", "education", tmp_path, "--out", tmp_path / "w", "--json")
    told = json.loads(said.out)
    assert (told["effect"]["estimate"], told["effect"]["per"]) == (-6.0, "100 people")
    gained = next(row for row in told["ranges"] if row["figure"] == "gained")
    assert gained["low"] == pytest.approx(2.0, abs=0.05)
    assert (tmp_path / "w" / "charts" / "break_even.svg").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "There is no file nowhere: give prices as TOML, or one of education, employment."),
        (["education", "nowhere"], "There is no release in 'nowhere'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(capsys, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    said = likeforlike(capsys, "worth", *arguments, "--out", tmp_path / "w")
    assert (said.code, says in said.sentence) == (2, True), said.err
    assert not (tmp_path / "w").exists()
