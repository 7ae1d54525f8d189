"""A21, A22: somebody inside who changes what was written, or approves alone what they made."""

import json

import pytest

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.errors import InputProblem
from support.attacked_lab import GuardedLab, crowd


@pytest.fixture
def lab(tmp_path):
    people = crowd("person", 60)
    lab = GuardedLab(tmp_path / "ledger", people[:25], people + crowd("more", 60))
    lab.ask(people)
    lab.ask(crowd("more", 60), organisation="another")
    return lab


def change_what(lines):
    return [lines[0].replace("released", "refused"), *lines[1:]]


def forget_the_first(lines):
    return lines[1:]


def forget_the_last(lines):
    return lines[:-1]


def swap(lines):
    return lines[::-1]


def other_organisation(lines):
    return [lines[0].replace('"one"', '"two"'), *lines[1:]]


@pytest.mark.parametrize("change", [change_what, forget_the_first, forget_the_last, swap, other_organisation])
def test_an_altered_line_is_seen_by_whoever_opens_the_ledger(lab, change):
    path = lab.folder / "entries.jsonl"
    path.write_text("\n".join(change(path.read_text().splitlines())) + "\n")
    with pytest.raises(InputProblem):
        Ledger.at(lab.folder)


def test_the_people_of_a_request_cannot_be_exchanged(lab):
    one, two = (
        json.loads(line)["tokens_sha256"] for line in (lab.folder / "entries.jsonl").read_text().splitlines()
    )
    (lab.folder / "people" / one).write_bytes((lab.folder / "people" / two).read_bytes())
    with pytest.raises(InputProblem):
        lab.ledger.verify()


def test_a_ledger_without_its_key_says_nothing_of_anybody(lab, reports):
    """The tokens of everybody who could be meant, under any other key, meet nobody."""
    from likeforlike.disclosure.ledger.tokens import tokens_of

    kept = {token for each in lab.ledger.earlier() for token in each.tokens.tolist()}
    guessed = tokens_of(crowd("person", 60), b"another key of thirty-two bytes.")
    assert not kept & set(guessed.tolist())
    assert kept & set(tokens_of(crowd("person", 60), lab.ledger.key).tolist())
    reports("A22 a line of the ledger changed", "unseen", "refused by every command")
