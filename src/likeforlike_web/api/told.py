"""What a program is told and what it tells: the shapes of the addresses' JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from likeforlike_web.cases.questions import LONG_TEXT

Text = Annotated[str, StringConstraints(max_length=LONG_TEXT)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Answer = Text | Annotated[list[Line], Field(max_length=50)]


class Closed(Schema):
    """What a program tells; a key that we do not know is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Sentence(Schema):
    """Why something was not done."""

    sentence: str


class Question(Schema):
    """A question, and how to answer it."""

    key: str
    label: str
    hint: str
    kind: str
    """`text`, `long`, `choice`, `choices` (a list), `date` (like 2019-04-01) or `email`."""
    choices: list[str]
    required: bool


class Page(Schema):
    """Questions that are answered together."""

    key: str
    title: str
    questions: list[Question]


class LabTold(Schema):
    """A lab that takes requests here."""

    name: str
    title: str
    pages: list[Page]


class Start(Closed):
    """A new request: the lab, and answers by page and question."""

    lab: Line
    answers: dict[Line, dict[Line, Answer]] = Field(default_factory=dict)


class Task(Schema):
    """A part of a request, and how far it is."""

    key: str
    title: str
    status: str
    problems: dict[str, str] = Field(default_factory=dict)


class RequestTold(Schema):
    """A request and where it is."""

    id: UUID
    reference: str
    lab: str
    programme: str
    state: str
    sentence: str
    since: datetime
    sent: datetime | None


class WholeRequest(RequestTold):
    """A request with its tasks, its list and the files of its result."""

    tasks: list[Task]
    list_state: str
    files: list[str]


class Signatory(Closed):
    """Who signs the data sharing agreement."""

    name: Line
    job: Line
    email: Line


class ListProblem(Schema):
    """One kind of problem, never with a value of the list."""

    column: str
    sentence: str
    remedy: str
    rows: list[int]
    count: int
    must_fix: bool


class ListTold(Schema):
    """The list and what its check found."""

    state: str
    """`checking`, `problems`, `confirm`, `accepted` or `unreadable`."""
    size: int
    sha256: str
    """Of the ciphertext that the lab keeps."""
    problems: list[ListProblem]


class Reason(Closed):
    """Why unusual points of the list are right, once somebody has checked those rows."""

    reason: Text
    sure: bool


class Declaration(Closed):
    """Both must be true for a request to be sent."""

    true: bool
    """To the best of your knowledge what was written is right."""
    public: bool
    """You understand that the result is published, whatever it is."""
