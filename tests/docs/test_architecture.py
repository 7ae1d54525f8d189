"""ARCHITECTURE.md says what there is: folders, verbs, and the tests that hold the rules."""

import ast
import re
import tomllib

from doc_pages import ROOT, code_words, table_after, text

SOURCE = ROOT / "src" / "likeforlike"


def inventory():
    return {code_words(row[1])[0]: row for row in table_after("ARCHITECTURE.md", "## What is where")}


def exported(folder: str) -> list[str]:
    module = ast.parse((SOURCE / folder / "__init__.py").read_text(encoding="utf-8"))
    lists = [n.value for n in module.body if isinstance(n, ast.Assign) and n.targets[0].id == "__all__"]
    return ast.literal_eval(lists[0])


def test_every_folder_is_in_the_table():
    folders = {p.parent.name for p in SOURCE.glob("*/__init__.py")}
    assert set(inventory()) == folders


def test_every_verb_in_the_table_is_exported():
    for folder, row in inventory().items():
        assert set(code_words(row[2])) <= set(exported(folder)), folder


def test_every_result_in_the_table_is_a_class_of_its_folder():
    for folder, row in inventory().items():
        for result in code_words(row[4]):
            classes = [
                p
                for p in (SOURCE / folder).glob("*.py")
                if re.search(rf"^class {result}\b", text(p), re.MULTILINE)
            ]
            assert classes, f"{folder} does not define {result}"


def test_the_stages_are_numbered_in_the_order_of_the_layers():
    rows = sorted((row for row in inventory().values() if row[0]), key=lambda row: int(row[0]))
    stages = [code_words(row[1])[0] for row in rows]
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    order = [m.strip().removeprefix("likeforlike.") for layer in reversed(layers) for m in layer.split("|")]
    assert [s for s in order if s in stages and s not in ("intake", "records")] == stages[2:]
    assert {"records", "intake"} == set(stages[:2])


def test_every_module_beside_the_folders_is_named():
    page = text("ARCHITECTURE.md")
    assert [p.name for p in SOURCE.glob("[a-z]*.py") if f"`{p.name}`" not in page] == []


def test_every_rule_names_a_test_that_exists():
    rows = table_after("ARCHITECTURE.md", "## Rules, and the tests that hold them")
    assert rows
    for row in rows:
        paths = [w for w in code_words(row[1]) if w.startswith("tests/")]
        assert paths or "import-linter" in row[1], row[0]
        assert [p for p in paths if not (ROOT / p).exists()] == []
