"""Like for Like: a data lab in a box.

Verbs for analysts, loaded when first used::

    import likeforlike as lfl

    lab = lfl.load_lab("justice")
    cohort = lfl.read_cohort("people.xlsx", lab)
    register = lfl.open_register("register/")
    links = lfl.link(cohort, register)
    sample = lfl.follow_up(links, register)
    matched = lfl.match(sample)
    result = lfl.estimate(matched, register)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
        write_payment,
        write_readiness,
        write_synthesis,
        write_worth,
    )
    from likeforlike.followup import follow_up
    from likeforlike.intake import read_cohort, write_templates
    from likeforlike.labs import load_lab
    from likeforlike.linkage import link
    from likeforlike.matching import match
    from likeforlike.pipeline import estimate, plan_study, run_study
    from likeforlike.plan import Plan
    from likeforlike.records import build_register, open_register
    from likeforlike.report import write_report
    from likeforlike.study import Programme, Study
    from likeforlike.synthetic import write_twin

_HOMES = {
    "load_lab": "labs",
    "write_twin": "synthetic",
    "build_register": "records",
    "open_register": "records",
    "read_cohort": "intake",
    "write_templates": "intake",
    "link": "linkage",
    "follow_up": "followup",
    "match": "matching",
    "estimate": "pipeline",
    "plan_study": "pipeline",
    "run_study": "pipeline",
    "write_report": "report",
    "read_library": "evidence",
    "synthesise": "evidence",
    "write_synthesis": "evidence",
    "read_contract": "evidence",
    "read_figures": "evidence",
    "pay": "evidence",
    "write_payment": "evidence",
    "read_prices": "evidence",
    "read_history": "evidence",
    "assess_list": "evidence",
    "write_readiness": "evidence",
    "worth": "evidence",
    "write_worth": "evidence",
    "Plan": "plan",
    "Programme": "study",
    "Study": "study",
}

__all__ = [
    "Plan",
    "Programme",
    "Study",
    "assess_list",
    "build_register",
    "estimate",
    "follow_up",
    "link",
    "load_lab",
    "match",
    "open_register",
    "pay",
    "plan_study",
    "read_cohort",
    "read_contract",
    "read_figures",
    "read_history",
    "read_library",
    "read_prices",
    "run_study",
    "synthesise",
    "worth",
    "write_payment",
    "write_readiness",
    "write_report",
    "write_synthesis",
    "write_templates",
    "write_twin",
    "write_worth",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'likeforlike' has no attribute {name!r}")
    return getattr(import_module(f"likeforlike.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
