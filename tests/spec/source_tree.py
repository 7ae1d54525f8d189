"""The product's own source, for tests about how it is built."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "likeforlike"
CODE_FOLDERS = ("src", "tests", "bench", "scripts")


def product_files() -> list[Path]:
    """Every Python file of the package."""
    return sorted(SOURCE.rglob("*.py"))


def all_python_files() -> list[Path]:
    """Every Python file of the repository."""
    return sorted(p for folder in CODE_FOLDERS for p in (ROOT / folder).rglob("*.py"))


def written_files() -> list[Path]:
    """Every file that people wrote and git would keep: code, definitions, documents."""
    kinds = {".py", ".toml", ".sql", ".md", ".sh", ".html", ".css", ".txt", ".in", ".svg", ""}
    folders = (*CODE_FOLDERS, "docs", "requirements", ".ci")
    nested = (p for folder in folders for p in (ROOT / folder).rglob("*"))
    return sorted(
        p
        for p in (*ROOT.glob("*"), *nested)
        if p.is_file() and p.suffix in kinds and "__pycache__" not in p.parts
    )


def relative(path: Path) -> str:
    """The path as people write it: from the package for the product, from the root for the rest."""
    base = SOURCE if path.is_relative_to(SOURCE) else ROOT
    return path.relative_to(base).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call in a file; `.name` where the thing called on is an expression."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, _dotted(node.func)


def names_used(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every attribute looked up or name imported in a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, _dotted(node)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{a.name}") for a in node.names)


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return ""
