"""The list of attacks: every one of the methods page is there, and every test that it names exists."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
INDEX = (TESTS / "attacks" / "README.md").read_text(encoding="utf-8")
METHODS = (TESTS.parent / "docs" / "methods" / "disclosure.md").read_text(encoding="utf-8")
WITHOUT_A_TEST = {"A20"}
"""The service's."""


def attacks(page: str) -> set[str]:
    return set(re.findall(r"^\| (A\d+) \|", page, flags=re.MULTILINE))


def test_every_attack_has_a_test():
    assert attacks(INDEX) == attacks(METHODS) - WITHOUT_A_TEST
    assert len(attacks(METHODS)) == 24


def test_every_test_named_exists():
    named = re.findall(r"`([a-z_/]+/test_[a-z_]+\.py)`", INDEX)
    assert [path for path in named if not (TESTS / path).is_file()] == []
    assert {path.name for path in (TESTS / "attacks").glob("test_*.py")} <= {
        Path(path).name for path in named
    }
