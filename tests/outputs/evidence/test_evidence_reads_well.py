"""Pages about evidence read easily and are accessible: short sentences first, text alternatives, nothing for axe."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from support.evidence_pages import PAGES, evidence_page
from support.page_text import alternatives, embedded_svgs, pieces, sentences

BROWSER = os.environ.get("PLAYWRIGHT_BROWSER_EXECUTABLE_PATH", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield launched
        launched.close()


@pytest.mark.parametrize("name", PAGES)
def test_sentences_are_short(name):
    """On the first screen at most 25 words; further down, outside tables, at most 35."""
    shown = pieces(evidence_page(name))
    first = sentences([p.text for p in shown if p.section == "answer"])
    assert len(first) >= 4
    assert [s for s in first if len(s.split()) > 25] == []
    rest = sentences([p.text for p in shown if p.tag in ("p", "li")])
    assert [s for s in rest if len(s.split()) > 35] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_has_a_text_alternative_and_a_table(name):
    page = evidence_page(name)
    shown = alternatives(page)
    assert all(len(text) > 60 and text.endswith(".") for text in shown)
    assert page.count("<figure>") <= page.count("<table>")
    assert len(embedded_svgs(page)) == 2 * len(shown)


@pytest.mark.parametrize("name", PAGES)
def test_no_place_was_left_unfilled(name):
    assert [p.text for p in pieces(evidence_page(name)) if "{" in p.text] == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_a_phone_never_scrolls_sideways(browser, tmp_path, name, width):
    file = tmp_path / "page.html"
    file.write_text(evidence_page(name), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true })")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
