"""Every link leads somewhere."""

import pytest
from doc_pages import ROOT, anchors, links, name, pages


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_resolve(page):
    broken = []
    for link in links(page):
        if link.startswith(("https:", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", pages(), ids=name)
def test_pages_link_only_inside_or_to_https(page):
    assert [x for x in links(page) if x.startswith(("http:", "/"))] == []


def test_every_page_can_be_reached_from_the_readme():
    reached, next_pages = set(), {ROOT / "README.md"}
    while next_pages:
        page = next_pages.pop()
        reached.add(page)
        for link in links(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            inside = (
                [target] if target.suffix == ".md" else list(target.glob("*.md")) if target.is_dir() else []
            )
            next_pages |= {p for p in inside if p.exists()} - reached
    assert [name(p) for p in pages() if p not in reached] == []
