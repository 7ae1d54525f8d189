"""A department's own look and words: one file, checked, and nothing else changes."""

import shutil
from pathlib import Path

import pytest

import likeforlike.labs
from likeforlike.errors import LabProblem
from likeforlike.labs import load_lab
from likeforlike.report.write import report_files
from support.reports import example, justice

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><circle r="9" cx="10" cy="10"/></svg>'


@pytest.fixture
def themed(tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(Path(likeforlike.labs.__file__).parent / "justice", folder)
    (folder / "logo.svg").write_bytes(LOGO)

    def with_theme(text):
        (folder / "theme.toml").write_text(text, encoding="utf-8")
        return load_lab(folder)

    return with_theme


def page(lab, name="lower"):
    return report_files(example(name), lab, formats=["html"])["report.html"].decode()


def test_a_theme_has_its_colours_its_logo_and_its_words(themed):
    lab = themed(
        'logo = "logo.svg"\nlogo_text = "Department of Fairness"\nband = "#222222"\nlink = "#003399"\n'
        '[wording]\n"head.kind" = "Fairness study"\n"answer.heading" = "In short"\n'
    )
    html = page(lab)
    assert 'alt="Department of Fairness"' in html
    assert "--band: #222222" in html
    assert "--link: #003399" in html
    assert '<p class="kind">Fairness study</p>' in html
    assert ">In short</h2>" in html
    assert page(lab, "refused").count("Fairness study") == 1


def test_without_a_theme_nothing_is_a_departments_own(themed):
    lab = themed("")
    assert lab.sha256 == justice().sha256
    assert page(lab) == page(justice())


def test_how_it_looks_does_not_change_what_the_lab_is(themed):
    assert themed('band = "#222222"').sha256 == justice().sha256


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('band = "#ffe08a"', "contrast of 1.3 with white, and needs 4.5"),
        ('band = "blue"', "'band'"),
        ('logo = "logo.svg"', "a logo needs the key 'logo_text'"),
        ('logo = "missing.png"\nlogo_text = "x"', "there is no SVG or PNG file 'missing.png'"),
        ('logo = "lab.toml"\nlogo_text = "x"', "there is no SVG or PNG file 'lab.toml'"),
        ('logo = "../logo.svg"\nlogo_text = "x"', "there is no SVG or PNG file '../logo.svg'"),
        ('bnd = "#222222"', "bnd"),
    ],
)
def test_a_wrong_theme_is_one_sentence(themed, text, says):
    with pytest.raises(LabProblem) as caught:
        themed(text)
    assert says in str(caught.value)
    assert "theme.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('"head.knd" = "x"', "the report has no text 'wording.head.knd'"),
        ('"head" = "x"', "the report has no text 'wording.head'"),
        ('"head.by" = "By {people}"', "the place '{people}', which the report's own text has not"),
        ('"head.by" = "By {provider"', "unpaired curly bracket"),
    ],
)
def test_words_must_be_the_reports(themed, text, says):
    lab = themed(f"[wording]\n{text}\n")
    with pytest.raises(LabProblem) as caught:
        page(lab)
    assert says in str(caught.value)


def test_a_logo_is_not_larger_than_a_page_can_carry(themed, tmp_path):
    (tmp_path / "mine" / "logo.svg").write_bytes(LOGO + b" " * 200_000)
    with pytest.raises(LabProblem, match="make it smaller than 200,000"):
        themed('logo = "logo.svg"\nlogo_text = "x"')
