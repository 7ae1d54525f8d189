"""What a provider is asked about a programme, as data: pages of questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Answers = dict[str, Any]
KNOWN_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONG_TEXT, SHORT_TEXT = 3_000, 200


@dataclass(frozen=True, slots=True)
class Question:
    """One question and how it may be answered."""

    key: str
    label: str
    missing: str
    """What is said when it was not answered."""
    hint: str = ""
    kind: Literal["text", "long", "choice", "choices", "date", "email"] = "text"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Questions that are asked together: one task of the list."""

    key: str
    group: str
    task: str
    """What the task list calls it; begins with a verb."""
    title: str
    questions: tuple[Question, ...]


YOU, PROGRAMME = "About you", "Your programme"

PAGES: tuple[Page, ...] = (
    Page(
        "contact",
        YOU,
        "Say whom we can ask",
        "Whom can we ask about this request?",
        (
            Question("name", "Full name", "Enter a name"),
            Question("email", "Email address", "Enter an email address", kind="email"),
            Question("telephone", "Telephone number (optional)", "", required=False),
        ),
    ),
    Page(
        "name",
        PROGRAMME,
        "Name the programme",
        "What is the programme called?",
        (
            Question(
                "programme",
                "Name of the programme",
                "Enter the name of the programme",
                "It is printed in the report and in the public library.",
            ),
        ),
    ),
    Page(
        "aim",
        PROGRAMME,
        "Describe what it does",
        "What does the programme do?",
        (
            Question(
                "aim",
                "What it is meant to change",
                "Enter what the programme is meant to change",
                "Two or three sentences, as you would say it to somebody outside. They are printed as they are.",
                "long",
            ),
            Question(
                "support",
                "What people get",
                "Select what people get",
                "Select all that apply.",
                "choices",
                (
                    ("employment", "Help with work or training"),
                    ("accommodation", "Help with a place to live"),
                    ("health", "Help with health, drugs or alcohol"),
                    ("family", "Work with families and relationships"),
                    ("thinking", "Courses about thinking, attitudes or behaviour"),
                    ("mentoring", "A mentor or key worker"),
                    ("arts", "Arts, sport or other activities"),
                    ("other", "Something else"),
                ),
            ),
        ),
    ),
    Page(
        "intensity",
        PROGRAMME,
        "Say how much people take part",
        "How much do people take part?",
        (
            Question(
                "length", "How long somebody usually takes part", "Enter how long", "For example, 12 weeks."
            ),
            Question(
                "hours",
                "How many hours that is in all",
                "Enter about how many hours",
                "For example, 2 hours a week.",
            ),
            Question(
                "setting",
                "Where people take part",
                "Select where people take part",
                kind="choice",
                choices=(("custody", "In custody"), ("community", "In the community"), ("both", "Both")),
            ),
        ),
    ),
    Page(
        "dates",
        PROGRAMME,
        "Give its dates",
        "When did the people on your list take part?",
        (
            Question(
                "first",
                "First start",
                "Enter when the first person started",
                "For example, 1 4 2019.",
                "date",
            ),
            Question(
                "last", "Last start", "Enter when the last person started", "For example, 31 3 2022.", "date"
            ),
        ),
    ),
    Page(
        "chosen",
        PROGRAMME,
        "Say how people come to it",
        "How do people come to the programme?",
        (
            Question(
                "eligible",
                "Who may take part",
                "Enter who may take part",
                "Every rule that you use, for example age, sentence, area or risk.",
                "long",
            ),
            Question(
                "chosen",
                "How they are chosen among those who may",
                "Enter how people are chosen",
                "For example, who refers them, whether they ask for it, and who says no.",
                "long",
            ),
        ),
    ),
    Page(
        "completion",
        PROGRAMME,
        "Say who is on the list",
        "Who is on your list?",
        (
            Question(
                "everyone",
                "Is everybody who started on it?",
                "Select yes if everybody who started is on the list",
                "A list of only those who finished answers another question.",
                "choice",
                (("yes", "Yes, everybody who started"), ("no", "No, some are left out")),
            ),
            Question(
                "left_out",
                "Who is left out, and why (optional)",
                "",
                kind="long",
                required=False,
            ),
        ),
    ),
)
BY_KEY = {page.key: page for page in PAGES}


def problems(page: Page, answers: Answers) -> dict[str, str]:
    """What is wrong with the answers to a page, by question."""
    found = {question.key: _problem(question, answers.get(question.key)) for question in page.questions}
    first, last = _date(answers.get("first")), _date(answers.get("last"))
    if page.key == "dates" and first and last and last < first and not found["last"]:
        found["last"] = "The last start must be the same as or after the first start"
    if (
        page.key == "completion"
        and answers.get("everyone") == "no"
        and not str(answers.get("left_out") or "").strip()
    ):
        found["left_out"] = "Enter who is left out, and why"
    return {key: sentence for key, sentence in found.items() if sentence}


def is_empty(answers: Answers) -> bool:
    """Whether nothing was typed at all."""
    return not any(
        value.strip() if isinstance(value, str) else any(value or ()) for value in answers.values()
    )


def shown(question: Question, answer: Any) -> str:
    """An answer as "check your answers" shows it."""
    words = dict(question.choices)
    if question.kind == "choices":
        return "\n".join(words.get(value, value) for value in answer or [])
    if question.kind == "date":
        told = _date(answer)
        return f"{told.day} {told:%B %Y}" if told else " ".join(str(part) for part in answer or [] if part)
    return words.get(answer, str(answer or "")) if question.kind == "choice" else str(answer or "")


def _problem(question: Question, answer: Any) -> str:
    blank = not (answer.strip() if isinstance(answer, str) else any(answer or ()))
    if blank:
        return question.missing if question.required else ""
    if question.kind == "date":
        return _date_problem(question, answer)
    if question.kind == "email" and not KNOWN_ADDRESS.fullmatch(answer.strip()):
        return "Enter an email address in the correct format, like name@example.org"
    if question.kind in ("choice", "choices"):
        given = [answer] if isinstance(answer, str) else answer
        return "" if set(given) <= {value for value, _ in question.choices} else question.missing
    most = LONG_TEXT if question.kind == "long" else SHORT_TEXT
    if len(answer) > most:
        return f"{question.label} must be {most:,} characters or fewer"
    return ""


def _date_problem(question: Question, answer: Any) -> str:
    absent = [
        name for name, part in zip(("day", "month", "year"), answer, strict=False) if not str(part).strip()
    ]
    if absent:
        return f"{question.label} must include a {' and '.join(absent)}"
    return "" if _date(answer) else f"{question.label} must be a real date"


def _date(answer: Any) -> date | None:
    try:
        day, month, year = (int(str(part).strip()) for part in answer)
        return date(year, month, day) if year > 1900 else None
    except (TypeError, ValueError):
        return None
