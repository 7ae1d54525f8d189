"""A request, its tasks and its list, as a program reads them."""

from __future__ import annotations

from typing import Any

from likeforlike_web.actions.filling_in import task_facts
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.policies import why_not
from likeforlike_web.cases.questions import BY_KEY, PAGES, problems
from likeforlike_web.cases.roles import Role
from likeforlike_web.cases.states import SENTENCE, TITLE, seen
from likeforlike_web.cases.tasks import tasks
from likeforlike_web.provider.problems import MUST_FIX, WHOLE
from likeforlike_web.uploads.models import Upload


def pages() -> list[dict[str, Any]]:
    """What is asked about a programme."""
    return [
        {
            "key": page.key,
            "title": page.title,
            "questions": [
                {
                    "key": question.key,
                    "label": question.label,
                    "hint": question.hint,
                    "kind": question.kind,
                    "choices": [key for key, _ in question.choices],
                    "required": question.required,
                }
                for question in page.questions
            ],
        }
        for page in PAGES
    ]


def in_short(case: Case) -> dict[str, Any]:
    """A request and where it is."""
    return {
        "id": case.pk,
        "reference": case.reference,
        "lab": case.lab,
        "programme": case.programme,
        "state": TITLE[seen(case.where)],
        "sentence": SENTENCE[seen(case.where)],
        "since": case.since,
        "sent": case.sent,
    }


def in_full(case: Case) -> dict[str, Any]:
    """A request with its tasks, its list and the files of its result."""
    facts = task_facts(case)
    wrong = {key: problems(BY_KEY[key], facts.answers.get(key, {})) for key in facts.done}
    listed = [
        {"key": task.key, "title": task.title, "status": task.status, "problems": wrong.get(task.key, {})}
        for task in tasks(facts)
    ]
    return in_short(case) | {"tasks": listed, "list_state": facts.upload, "files": files_of(case)}


def files_of(case: Case) -> list[str]:
    """Names of the files of its draft or result, once the organisation may read them."""
    found = None if why_not({Role.PROVIDER}, case.where, Action.READ_DRAFT) else latest_result(case)
    return sorted(found.files.values_list("name", flat=True)) if found else []


def of_list(upload: Upload) -> dict[str, Any]:
    """A list and what its check found: rows and sentences, never a value."""
    told = [
        {
            "column": each["column"] or WHOLE,
            "sentence": each["message"],
            "remedy": each["remedy"],
            "rows": each["rows"],
            "count": each["count"],
            "must_fix": each["severity"] == MUST_FIX,
        }
        for each in upload.found.get("problems", [])
    ]
    return {"state": upload.state, "size": upload.size, "sha256": upload.ciphertext_sha256, "problems": told}
