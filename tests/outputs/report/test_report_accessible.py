"""The page in a real browser: nothing for axe at WCAG 2.2 AA, no request, no sideways scroll, no script."""

import os
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from support.reports import example_beside, example_files

BROWSER = os.environ.get("PLAYWRIGHT_BROWSER_EXECUTABLE_PATH", "/usr/bin/chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("lower", "higher", "open", "full", "alike", "refused")
PAGES += ("summary of lower", "summary of open", "summary of refused", "annex of full", "annex of alike")
WIDTHS = (1280, 320)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser, tmp_path):
    contexts = []

    def opened(name, width=1280, **options):
        file = tmp_path / f"{name}.html"
        kind, _, release = name.rpartition(" of ")
        page = example_beside(release)[f"{kind}/{kind}.html"] if kind else example_files(name)["report.html"]
        file.write_bytes(page)
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page, name, width):
    page = open_page(name, width)
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true })")
    assert violations(page) == []


def test_axe_finds_nothing_in_print(open_page):
    page = open_page("lower", 700)
    page.emulate_media(media="print")
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(open_page, name):
    page = open_page(name, 320)
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_page_asks_for_nothing(open_page):
    page = open_page("lower")
    assert [url for url in page.requests if not url.startswith(("data:", "file:"))] == []
    assert sum(url.startswith("file:") for url in page.requests) == 1
    assert page.locator("script").count() == 0


def test_every_chart_is_drawn_without_script(open_page):
    for width in WIDTHS:
        page = open_page("lower", width, java_script_enabled=False)
        assert page.locator("img").count() == 6
    shown = open_page("lower").evaluate("[...document.images].map(i => i.complete && i.naturalWidth > 0)")
    assert shown == [True] * 6


def test_headings_are_in_order(open_page):
    levels = open_page("lower").evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_keyboard_comes_to_the_report_first_and_shows_where_it_is(open_page):
    page = open_page("lower")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"


def test_folded_tables_are_printed(open_page):
    page = open_page("lower", 700)
    page.emulate_media(media="print")
    assert page.locator("#balance-table").is_visible()
