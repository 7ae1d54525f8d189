"""Pages about evidence, each made once in a test run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from likeforlike.evidence import (
    assess_list,
    pay,
    read_contract,
    read_figures,
    read_history,
    read_library,
    read_prices,
    synthesise,
    worth,
)
from likeforlike.evidence.money import page as money_page
from likeforlike.evidence.money.read import example_prices
from likeforlike.evidence.pages.page import page_html
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.payment import page as payment_page
from likeforlike.evidence.payment.read import example_contracts
from likeforlike.evidence.readiness import page as readiness_page
from likeforlike.evidence.synthesis.context import context_of
from likeforlike.evidence.synthesis.page import make_page
from likeforlike.intake import read_cohort
from likeforlike.labs import load_lab
from support.cohorts import cohort_file, person
from support.libraries import library_of_releases, put, release_of, table_of

JDL = Path(__file__).parents[1] / "reference" / "data" / "jdl_results.csv"


def _synthesis(place: Path) -> str:
    context = context_of(synthesise(read_library(place, better=None if place.is_dir() else "lower")))
    return page_html(make_page(context), context.text)


def _released() -> str:
    with TemporaryDirectory() as folder:
        library = library_of_releases(Path(folder))
        kinds = ("mentoring", "housing", "mentoring", "housing")
        names = ("Bridge Street", "Second Chance", "Open Door", "New Start")
        put(release_of("Bridge Street", -4.0, -7.0, -1.0, 700, "2024-03-31"), library / "again")
        rows = [f"{name},published,,{kind}" for name, kind in zip(names, kinds, strict=True)]
        gone = "Never Done,withdrawn,The provider closed,"
        table_of(library, "programme,status,reason,kind", *rows, gone, name="requests.csv")
        return _synthesis(library)


def _payment(name: str) -> str:
    text = Text("payment")
    found = pay(read_contract(name), read_figures([], name))
    return page_html(payment_page.make_page(found, text), text)


def _worth(name: str) -> str:
    text = Text("money")
    return page_html(money_page.make_page(worth(read_prices(name)), text), text)


def _ready(count: int) -> str:
    text, lab = Text("ready"), load_lab("justice")
    with TemporaryDirectory() as folder:
        rows = [
            person(n, pnc_id="", index_date="", conviction_date="") if n % 3 else person(n)
            for n in range(count)
        ]
        cohort = read_cohort(cohort_file(Path(folder) / "people.csv", rows), lab)
    found = assess_list(cohort, read_history(lab), date(2022, 9, 1))
    return page_html(readiness_page.make_page(found, text), text)


def _disagreeing() -> str:
    text = Text("payment")
    with TemporaryDirectory() as folder:
        head = (
            "cohort,people,binary,risk,per_reoffender,comparison_per_reoffender,severity,comparison_severity"
        )
        file = table_of(Path(folder), head, "To March 2017,9000,45.0,47.5,4.88,4.00,130,100")
        found = pay(read_contract("probation"), read_figures([file], "probation"))
    return page_html(payment_page.make_page(found, text), text)


PAGES: dict[str, Callable[[], str]] = {
    "synthesis of published results": lambda: _synthesis(JDL),
    "synthesis of releases": _released,
    **{f"payment of {name}": partial(_payment, name) for name in example_contracts()},
    "payment with metrics that disagree": _disagreeing,
    **{f"worth of {name}": partial(_worth, name) for name in example_prices()},
    "ready list": lambda: _ready(300),
    "ready small list": lambda: _ready(65),
    "ready too small a list": lambda: _ready(40),
}


@cache
def evidence_page(name: str) -> str:
    return PAGES[name]()
