"""A copy of a register does not begin a ledger of its own, and a ledger that lost its entries is not a new one."""

import shutil

import pytest

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.errors import InputProblem
from support.shipped_lab import Person, ShippedLab


@pytest.fixture
def register(tmp_path):
    folder = tmp_path / "here" / "register"
    folder.mkdir(parents=True)
    return folder


def test_the_ledger_lies_beside_the_register_and_is_found_again(register):
    first = Ledger.of_register(register)
    assert first.folder == register.parent / "ledger"
    assert Ledger.of_register(register).name == first.name


def test_another_vintage_beside_it_has_the_same_ledger(register):
    later = register.parent / "later"
    later.mkdir()
    assert Ledger.of_register(later).name == Ledger.of_register(register).name


def test_a_copy_elsewhere_must_say_where_the_ledger_is(register, tmp_path):
    first = Ledger.of_register(register)
    copy = tmp_path / "there" / "register"
    shutil.copytree(register, copy)
    with pytest.raises(InputProblem, match="LIKEFORLIKE_LEDGER"):
        Ledger.of_register(copy)
    assert not (tmp_path / "there" / "ledger").exists()
    Ledger.at(tmp_path / "there" / "ledger")
    with pytest.raises(InputProblem, match="LIKEFORLIKE_LEDGER"):
        Ledger.of_register(copy)
    assert Ledger.of_register(copy, first.folder).name == first.name


def test_a_ledger_without_its_entries_is_no_new_one(register):
    ledger = Ledger.of_register(register)
    people = [f"person{i}" for i in range(60)]
    ShippedLab(
        ledger.folder, dict.fromkeys(people[:30], Person(3, 1)) | dict.fromkeys(people[30:], Person())
    ).ask(people)
    for name in ("entries.jsonl", "head.json"):
        (ledger.folder / name).unlink()
    with pytest.raises(InputProblem, match="lost entries"):
        Ledger.at(ledger.folder)
