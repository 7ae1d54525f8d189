"""Doubts beside what is claimed: those of the checks under the answer, and those of few trials."""

import pytest

from likeforlike.report.sections.answer import answer
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.trials import trials
from likeforlike.report.text import Text
from likeforlike.report.words import Words
from support.reports import example, justice


def context(release):
    return Context(release, justice(), Words(release, justice()), Text(release, justice()))


def doubt(verdict, *, measure=None, **changes):
    release = example("full")
    row = release.checks[0].model_copy(
        update={"verdict": verdict, "measure": measure or release.measures[0].name}
    )
    first = release.measures[0].model_copy(update=changes)
    changed = {"checks": (row,), "measures": (first, *release.measures[1:])}
    return answer(context(release.model_copy(update=changed))).doubt


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("overturned", "strong reason to doubt"), ("weakened", "some reason for care"), ("holds", ""),
     ("not_applicable", "")],
)  # fmt: skip
def test_the_answer_points_to_the_checks_that_doubt_it(verdict, said):
    found = doubt(verdict)
    assert said in found
    assert bool(found) == bool(said)


def test_checks_of_another_measure_do_not_touch_the_answer():
    assert doubt("overturned", measure=example("full").measures[1].name) == ""


def test_an_open_question_needs_no_doubts():
    assert doubt("overturned", significant=False, direction="undetermined") == ""


@pytest.mark.parametrize(("replications", "rough"), [(99, True), (100, False)])
def test_few_trials_are_called_rough(replications, rough):
    rows = tuple(r.model_copy(update={"replications": replications}) for r in example("full").trials)
    notes = trials(context(example("full").model_copy(update={"trials": rows}))).notes
    assert any("the percentages are rough" in note for note in notes) == rough
