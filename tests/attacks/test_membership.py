"""A5, A6: whether an answer comes at all as an oracle for who is in the records."""

import pytest

from likeforlike.disclosure.ledger.pairs import KNOWN
from support.attacked_lab import PROFILE, GuardedLab, OpenLab, crowd

KNOWN_LIST, TARGETS = crowd("known", 60), crowd("target", 9)
HAD = KNOWN_LIST[:25]


def answered(folder, recorded, second, **ways) -> bool:
    """Whether a second list is answered, after the known one was, where so many targets are in the records."""
    lab = GuardedLab(folder, HAD, [*KNOWN_LIST, *TARGETS[:recorded]])
    assert lab.ask(KNOWN_LIST, **ways.get("first", {})) is not None
    return lab.ask(second, organisation="another", **ways.get("then", {})) is not None


def worlds(tmp_path_factory, second, **ways) -> set[bool]:
    return {answered(tmp_path_factory.mktemp("lab"), n, second, **ways) for n in range(len(TARGETS) + 1)}


@pytest.mark.parametrize("invented", [0, 1, 4, 30])
def test_targets_added_with_invented_people(tmp_path_factory, invented, reports):
    """However many of the nine are in the records, nobody included, the answer is the same."""
    second = [*KNOWN_LIST, *TARGETS, *crowd(f"invented{invented}", invented)]
    lab = OpenLab(HAD, [*KNOWN_LIST, *TARGETS[:4]])
    exposed = len(lab.ask(second).people - frozenset(KNOWN_LIST))
    assert worlds(tmp_path_factory, second) == {False}
    reports("A6  nine added to a known list, padded", f"{exposed} of 9 are in the records", "nothing of 9")


def test_targets_added_with_known_people(tmp_path_factory):
    """With enough others the list is answered, whoever of the nine is in the records."""
    more = crowd("more", 3 * (PROFILE.hide_below + KNOWN))
    everybody = [*KNOWN_LIST, *more]
    found = set()
    for n in range(len(TARGETS) + 1):
        lab = GuardedLab(tmp_path_factory.mktemp("lab"), [*HAD, *more[:18]], [*everybody, *TARGETS[:n]])
        assert lab.ask(KNOWN_LIST) is not None
        found.add(lab.ask([*everybody, *TARGETS]) is not None)
    assert found == {True}


def test_targets_left_out_with_invented_people(tmp_path_factory):
    whole = [*KNOWN_LIST, *TARGETS, *crowd("invented", 12)]
    found = set()
    for n in range(len(TARGETS) + 1):
        lab = GuardedLab(tmp_path_factory.mktemp("lab"), HAD, [*KNOWN_LIST, *TARGETS[:n]])
        assert lab.ask(whole) is not None
        found.add(lab.ask(KNOWN_LIST) is not None)
    assert found == {False}


def test_the_same_people_with_other_dates(tmp_path_factory):
    """Other dates can make somebody lost whose record has nothing then: a list of them is another list."""
    everybody = [*KNOWN_LIST, *TARGETS]
    found = set()
    for n in range(len(TARGETS) + 1):
        lab = GuardedLab(tmp_path_factory.mktemp("lab"), HAD, [*KNOWN_LIST, *TARGETS[:n]])
        assert lab.ask(everybody) is not None
        found.add(lab.ask(everybody, study="again", dates=dict.fromkeys(TARGETS, "2001-01-01")) is not None)
    assert found == {False}


def test_two_sub_groups_that_differ_by_targets(tmp_path_factory):
    """Within one list too, whether sub-groups are offered must not depend on who of nine was found."""
    rest = crowd("rest", 60)
    everybody = [*KNOWN_LIST, *TARGETS, *rest, *crowd("invented", 40)]
    parts = {"first": KNOWN_LIST, "second": [*KNOWN_LIST, *TARGETS, *crowd("invented", 40)]}
    found = set()
    for n in range(len(TARGETS) + 1):
        lab = GuardedLab(
            tmp_path_factory.mktemp("lab"), [*HAD, *rest[:20]], [*KNOWN_LIST, *rest, *TARGETS[:n]]
        )
        found.add(lab.ask(everybody, parts=parts) is not None)
    assert found == {False}


def test_two_charities_with_some_people_in_common_are_both_answered(tmp_path):
    """Protection that refuses everything would be easy: ordinary lists overlap."""
    shared = crowd("both", 25)
    one, other = [*crowd("one", 60), *shared], [*crowd("other", 80), *shared]
    lab = GuardedLab(tmp_path, [*one[::3], *other[::4]], [*one, *other])
    assert lab.ask(one) is not None
    later = dict.fromkeys(shared, "2020-05-01")
    assert lab.ask(other, organisation="another", dates=later) is not None
