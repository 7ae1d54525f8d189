"""Commands, settings, lab keys, tables and columns are documented as they are in the code."""

import pytest
from doc_pages import generator, name, pages, text

from likeforlike.labs.read import QUERIES


@pytest.mark.parametrize("page", pages(), ids=name)
def test_generated_parts_are_up_to_date(page):
    assert text(page) == generator().up_to_date(text(page)), "type: make docs"


def test_the_published_schema_of_results_is_up_to_date():
    assert generator().SCHEMA.read_text(encoding="utf-8") == generator().schema(), "type: make docs"


def test_every_generated_part_stands_on_one_page():
    found = [part for page in pages() for _, part, _ in generator().PART.findall(text(page))]
    assert sorted(found) == sorted(generator().PARTS_OF_PAGES)


def test_every_command_and_option_says_what_it_is():
    silent = [
        f"{path} {parameter.name}"
        for path, command in generator().all_commands()
        for parameter in command.params
        if not parameter.help
    ]
    silent += [path for path, command in generator().all_commands() if not command.help]
    assert silent == []


def test_every_query_of_a_lab_is_described():
    page = text("docs/reference/lab.md")
    assert [q for q in QUERIES if f"`sql/{q}.sql`" not in page] == []
