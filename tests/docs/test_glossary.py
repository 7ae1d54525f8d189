"""Each noun has one meaning, and the words we do not use are not used."""

import re

from doc_pages import ROOT, pages, table_after, text

RESULTS = (
    "Lab",
    "Cohort",
    "Register",
    "Links",
    "Sample",
    "Matched",
    "Outcomes",
    "Estimates",
    "Release",
    "Study",
    "Plan",
    "Flow",
)
SAME_WORD = {"links": "link", "matched": "treatment group", "outcomes": "outcome", "estimates": "estimate"}


def entries():
    return [(row[0].strip("*"), row[2]) for row in table_after("GLOSSARY.md", "# Glossary")]


def test_each_word_stands_once():
    words = [word for word, _ in entries()]
    assert len(words) == len(set(words))


def test_every_result_has_its_word():
    words = {word for word, _ in entries()}
    assert [r for r in RESULTS if SAME_WORD.get(r.lower(), r.lower()) not in words] == []


def test_words_that_we_do_not_use_are_not_used():
    instead = [word.strip() for _, other in entries() for word in other.split(",") if word.strip()]
    texts = {p: text(p) for p in pages() if p.name != "GLOSSARY.md"}
    for folder in ("labs", "report", "intake"):
        kinds = {".py", ".toml", ".html"}
        files = (p for p in (ROOT / "src" / "likeforlike" / folder).rglob("*") if p.suffix in kinds)
        texts |= {p: text(p) for p in files}
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path, body in texts.items()
        for word in instead
        if re.search(rf"\b{re.escape(word)}s?\b", body, re.IGNORECASE)
    ]
    assert found == []
