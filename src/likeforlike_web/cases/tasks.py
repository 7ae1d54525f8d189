"""The task list of a request: what is done, what is left, and what cannot start yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from likeforlike_web.cases.questions import PAGES, Answers, is_empty, problems


class Status(StrEnum):
    """How far a task is, in the words of the page."""

    DONE = "Completed"
    STARTED = "In progress"
    NEW = "Not yet started"
    WAITING = "Waiting"
    LATER = "Cannot start yet"
    PROBLEM = "There is a problem"

    @property
    def style(self) -> str:
        """How its tag looks: colour is for what is left."""
        styles = {Status.DONE: "done", Status.LATER: "later", Status.PROBLEM: "bad", Status.NEW: "yours"}
        return styles.get(self, "")


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list."""

    key: str
    group: str
    title: str
    status: Status
    hint: str = ""

    @property
    def linked(self) -> bool:
        """Whether it can be opened."""
        return self.status is not Status.LATER


@dataclass(frozen=True, slots=True)
class Facts:
    """What the list is worked out from."""

    answers: dict[str, Answers]
    done: Collection[str]
    signature: str = ""
    """Nothing, `asked` or `signed`."""
    upload: str = ""
    """The state of the current upload; nothing if there is none."""


PEOPLE, AGREEMENT, SEND = "Your participants", "Agreement", "Send"
OF_UPLOAD = {
    "": Status.NEW,
    "checking": Status.WAITING,
    "problems": Status.PROBLEM,
    "unreadable": Status.PROBLEM,
    "confirm": Status.STARTED,
    "accepted": Status.DONE,
}
OF_SIGNATURE = {"": Status.NEW, "asked": Status.WAITING, "signed": Status.DONE}


def tasks(facts: Facts) -> list[Task]:
    """Every task in order."""
    found = [Task(page.key, page.group, page.task, _of_page(page.key, facts)) for page in PAGES]
    found.append(
        Task("agreement", AGREEMENT, "Have the data sharing agreement signed", OF_SIGNATURE[facts.signature])
    )
    signed = facts.signature == "signed"
    upload = OF_UPLOAD[facts.upload] if signed or facts.upload else Status.LATER
    hint = "" if upload is not Status.LATER else "The agreement comes first."
    found.append(Task("list", PEOPLE, "Send the list of people", upload, hint))
    ready = all(task.status is Status.DONE for task in found)
    last = Status.NEW if ready else Status.LATER
    found.append(
        Task(
            "send",
            SEND,
            "Check your answers and send",
            last,
            "" if ready else "Complete all other tasks first.",
        )
    )
    return found


def grouped(listed: list[Task]) -> list[tuple[str, list[Task]]]:
    """The tasks under their groups."""
    return [(name, list(members)) for name, members in groupby(listed, key=lambda task: task.group)]


def can_send(facts: Facts) -> bool:
    """Whether nothing is left but to send."""
    return tasks(facts)[-1].status is Status.NEW


def _of_page(key: str, facts: Facts) -> Status:
    from likeforlike_web.cases.questions import BY_KEY

    answers = facts.answers.get(key, {})
    if is_empty(answers):
        return Status.NEW
    wrong = problems(BY_KEY[key], answers)
    if key in facts.done:
        return Status.PROBLEM if wrong else Status.DONE
    return Status.STARTED
