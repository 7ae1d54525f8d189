"""What a plan, or the lab's own trials, may add to a report, and that nothing of it is there when it was not asked."""

import pytest

from likeforlike.report.write import report_files
from support.page_text import pieces
from support.release_additions import sub_analysis
from support.reports import example, example_files, justice

ADDED = ("sub_groups", "checks", "trials")


def said(name, section):
    found = pieces(example_files(name)["report.html"].decode())
    return [p.text for p in found if p.section == section]


def said_with(section, **changes):
    release = example("full").model_copy(update=changes)
    page = report_files(release, justice(), formats=["html"])["report.html"].decode()
    return " ".join(p.text for p in pieces(page) if p.section == section)


@pytest.mark.parametrize("section", ADDED)
def test_a_section_is_there_and_listed_only_when_it_was_asked_for(section):
    full, lower = (example_files(n)["report.html"].decode() for n in ("full", "lower"))
    assert f'href="#{section}"' in full
    assert f'id="{section}"' in full
    assert f'id="{section}"' not in lower
    assert f'href="#{section}"' not in lower


def test_a_lab_that_was_not_tried_says_so():
    assert "its own error rate is not known" in " ".join(said("lower", "method"))
    assert "its own error rate is not known" not in " ".join(said("full", "method"))
    assert "its own error rate is not known" not in " ".join(said("alike", "method"))


def test_how_often_the_lab_would_be_wrong_is_said_with_its_own_error():
    told = " ".join(said("full", "trials"))
    assert "groups of 1,000 people in the records who took part in nothing" in told
    assert "4.9% to 6.1% were called significant" in told
    assert "94.6% ± 0.7" in told


def test_one_figure_is_no_range():
    rows = tuple(r for r in example("full").trials if r.strength == "weak")
    told = said_with("trials", trials=rows)
    assert "Of programmes that made no difference, 4.9% were called significant" in told


def test_each_sub_group_stands_beside_the_rest_with_its_warnings():
    told = said("full", "sub_groups")
    assert "Women: Proven reoffending rate within a year" in told
    assert told.count("In the group") == told.count("Everyone else") > 0
    text = " ".join(told)
    assert "With many results, some look large by chance alone." in text
    assert "Those who stayed to the end: people chose to be in this group" in text
    assert "Women: people chose" not in text
    assert "York: no result is offered" in text


def test_sub_groups_without_corrected_p_values_have_no_column_for_them():
    hidden = (sub_analysis(justice(), "women", "Women", hidden=True),)
    told = said_with("sub_groups", sub_analyses=hidden)
    assert "Corrected p" not in told
    assert "Benjamini" not in told
    assert "Corrected p" in " ".join(said("full", "sub_groups"))


def test_where_no_sub_group_is_offered_there_is_a_sentence_and_no_table():
    (york,) = (t for t in example("full").sub_analyses if t.status == "not_offered")
    told = said_with("sub_groups", sub_analyses=(york,))
    assert "York: no result is offered" in told
    assert "Everyone else" not in told
    assert "look large by chance" not in told


def test_verdicts_are_words():
    told = said("full", "checks")
    assert [t for t in told if t[:1] in "●▲■–" and len(t) > 1] == [
        "● No reason to doubt",
        "▲ Some reason to doubt",
        "■ Strong reason to doubt",
        "– Does not apply here",
    ]


def test_a_changed_plan_is_said_at_the_top_and_nothing_claims_that_it_was_sealed_before():
    assert "The plan was changed after outcomes were opened: this is version 2 of it." in " ".join(
        said("full", "answer")
    )
    assert "changed after outcomes" not in " ".join(said("lower", "answer"))
    assert "were sealed, before" in " ".join(said("lower", "method"))
    assert "were sealed" not in " ".join(said("full", "method"))


@pytest.mark.parametrize(
    ("method", "caliper", "words"),
    [
        ("radius", 0.1, "radius matching"),
        ("kernel", 0.2, "kernel matching"),
        ("nearest", 0.2, "nearest-neighbour matching"),
        ("odds", None, "weighting by the odds"),
        ("overlap", None, "overlap weighting"),
        ("entropy", None, "entropy balancing"),
    ],
)
def test_the_method_is_said_in_words_and_the_calliper_only_where_there_is_one(method, caliper, words):
    match = example("full").match.model_copy(update={"method": method, "caliper": caliper})
    told = said_with("method", match=match)
    assert words in told
    assert ("standard deviations" in told) == (caliper is not None)
    assert ("estimated the chance" in told) == (method != "entropy")


def test_a_penalty_and_whole_places_are_said():
    told, usual = (" ".join(said(name, "method")) for name in ("full", "lower"))
    assert "held back by a penalty" in told
    assert "The places are told apart by: Prison." in told
    assert "penalty" not in usual
    assert "places" not in usual


def test_corrected_p_values_have_a_column_only_where_there_are_some():
    assert "Corrected p" in said("full", "measures")
    assert "Corrected p" not in said("lower", "measures")
    assert "Holm" in " ".join(said("full", "method"))
    assert "not corrected" in " ".join(said("lower", "method"))


def test_what_the_analysts_add_is_there_in_paragraphs_and_as_text():
    assert said("full", "context") == []
    release = example("full").model_copy(update={"context": "They moved.\n\n<b>Far</b> away."})
    page = report_files(release, justice(), formats=["html"])["report.html"].decode()
    found = [p.text for p in pieces(page) if p.section == "context"]
    assert found == ["What the analysts add", "They moved.", "<b>Far</b> away."]
    assert 'href="#context"' in page
    assert 'href="#context"' not in example_files("full")["report.html"].decode()
