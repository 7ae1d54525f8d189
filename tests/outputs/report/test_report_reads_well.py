"""The first page reads easily, and nothing but the lab's own wording speaks of the lab's subject."""

import re
from pathlib import Path

import pytest

import likeforlike.report as report_package
from likeforlike.report.read import chrome
from support.page_text import alternatives, pieces, sentences
from support.releases import EXAMPLES, RESULTS
from support.reports import example, example_files, justice

FIRST_PAGE = {"answer", "headline", "say", "cannot", "next"}
SUBJECT = re.compile(r"offen[cd]|reoffen|custod|court|crim|prison|police|justice|caution", re.IGNORECASE)


def first_page(name):
    found = pieces(example_files(name)["report.html"].decode())
    return [p.text for p in found if p.section in FIRST_PAGE or p.section.startswith("panel-")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_sentences_of_the_first_page_are_short(name):
    found = sentences(first_page(name))
    assert len(found) >= 4
    assert [s for s in found if len(s.split()) > 25] == []


@pytest.mark.parametrize("name", RESULTS)
def test_every_chart_has_a_text_alternative_and_a_table(name):
    page = example_files(name)["report.html"].decode()
    shown = alternatives(page)
    assert shown
    assert all(len(text) > 60 and text.endswith(".") for text in shown)
    assert page.count("<figure>") <= page.count("<table>")


def test_the_answer_is_the_first_thing_said():
    found = [p for p in pieces(example_files("lower")["report.html"].decode()) if p.section == "answer"]
    assert [p.tag for p in found[:2]] == ["h2", "p"]
    assert found[1].text.startswith("People who took part were less likely")


def test_better_and_worse_are_said_in_words_not_by_colour():
    assert "Statistically significant: better" in first_page("lower")
    assert "Statistically significant: worse" in first_page("higher")
    assert "Direction not known" in first_page("open")
    assert "Too few people to say" in first_page("too_few")


def test_traffic_lights_are_words_and_shapes():
    cells = {p.text for p in pieces(example_files("open")["report.html"].decode()) if p.tag == "td"}
    assert {"● Good", "▲ Fair", "■ Poor", "– Not shown"} <= cells


def test_rounding_is_explained_where_it_shows():
    assert any("look 1 different" in text for text in first_page("lower"))
    assert not any("look 1 different" in text for text in first_page("open"))


def test_the_subject_of_a_lab_stays_in_its_own_wording():
    folder = Path(report_package.__file__).parent
    files = [p for p in folder.rglob("*") if p.suffix in {".py", ".toml", ".j2", ".css"}]
    assert len(files) > 20
    found = [f"{p.name}: {m}" for p in files for m in SUBJECT.findall(p.read_text(encoding="utf-8"))]
    assert found == []


def test_another_lab_speaks_of_its_own_subject():
    lab = justice()
    assert not any(SUBJECT.search(term) for term in chrome()["glossary"]["terms"])
    assert example("lower").lab_title == lab.head.title
