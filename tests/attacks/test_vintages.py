"""A11: the same list with later records, where one person's outcome has come in between."""

from support.attacked_lab import GuardedLab, OpenLab, crowd


def test_one_outcome_more_in_later_records(tmp_path, reports):
    people = crowd("person", 60)
    before, after = people[:20], people[:21]
    exposed = [OpenLab(had, people).ask(people) for had in (before, after)]
    assert exposed[1].least - exposed[0].most == 1
    first = GuardedLab(tmp_path, before, people).ask(people)
    later = GuardedLab(tmp_path, after, people)
    assert first is not None
    assert later.ask(people, vintage="2027-01-01") is None
    reports("A11 the same list a year later", "exactly 1 more", "refused: that something changed")


def test_records_in_which_nothing_changed_give_the_same_figures(tmp_path):
    people = crowd("person", 60)
    lab = GuardedLab(tmp_path, people[:20], people)
    assert lab.ask(people) == lab.ask(people, vintage="2027-01-01")
