"""A1, A2, A8, A11: attackers who read nothing but releases, made and held by the product's own way out."""

import itertools
import math
from dataclasses import replace

import pytest

from likeforlike.disclosure.counts import percent, rounded
from support.attacked_lab import Told, crowd
from support.attacker import conclude
from support.shipped_lab import LAB, Person, ShippedLab, events, total

HAD, HAD_NOT = Person(reoffended_in=3, reoffences=2), Person()


def records_of(groups, every=3):
    """Every third reoffended."""
    people = enumerate(itertools.chain.from_iterable(groups))
    return {name: HAD if i % every == 0 else HAD_NOT for i, name in people}


def told(release, people):
    """What a release says, to who knows the list: its own code run again for every number of events."""
    return None if release is None else Told(frozenset(people), *events(release, len(people)))


def test_an_ordinary_request_is_answered_in_full(tmp_path):
    people = crowd("person", 150)
    records = {n: replace(p, previous=i % 7) for i, (n, p) in enumerate(records_of([people]).items())}
    lab = ShippedLab(tmp_path, records)
    release = lab.ask(people)
    assert [row.withheld for row in release.measures] == ["", ""]
    assert any(row.treatment is not None for row in release.balance)


def test_the_list_and_the_list_less_one(tmp_path, reports):
    people = crowd("person", 120)
    lab = ShippedLab(tmp_path / "lab", records_of([people], every=4))
    lists = [people, people[1:]]
    exposed = conclude(people[:1], [told(lab.forgetful().ask(each), each) for each in lists])
    assert lab.ask(people) is not None
    assert lab.ask(people[1:]) is None
    assert lab.ask([*people[1:], "nobody"], organisation="another") is None
    reports("A1  the way out: a list less one", exposed, "nothing: refused")


def tracked(lab, here, there, target):
    lists = [here, there, [*here, *there, target]]
    return lists, [lab.ask(each, organisation=str(i)) for i, each in enumerate(lists)]


def test_a_tracker_through_rates(tmp_path, reports):
    here, there = crowd("here", 40), crowd("there", 40)
    lab = ShippedLab(tmp_path / "lab", records_of([here, there, ["target"]]))
    found = []
    for each in (lab.forgetful(), lab):
        lists, answers = tracked(each, here, there, "target")
        found.append(
            conclude(["target"], [told(a, people) for a, people in zip(answers, lists, strict=True)])
        )
    assert found[1].nothing
    reports("A2  the way out: a tracker through rates", *found)


def test_a_tracker_through_means(tmp_path, reports):
    """The one person has so many offences that a mean of hundreds shows it."""
    here, there = crowd("here", 150), crowd("there", 150)
    people = records_of([here, there]) | {"target": Person(reoffended_in=1, reoffences=40)}
    lab = ShippedLab(tmp_path / "lab", people)
    least = []
    for each in (lab.forgetful(), lab):
        lists, answers = tracked(each, here, there, "target")
        spans = [(0.0, 1e9) if a is None else total(a, len(p)) for a, p in zip(answers, lists, strict=True)]
        least.append(math.ceil(max(spans[2][0] - spans[0][1] - spans[1][1], 0)))
    assert answers[0] is not None
    assert answers[1] is not None
    assert least[0] > 0 == least[1]
    reports("A2  the way out: a tracker through means", f"{least[0]} offences or more", "nothing")


def test_a_mean_alone_is_left_out_before_a_rate_is(tmp_path):
    """The rates of a tracker's third list are wide enough; what is no rate would give the person away."""
    here, there = crowd("here", 150), crowd("there", 150)
    lab = ShippedLab(tmp_path, records_of([here, there, ["target"]]))
    _, answers = tracked(lab, here, there, "target")
    last = answers[2]
    assert last is None or [row.name for row in last.measures if row.withheld] == ["reoffences"]
    if last is not None:
        assert all(row.light == "hidden" for row in last.balance)


@pytest.mark.parametrize("later", [13, 18])
def test_two_lengths_of_follow_up_do_not_count_those_between(tmp_path, later, reports):
    """The same sixty people after twelve months and after more: one of them reoffended in the thirteenth."""
    people = crowd("person", 60)
    records = {name: Person(reoffended_in=6, reoffences=1) for name in people[:30]}
    records |= {people[30]: Person(reoffended_in=13, reoffences=1)} | dict.fromkeys(people[31:], HAD_NOT)
    lab = ShippedLab(tmp_path / "lab", records)
    found = []
    for each in (lab.forgetful(), lab):
        answers = [each.ask(people, months=months) for months in (12, later)]
        spans = [(0, 60) if a is None else events(a, 60) for a in answers]
        found.append((max(spans[1][0] - spans[0][1], 0), spans[1][1] - spans[0][0]))
    least, most = found[1]
    assert most - least >= 5
    reports(
        f"A11 the way out: 12 months, then {later}",
        f"{found[0][0]} to {found[0][1]} of 60 between",
        f"{least} to {most} between",
    )


def test_a_long_time_later_the_same_people_may_be_asked_about(tmp_path):
    people = crowd("person", 200)
    records = {name: Person(reoffended_in=1 + i % 24, reoffences=1) for i, name in enumerate(people[:120])}
    lab = ShippedLab(tmp_path, records | dict.fromkeys(people[120:], HAD_NOT))
    assert lab.ask(people, months=12) is not None
    assert lab.ask(people, months=24) is not None


def test_a_hidden_level_does_not_follow_from_two_lists_that_show_it(tmp_path, reports):
    """Wales has 7 people in one list, and enough in others that are sent with it and without it."""
    few, rest = crowd("few", 60), [crowd(f"rest{i}-", 90) for i in range(4)]
    records = records_of([few, *rest])
    welsh = {*few[:7], *(name for group in rest for name in group[:44])}
    records = {n: replace(p, region="Wales") if n in welsh else p for n, p in records.items()}
    lab = ShippedLab(tmp_path / "lab", records)
    found = []
    for each in (lab.forgetful(), lab):
        assert hidden(each.ask(few))
        spans = []
        for group in rest:
            alone, both = (share(each.ask(people), len(people)) for people in (group, group + few))
            spans.append((both[0] - alone[1], both[1] - alone[0]))
        found.append((max(0, *(s[0] for s in spans)), min(9, *(s[1] for s in spans))))
    assert found[1] == (0, 9)
    told = (f"{least} to {most} of 60" for least, most in found)
    reports("A8  the way out: a hidden level by four pairs of lists", *told)


def hidden(release):
    row = next(row for row in release.balance if row.level == "Wales")
    return row.treatment is None


def share(release, people):
    """How many Welsh people a share stands for, by the rounding of the count alone."""
    row = None if release is None else next(row for row in release.balance if row.level == "Wales")
    if row is None or row.treatment is None:
        return 0, people
    whole = rounded(people, LAB.disclosure)
    alike = [k for k in range(people + 1) if percent(rounded(k, LAB.disclosure), whole) == row.treatment]
    return alike[0], alike[-1]


def test_no_attacker_knows_better_than_the_ledger_takes_for_known(tmp_path):
    """The claim about a rate is at least as narrow as what the printed figures allow."""
    people = crowd("person", 240)
    lab = ShippedLab(tmp_path, records_of([people]))
    for size in (37, 64, 139):
        group, people = people[:size], people[size:]
        release = lab.ask(group)
        claim = next(c for c in lab.said[-1].claims if (c.group, c.statistic) == ("analysed", "reoffended"))
        least, most = events(release, size)
        assert least <= claim.low <= claim.high <= most


def test_two_sub_groups_are_let_out_beside_each_other(tmp_path):
    people = crowd("person", 240)
    lab = ShippedLab(tmp_path, records_of([people]))
    parts = {"young": people[::2], "northern": people[:100]}
    release = lab.ask(people, parts=parts)
    assert [part.status for part in release.sub_analyses] == ["shown", "shown"]


def test_sub_groups_that_single_a_few_out_are_left_out(tmp_path):
    people = crowd("person", 240)
    lab = ShippedLab(tmp_path, records_of([people]))
    release = lab.ask(people, parts={"young": people[:100], "younger": people[:95]})
    assert release is not None
    assert [part.status for part in release.sub_analyses] == ["not_offered", "not_offered"]
