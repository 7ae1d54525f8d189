"""A2, A24: many lists whose sums single a few people out, chosen by hand, by chance, and all solved together."""

import itertools

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.attacked_lab import GuardedLab, OpenLab, crowd
from support.attacker import conclude, least_ignorant


def test_a_tracker_of_three_lists(tmp_path, reports):
    """Targets in the company of two groups, and each of the groups alone: no two lists differ by a few."""
    here, there, targets = crowd("here", 50), crowd("there", 40), crowd("target", 5)
    lists = [here + there + targets, here, there]
    had, records = here[:20] + there[:15] + targets[:2], here + there + targets
    exposed = conclude(targets, [OpenLab(had, records).ask(each) for each in lists])
    lab = GuardedLab(tmp_path, had, records)
    answers = [lab.ask(each, organisation=str(i)) for i, each in enumerate(lists)]
    assert answers[:2] != [None, None]
    learned = conclude(targets, answers)
    assert learned.nothing
    assert exposed.least == exposed.most == 2
    reports("A2  a tracker of three lists", exposed, learned)


def test_a_longer_chain_of_trackers(tmp_path, reports):
    """Five targets, each in a company of its own; then all companies, without and with them."""
    companies = [crowd(f"company{i}-", 40) for i in range(5)]
    targets = crowd("target", 5)
    lists = [[*company, target] for company, target in zip(companies, targets, strict=True)]
    lists += [[*itertools.chain(*companies)]]
    had = [person for company in companies for person in company[:15]] + targets[:3]
    records = [*itertools.chain(*companies), *targets]
    exposed = conclude(targets, [OpenLab(had, records).ask(each) for each in lists])
    lab = GuardedLab(tmp_path, had, records)
    learned = conclude(targets, [lab.ask(each) for each in lists])
    assert learned.nothing
    assert not exposed.nothing
    reports("A2  six lists around five people", exposed, learned)


@st.composite
def attacks(draw):
    """Groups of people of any size, some of a few, and lists that are any unions of them."""
    sizes = draw(st.lists(st.sampled_from([2, 5, 9, 15, 20, 35, 50]), min_size=3, max_size=6))
    lists = draw(
        st.lists(st.sets(st.integers(0, len(sizes) - 1), min_size=1), min_size=2, max_size=6, unique_by=tuple)
    )
    shares = draw(st.lists(st.floats(0, 1), min_size=len(sizes), max_size=len(sizes)))
    return sizes, lists, shares


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(attacks())
def test_whatever_lists_are_sent_no_few_people_are_told_about(tmp_path_factory, attack):
    sizes, lists, shares = attack
    groups = [crowd(f"group{i}-", size) for i, size in enumerate(sizes)]
    had = [p for group, share in zip(groups, shares, strict=True) for p in group[: round(share * len(group))]]
    lab = GuardedLab(tmp_path_factory.mktemp("lab"), had, list(itertools.chain(*groups)))
    answers = [lab.ask([p for i in sorted(chosen) for p in groups[i]]) for chosen in lists]
    few = [
        frozenset(itertools.chain(*(groups[i] for i in union)))
        for count in (1, 2, 3)
        for union in itertools.combinations(range(len(groups)), count)
        if sum(sizes[i] for i in union) < 10
    ]
    if few:
        assert least_ignorant(few, answers).nothing


def test_random_halves_do_not_give_the_whole_back(tmp_path, reports):
    """Dinur & Nissim 2003: enough random halves of 90 people, each answered nearly exactly, give every one away."""
    rng = np.random.default_rng(1)
    everyone = crowd("person", 90)
    had = [person for person in everyone if rng.random() < 0.4]
    lists = [[p for p in everyone if rng.random() < 0.5] for _ in range(110)]
    open_lab, lab = OpenLab(had, everyone), GuardedLab(tmp_path, had, everyone)
    open_answers = [open_lab.ask(each) for each in lists]
    answers = [lab.ask(each) for each in lists[:8]]
    given = [answer for answer in answers if answer is not None]
    pairs = [frozenset(everyone[i : i + 1]) for i in range(90)]
    assert least_ignorant(pairs, answers).nothing
    exact = solved(everyone, open_answers, had)
    ours = solved(everyone, given, had)
    assert exact == 1.0
    assert ours < 0.8
    reports(
        "A24 random halves of 90 people",
        f"{exact:.0%} of people named rightly from 110 lists",
        f"{ours:.0%}, from the {len(given)} of 8 answered; always saying no is right for 60%",
    )


def solved(everyone, answers, had) -> float:
    """Share of people for whom the best guess is right."""
    place = {person: i for i, person in enumerate(everyone)}
    member = np.zeros((len(answers), len(everyone)))
    for i, answer in enumerate(answers):
        member[i, [place[p] for p in answer.people]] = 1
    middle = np.array([(answer.least + answer.most) / 2 for answer in answers])
    prior = 0.4
    guess = prior + np.linalg.pinv(member, rcond=1e-8) @ (middle - member @ np.full(len(everyone), prior))
    truth = np.isin(everyone, had)
    return float(((guess > 0.5) == truth).mean())
