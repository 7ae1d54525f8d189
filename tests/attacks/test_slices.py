"""A8: sub-groups of one list as slices, beside each other, the whole, and lists sent before."""

from hypothesis import given, settings
from hypothesis import strategies as st

from support.attacked_lab import GuardedLab, OpenLab, crowd
from support.attacker import conclude

PEOPLE = crowd("person", 120)
HAD = PEOPLE[::3]


def test_a_slice_of_all_but_a_few(tmp_path, reports):
    few = PEOPLE[115:]
    open_lab = OpenLab(HAD, PEOPLE)
    exposed = conclude(few, [open_lab.ask(PEOPLE), open_lab.ask(PEOPLE[:115])])
    lab = GuardedLab(tmp_path, HAD, PEOPLE)
    learned = conclude(few, [lab.ask(PEOPLE, parts={"inside": PEOPLE[:115]})])
    assert learned.nothing
    assert not exposed.nothing
    reports("A8  a sub-group of all but five", exposed, learned)


def test_two_sub_groups_that_differ_by_a_few(tmp_path):
    parts = {"young": PEOPLE[:60], "younger": PEOPLE[:57]}
    lab = GuardedLab(tmp_path, HAD, PEOPLE)
    assert lab.ask(PEOPLE, parts=parts) is None


@settings(max_examples=25)
@given(st.integers(30, 90), st.integers(30, 90))
def test_slices_in_turn_leave_what_lies_between_them_open(tmp_path_factory, one, other):
    lab = GuardedLab(tmp_path_factory.mktemp("lab"), HAD, PEOPLE)
    cut = [lab.ask(PEOPLE[:one]), lab.ask(PEOPLE[:other]), lab.ask(PEOPLE)]
    low, high = sorted((one, other))
    for between in (PEOPLE[low:high], PEOPLE[high:]):
        if 0 < len(between) < 10:
            assert conclude(between, cut).nothing


def test_a_slice_of_an_earlier_list(tmp_path):
    lab = GuardedLab(tmp_path, HAD, PEOPLE)
    assert lab.ask(PEOPLE, parts={"inside": PEOPLE[:60], "rest": PEOPLE[60:]}) is not None
    assert lab.ask(PEOPLE[:59], organisation="another") is None
    assert lab.ask(PEOPLE[60:], organisation="another") is not None


def test_ordinary_sub_groups_are_let_out(tmp_path):
    """Protection that lets nothing out would be easy: two ways to divide a list, crossing each other."""
    men, young = [PEOPLE[i] for i in range(120) if i % 5 < 3], [PEOPLE[i] for i in range(120) if i % 2]
    parts = {
        "men": men,
        "not men": [p for p in PEOPLE if p not in men],
        "young": young,
        "not young": [p for p in PEOPLE if p not in young],
    }
    had = [PEOPLE[i] for i in range(120) if i % 7 < 3]
    assert GuardedLab(tmp_path, had, PEOPLE).ask(PEOPLE, parts=parts) is not None
