"""What the product imports, and what it declares and pins, are the same."""

import ast
import re
import sys
import tomllib
from pathlib import Path

from source_tree import ROOT, product_files, tree

IMPORTED_AS = {"python-calamine": "python_calamine", "vl-convert-python": "vl_convert"}
"""Packages whose import has another name than the package."""

DRIVER = "adbc_driver_postgresql"

NEEDED_BY_OTHERS = {"pyarrow"}
"""Polars and DuckDB exchange frames through it, and import it themselves."""

BROUGHT = {"py4j"}
"""What Spark brings, by a version of its own choice."""


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}


def extra(name: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {re.match(r"[\w-]+", line)[0] for line in project["optional-dependencies"][name]}
    return {package.replace("-", "_") for package in found}


def imported() -> set[str]:
    found = set().union(*map(imports, product_files()))
    return found - set(sys.stdlib_module_names) - {"likeforlike"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def pinned(file: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / file).read_text(encoding="utf-8").splitlines()
    return dict(line.split(" \\")[0].split("==", 1) for line in lines if re.match(r"[a-z0-9]", line))


def test_imports_are_declared():
    names = {IMPORTED_AS.get(name, name) for name in declared()}
    elsewhere = extra("spark") | extra("postgresql") | BROUGHT
    assert imported() - names - elsewhere == set(), "imported but not named in pyproject.toml"


def test_only_the_spark_engine_needs_spark():
    users = {
        path.parent.name for path in product_files() for name in imports(path) & (extra("spark") | BROUGHT)
    }
    assert users == {"spark"}


def test_only_the_database_needs_its_driver():
    assert extra("postgresql") == {DRIVER}
    assert {path.name for path in product_files() if DRIVER in imports(path)} == {"database.py"}


def test_declarations_are_used():
    used = imported()
    unused = {name for name in declared() - NEEDED_BY_OTHERS if IMPORTED_AS.get(name, name) not in used}
    assert unused == set(), "named in pyproject.toml but not imported"


def test_declarations_are_pinned():
    assert declared() - set(pinned("base.txt")) == set()


def test_tests_run_on_the_same_versions():
    base, dev = pinned("base.txt"), pinned("dev.txt")
    assert {name: dev.get(name) for name in base} == base


def test_every_pin_has_its_hashes_and_no_address():
    for file in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[a-z0-9])", text)
        assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []
        assert not re.search(r"https?:|file:|-index-url|--find-links| @ ", text)
