"""The data sharing agreement as it is shown and signed: a version is the hash of its whole text."""

from __future__ import annotations

from likeforlike.labs import Lab
from likeforlike_web.cases.models import Case

CLAUSES: tuple[tuple[str, str], ...] = (
    (
        "Who shares what",
        "{organisation} gives the {lab}, which is run by {department}, the list of people it worked with "
        "in the programme “{programme}”: the columns that the lab’s template names, and no others.",
    ),
    (
        "What for",
        "The lab uses the list for statistics only: to compare what happened to these people with what "
        "happened to people like them. Nothing is decided about anybody. The list is used for no other "
        "request.",
    ),
    (
        "The right to share",
        "{organisation} has a lawful basis for sharing the list, has told the people on it what the law "
        "requires, and sends nothing that the template does not ask for.",
    ),
    (
        "How it is kept",
        "The list is encrypted as it arrives and opened only in the lab’s vault. Nobody of "
        "{organisation}, and nobody outside the lab, learns anything about one person.",
    ),
    (
        "How long",
        "When the work is done, or when {organisation} asks for it while nobody works on the list, its "
        "key is destroyed, so that neither the list nor any copy of it can be read. A receipt is given. "
        "The lab keeps a code for each person, made with a secret key, to protect people on later lists.",
    ),
    (
        "What is published",
        "The lab publishes that the request was made, and its result, whatever it is. A request cannot "
        "be withdrawn once the analysis has begun.",
    ),
    (
        "If something goes wrong",
        "Whoever learns that the list was lost or seen by somebody who should not have seen it tells the "
        "other within one working day.",
    ),
)


def clauses(case: Case, lab: Lab) -> list[tuple[str, str]]:
    """The agreement for a request, clause by clause."""
    facts = {
        "organisation": case.organisation.name,
        "lab": lab.head.title,
        "department": lab.head.department,
        "programme": case.programme,
    }
    return [(title, text.format(**facts)) for title, text in CLAUSES]


def whole_text(case: Case, lab: Lab) -> str:
    """The agreement as plain text."""
    parts = [
        f"{number}. {title}\n\n{text}" for number, (title, text) in enumerate(clauses(case, lab), start=1)
    ]
    return "\n\n".join(["Data sharing agreement", *parts]) + "\n"
