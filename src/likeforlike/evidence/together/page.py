"""Several labs' answers as a page: each answer first, then every outcome in one table."""

from __future__ import annotations

from likeforlike.evidence.pages.page import Answer, Head, Page, Section
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.together.answers import Together, Told
from likeforlike.report.numbers import fixed, people
from likeforlike.report.sections.table import page_table


def make_page(found: Together, text: Text) -> Page:
    """Every section."""
    sections = (
        _outcomes(found, text),
        *(_of_lab(one, text) for one in found.told),
        Section("method", text("method.heading"), bullets=text.lines("method.bullets")),
    )
    head = Head(text("source"), text("kind"), found.programme, found.provider)
    meaning = tuple(text("says", title=one.title, answer=one.answer) for one in found.told)
    facts = tuple((one.title, _base(one, text)) for one in found.told)
    return Page(
        head, Answer(text("lede", count=len(found.told)), meaning, (text("not_both"),), facts), sections
    )


def _base(one: Told, text: Text) -> str:
    if one.refused:
        return text("refused")
    counted = text("hidden") if one.analysed is None else people(one.analysed)
    return text("base", people=counted, months=one.months)


def _outcomes(found: Together, text: Text) -> Section:
    rows = [
        (
            one.title,
            row["measure"],
            _figure(row["treatment"], row["decimals"], text),
            _figure(row["comparison"], row["decimals"], text),
            _range(row, text),
            row["unit"],
        )
        for one in found.told
        for row in one.measures
    ]
    columns = text.lines("outcomes.columns")
    table = page_table(text("outcomes.caption"), columns, rows, numeric=(2, 3, 4))
    return Section("outcomes", text("outcomes.heading"), (text("outcomes.words"),), table=table)


def _of_lab(one: Told, text: Text) -> Section:
    said = tuple(f"{row['measure']}: {row['result']}" for row in one.measures if row["headline"])
    return Section(one.lab, one.title, (text("run_by", department=one.department), one.answer), bullets=said)


def _figure(value: float | None, decimals: int, text: Text) -> str:
    return text("none") if value is None else fixed(value, decimals)


def _range(row: dict[str, object], text: Text) -> str:
    low, high = row["conf_low"], row["conf_high"]
    if not isinstance(low, float) or not isinstance(high, float):
        return text("none")
    decimals = int(str(row["decimals"]))
    return text("to", low=fixed(low, decimals), high=fixed(high, decimals))
