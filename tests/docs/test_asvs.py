"""Every test that the table of security items names is there."""

import ast
import re
import tomllib

import pytest
from doc_pages import ROOT

ITEMS = tomllib.loads((ROOT / "docs" / "security" / "asvs.toml").read_text(encoding="utf-8"))["item"]


def test_items_are_numbered_once_and_in_order():
    numbers = [tuple(map(int, item["number"].split("."))) for item in ITEMS]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 40


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["number"])
def test_every_test_is_there(item):
    assert item["tests"]
    for node in item["tests"]:
        path, sign, name = node.partition("::")
        assert sign
        assert re.fullmatch(r"tests/.*/test_\w+\.py", path)
        functions = [
            f.name
            for f in ast.parse((ROOT / path).read_text(encoding="utf-8")).body
            if isinstance(f, ast.FunctionDef)
        ]
        assert (name in functions) if name else any(f.startswith("test_") for f in functions), node
