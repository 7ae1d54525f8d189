"""The documentation as its readers get it, cut into the parts that tests compare with the code."""

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
TABLE_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)


def pages() -> list[Path]:
    """Every page of documentation."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name(page: Path) -> str:
    """The page's path from the root."""
    return page.relative_to(ROOT).as_posix()


def text(page: Path | str) -> str:
    """The page's text; a string names it from the root."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: Path | str, language: str) -> list[str]:
    """The page's code blocks in a language."""
    return [body for kind, body in BLOCK.findall(text(page)) if kind == language]


def links(page: Path) -> list[str]:
    """Where the page's links and pictures lead; code blocks hold none."""
    return LINK.findall(BLOCK.sub("", text(page)))


def anchors(page: Path) -> set[str]:
    """The page's headings as a link names them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def table_after(page: Path | str, heading: str) -> list[list[str]]:
    """Rows of the first table after a heading, without its head; cells as they stand."""
    after = text(page).split(heading, 1)[1]
    start = re.search(r"^\|", after, re.MULTILINE).start()
    body = re.split(r"\n(?!\|)", after[start:], maxsplit=1)[0]
    rows = [[cell.strip() for cell in row.split("|")] for row in TABLE_ROW.findall(body)]
    return rows[2:]


def code_words(cell: str) -> list[str]:
    """The words in a cell that stand in backquotes."""
    return re.findall(r"`([^`]+)`", cell)


@cache
def generator() -> ModuleType:
    """`scripts/document.py`, which writes the generated parts."""
    spec = importlib.util.spec_from_file_location("document", ROOT / "scripts" / "document.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["document"] = module
    spec.loader.exec_module(module)
    return module
