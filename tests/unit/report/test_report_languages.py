"""Words in other languages: whole, or not used; what is missing is listed."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from likeforlike.errors import InputProblem
from likeforlike.report import languages as known
from likeforlike.report.languages import in_language, missing
from likeforlike.report.read import chrome, columns, languages
from likeforlike.report.write import report_files
from support.reports import example, justice

LISTED = Path(__file__).parents[3] / "docs" / "reference" / "languages.md"
OTHERS = tuple(code for code in languages() if code != "en")


def leaves(words, head="") -> Iterator[tuple[str, object]]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", value


def places(text) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(str(text)) if place is not None}


def test_english_lacks_nothing_and_welsh_is_begun():
    assert missing("en", justice().model_copy(update={"translations": {"en": justice().wording}})) == ()
    assert "cy" in OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_missing_is_listed(code):
    gaps = missing(code, justice())
    assert gaps
    listed = LISTED.read_text(encoding="utf-8")
    assert f"## {code}, with the justice lab: {len(gaps)} texts are missing" in listed
    assert all(f"`{gap}`" in listed for gap in gaps)


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_translated_is_in_english_too_and_has_its_places(code):
    for english, other in ((chrome("en"), chrome(code)), (columns("en"), columns(code))):
        texts = dict(leaves(english))
        for name, text in leaves(other):
            assert name in texts, name
            assert places(text) == places(texts[name]), name


@pytest.mark.parametrize("code", OTHERS)
def test_half_a_translation_is_not_used(code):
    with pytest.raises(
        InputProblem, match=r"texts are not translated, the first of them 'annex\.assumption'"
    ):
        in_language(justice(), code)


def test_an_unknown_language_is_one_sentence():
    with pytest.raises(InputProblem, match="There are no reports in 'fr': choose from cy, en"):
        in_language(justice(), "fr")


def test_a_whole_translation_speaks(monkeypatch):
    """English with another answer stands in for a language that is whole."""
    words = chrome("en") | {"answer": chrome("en")["answer"] | {"heading": "Yr ateb"}, "language": "cy-GB"}
    wording = justice().wording
    sentences = dict(wording.sentence) | {"favours_better": "Mae hyn o blaid y rhaglen."}
    lab = justice().model_copy(
        update={"translations": {"cy": wording.model_copy(update={"sentence": sentences})}}
    )

    def spoken(language="en"):
        return words if language == "cy" else chrome(language)

    for module in ("languages", "text", "places"):
        monkeypatch.setattr(f"likeforlike.report.{module}.chrome", spoken)
    monkeypatch.setattr(known, "columns", lambda language: columns("en"))
    html = report_files(example("lower"), in_language(lab, "cy"), formats=["html"])["report.html"].decode()
    assert '<html lang="cy-GB">' in html
    assert ">Yr ateb</h2>" in html
    assert "Mae hyn o blaid y rhaglen." in html
