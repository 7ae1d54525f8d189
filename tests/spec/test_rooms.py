"""Small rooms: a file does one thing, and nothing in it is promised for later."""

import ast
import re
import statistics

import pytest
from source_tree import all_python_files, product_files, relative, tree, written_files

MOST_LINES = 400
USUAL_LINES = 110
# Written so that this file does not hold what it looks for.
PROMISES = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|raise NotImplemented" r"Error")
PLAIN_ADDRESS = re.compile("http" r"://(?!www\.w3\.org/|schemas\.|localhost|127\.|purl\.org)")
DOWNLOAD_ADDRESS = re.compile(r"https?://\S+\.(whl|tgz|tar\.gz|zip|exe)\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|work|Users)/\w")


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_a_hall():
    assert [f"{relative(p)}: {lines(p)}" for p in all_python_files() if lines(p) > MOST_LINES] == []


def test_most_files_are_small():
    assert statistics.median(lines(p) for p in product_files() if lines(p)) <= USUAL_LINES


def test_every_package_says_what_it_is():
    packages = {p.parent for p in product_files()}
    assert sorted(p.name for p in packages if not (p / "__init__.py").exists()) == []


@pytest.mark.parametrize("path", product_files(), ids=relative)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a promise for later", PROMISES),
        ("an unencrypted address", PLAIN_ADDRESS),
        ("a download address", DOWNLOAD_ADDRESS),
        ("a path of one machine", MACHINE_PATH),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_no_file_holds(what, pattern):
    found = [
        f"{relative(p)}:{number}: {line.strip()[:80]}"
        for p in written_files()
        for number, line in enumerate(p.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == [], f"files that hold {what}"
