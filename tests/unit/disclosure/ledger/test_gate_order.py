"""The gate's three questions in their order, and whom they concern."""

from dataclasses import replace

import numpy as np
import pytest

from likeforlike.disclosure.ledger import joint
from likeforlike.disclosure.ledger.entry import Earlier, entry_of, spent_on
from likeforlike.disclosure.ledger.gate import decide
from likeforlike.disclosure.ledger.submission import Claim, Draw, Submission


def people(*spans: range) -> np.ndarray:
    return np.array(sorted(set().union(*spans)), dtype=np.uint64)


def asked(
    *, study="s", vintage="2026-01-01", had=None, organisation="one", counted=(), **groups
) -> Submission:
    claims = tuple(Claim(g, "reoffended", low, high) for g, (low, high) in (had or {}).items())
    return Submission(organisation, study, vintage, groups, claims, frozenset(counted))


def ledger_of(*submissions, what="released") -> list[Earlier]:
    found = []
    for each in submissions:
        entry = entry_of(each, what, "", date="2026-01-01", tokens_sha256=each.study_sha256,
                         release_sha256="", after=found[-1].entry if found else None)  # fmt: skip
        found.append(Earlier(entry, each.people.tokens, each.people.members))
    return found


def test_the_first_list_is_released():
    assert decide([], asked(all=people(range(60)), had={"all": (20, 20)}), "t").outcome == "release"


def test_the_same_again_is_the_earlier_answer_and_another_vintage_is_not():
    one = asked(all=people(range(60)), had={"all": (20, 20)})
    verdict = decide(ledger_of(one), one, "s")
    assert (verdict.outcome, verdict.request) == ("repeat", 1)
    assert decide(ledger_of(one), replace(one, vintage="2027-01-01"), "s").outcome == "release"
    assert decide(ledger_of(one, what="refused"), one, "s").outcome == "release"


@pytest.mark.parametrize("what", ["released", "refused", "withdrawn"])
@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        (range(60), range(59), "refuse"),
        (range(59), range(60), "refuse"),
        (range(60), range(60), "release"),
        (range(60), range(100, 160), "release"),
        (range(60), range(48), "refuse"),
        (range(60), range(47), "release"),
        (range(1000), range(20, 1400), "refuse"),
        (range(1000), range(50, 1400), "release"),
    ],
)
def test_differences_with_every_earlier_request_of_anybody(what, old, new, outcome):
    ledger = ledger_of(asked(organisation="another", all=people(old)), what=what)
    verdict = decide(ledger, asked(study="t", all=people(new)), "t")
    assert verdict.outcome == outcome
    assert ("request 1" in verdict.reason) == (outcome == "refuse")


def test_parts_are_held_against_lists_and_against_each_other():
    old = ledger_of(asked(all=people(range(200)), inside=people(range(80))))
    verdict = decide(old, asked(study="t", all=people(range(79))), "t")
    assert verdict.outcome == "refuse"
    assert {(p.other, p.only_there) for p in verdict.pairs if p.few} == {("inside", 1)}
    own = asked(all=people(range(200)), first=people(range(80)), second=people(range(82)))
    verdict = decide([], own, "t")
    assert (verdict.outcome, verdict.groups) == ("refuse", {"second"})


def test_what_is_counted_is_held_against_what_was_counted_by_the_same_name():
    old = ledger_of(asked(all=people(range(100)), found=people(range(103)), counted=["found"]))
    more = asked(
        study="t", all=people(range(200)), found=people(range(104, 320), range(100)), counted=["found"]
    )
    few = [pair for pair in decide(old, more, "t").pairs if pair.few]
    assert [(pair.group, pair.other, pair.only_there) for pair in few] == [("found", "found", 3)]


def test_a_tracker_is_refused_and_the_reason_names_its_lists():
    first, more, target = range(60), range(100, 130), range(500, 505)
    old = ledger_of(
        asked(study="a", all=people(first, more, target), had={"all": (37, 37)}),
        asked(study="b", all=people(first), had={"all": (20, 20)}),
    )
    last = people(more)
    verdict = decide(old, asked(study="c", all=last, had={"all": (12, 12)}), "c")
    assert verdict.outcome == "refuse"
    assert "Of 1 person in 'all' of request 1, all answers together say that 1 to 1 have" in verdict.reason
    assert not any(pair.few for pair in verdict.pairs)
    for harmless in ((11, 18), (0, 30)):
        assert decide(old, asked(study="c", all=last, had={"all": harmless}), "c").outcome == "release"


def test_only_what_was_published_is_known():
    first, more, target = range(60), range(100, 130), range(500, 505)
    one = asked(study="a", all=people(first, more, target), had={"all": (37, 37)})
    two = asked(study="b", all=people(first), had={"all": (20, 20)})
    new = asked(study="c", all=people(more), had={"all": (12, 12)})
    assert decide(ledger_of(one, two, what="refused"), new, "c").outcome == "release"


def test_many_small_unions_are_all_looked_at():
    """Five people, each alone in company of ever other lists: no one of them is told about, four together are."""
    spans = [range(100 * i, 100 * i + 60) for i in range(5)]
    lists = [people(span, range(900 + i, 901 + i)) for i, span in enumerate(spans)]
    everyone = people(*spans)
    old = ledger_of(*[asked(study=str(i), all=each, had={"all": (20, 20)}) for i, each in enumerate(lists)])
    new = asked(study="n", all=everyone, had={"all": (98, 98)})
    verdict = decide(old, replace(new, threshold=6), "n")
    assert verdict.outcome == "refuse"
    joined = joint.told_by_all(
        joint.Atoms(*_atoms([*lists, everyone])),
        [*(joint.Said(i, 20, 20) for i in range(5)), joint.Said(5, 98, 98)],
        6,
    )
    assert joined == [joint.Told(4, 1, 2), joint.Told(3, 0, 2)]


def _atoms(lists):
    from likeforlike.disclosure.ledger.atoms import atoms_of

    atoms = atoms_of(lists)
    return atoms.size, atoms.member


def test_too_big_to_decide_is_refused(monkeypatch):
    monkeypatch.setattr(joint, "MOST_ATOMS", 1)
    target = range(500, 505)
    old = ledger_of(asked(study="a", all=people(range(60), target), had={"all": (25, 25)}))
    new = asked(study="b", all=people(range(100, 160), target), had={"all": (64, 65)})
    verdict = decide(old, new, "b")
    assert (verdict.outcome, "too many to decide" in verdict.reason) == ("refuse", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"all": np.array([2, 1], dtype=np.uint64)},
        {"all": np.array([1, 1], dtype=np.uint64)},
        {"other": people(range(5))},
        {"all": people(range(5)), "counted": ["none"]},
    ],
)
def test_a_submission_must_fit(wrong):
    with pytest.raises(ValueError, match=r"group|order"):
        asked(had={"all": (0, 1)}, **wrong)


def test_noise_about_the_same_people_adds_up_once_a_draw():
    draw = Draw("q", 20, 0.5)
    one = replace(asked(all=people(range(60))), draws=(draw,))
    old = ledger_of(
        one, replace(one, study_sha256="t"), replace(one, study_sha256="u", draws=(Draw("r", 1, 1.0),))
    )
    assert spent_on(people(range(59, 80)), old) == [0.5, 1.0]
    assert spent_on(people(range(60, 80)), old) == []
