"""Brings each made-up request to the place where a newcomer finds it, by the same actions as people use."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings

from likeforlike.labs import load_lab
from likeforlike_web.accounts.models import User
from likeforlike_web.actions import (
    agreement,
    analysis,
    ending,
    filling_in,
    in_the_lab,
    lists,
    publishing,
    review,
)
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.cases.states import State as S
from likeforlike_web.provider.agreement import whole_text
from likeforlike_web.uploads.encrypt import Hashed, Locks
from likeforlike_web.uploads.files import PART, folder, put_in_place
from likeforlike_web.uploads.models import UploadState, current_upload

log = logging.getLogger(__name__)
ANSWERS: dict[str, dict[str, Any]] = {
    "contact": {"name": "Ada Fisher", "email": "provider@example.org", "telephone": ""},
    "aim": {
        "aim": "People leaving prison have a mentor for their first months outside, so that they find work and a "
        "place to live, and do not go back.",
        "support": ["employment", "accommodation", "mentoring"],
    },
    "intensity": {"length": "About four months", "hours": "Two hours a week", "setting": "community"},
    "dates": {"first": ["1", "4", "2018"], "last": ["31", "3", "2021"]},
    "chosen": {
        "eligible": "Adults who are on probation in our area and are not in custody.",
        "chosen": "Probation officers refer them. About a third say no.",
    },
    "completion": {"everyone": "yes", "left_out": ""},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A made-up request: what its programme is called, and where it is to stay."""

    programme: str
    state: S
    list_state: UploadState = UploadState.ACCEPTED


REQUESTS = (
    Wanted("Half-written request", S.DRAFT, UploadState.REPLACED),
    Wanted("List with problems", S.DRAFT, UploadState.PROBLEMS),
    Wanted("Ready to send", S.DRAFT),
    Wanted("Just received", S.SUBMITTED),
    Wanted("Returned with a question", S.RETURNED),
    Wanted("Not taken on", S.DECLINED),
    Wanted("Taken back", S.WITHDRAWN),
    Wanted("Published result", S.PUBLISHED),
    Wanted("Draft for you to read", S.FACTS),
    Wanted("Being checked for privacy", S.CHECKING),
    Wanted("Waiting for a second analyst", S.QUALITY),
    Wanted("Report being written", S.DRAFTED),
    Wanted("Waiting to be published", S.READY),
    Wanted("Accepted, not begun", S.ACCEPTED),
)
ON_THE_WAY = (
    S.SUBMITTED,
    S.ACCEPTED,
    S.RUNNING,
    S.DRAFTED,
    S.QUALITY,
    S.CHECKING,
    S.FACTS,
    S.READY,
    S.PUBLISHED,
)


class Script:
    """Knows the people and the lists, and takes each request one step on."""

    def __init__(self, people: dict[str, User], contents: list[bytes], lab: str) -> None:
        self.people, self.contents, self.lab = people, contents, lab

    def step(self) -> bool:
        """Take every request one step on if it can be; whether all are where they belong."""
        return all([self._one(number, wanted) for number, wanted in enumerate(REQUESTS)])

    def _one(self, number: int, wanted: Wanted) -> bool:
        named = {"name": {"programme": wanted.programme}}
        case = Case.objects.filter(answers__name__programme=wanted.programme).first()
        try:
            if case is None:
                self._begin(named, wanted)
                return False
            return self._on(case, wanted, self.contents[number])
        except NotAllowed as refusal:
            log.warning("%s: %s", wanted.programme, refusal)
            return False

    def _begin(self, named: dict[str, dict[str, Any]], wanted: Wanted) -> None:
        by = self.people["provider"]
        case = filling_in.start(self.lab, by)
        whole = wanted.list_state is not UploadState.REPLACED
        for page, answers in (
            named | (ANSWERS if whole else {"aim": {"aim": ANSWERS["aim"]["aim"]}})
        ).items():
            filling_in.answer(case.pk, page, answers, completed=page != "aim" or whole, by=by)
        if whole:
            text = whole_text(Case.objects.get(pk=case.pk), load_lab(self.lab))
            signatory = {"name": "Grace Moyo", "job": "Director", "email": "director@example.org"}
            token = agreement.ask_signature(case.pk, **signatory, text=text, by=by)
            agreement.sign(token, name="Grace Moyo", text=text)

    def _on(self, case: Case, wanted: Wanted, content: bytes) -> bool:
        if wanted.list_state is UploadState.REPLACED:
            return True
        if case.where is S.DRAFT:
            return self._on_draft(case, wanted, content)
        if case.where is wanted.state or case.where not in ON_THE_WAY:
            return True
        move = self._moves(case, wanted).get(case.where)
        if move is not None:
            move()
        return False

    def _on_draft(self, case: Case, wanted: Wanted, content: bytes) -> bool:
        upload, by = current_upload(case), self.people["provider"]
        if upload is None:
            self._upload(case, content)
        elif upload.where is UploadState.CONFIRM:
            lists.confirm(case.pk, "We looked at them.", by=by)
        elif wanted.state is S.DRAFT or upload.where is not UploadState.ACCEPTED:
            return upload.where is wanted.list_state
        else:
            filling_in.send(case.pk, by=by)
        return False

    def _moves(self, case: Case, wanted: Wanted) -> dict[S, Callable[[], object]]:
        who, key = self.people, case.pk

        def received() -> None:
            if wanted.state is S.WITHDRAWN:
                ending.withdraw(key, by=who["provider"])
                return
            if not case.parts.filter(role="analyst").exists():
                in_the_lab.take(key, by=who["analyst"])
            if wanted.state is S.RETURNED:
                in_the_lab.send_back(
                    key,
                    "Your dates end in 2021, but the list has later starts. Which is right?",
                    by=who["analyst"],
                )
            elif wanted.state is S.DECLINED:
                in_the_lab.decline(
                    key, "Most people started too recently to be followed for a year.", by=who["analyst"]
                )
            else:
                in_the_lab.accept(key, by=who["analyst"])

        def checked() -> None:
            result = latest_result(case)
            assert result is not None
            for name in ("checker", "checker2"):
                reason = "" if result.green else "Read with care."
                review.vote(key, "approve", release_sha256=result.sha256, reason=reason, by=who[name])

        return {
            S.SUBMITTED: received,
            S.ACCEPTED: lambda: analysis.run(key, by=who["analyst"]),
            S.DRAFTED: lambda: review.ask_quality(key, by=who["analyst"]),
            S.QUALITY: lambda: review.pass_quality(key, by=who["second"]),
            S.CHECKING: checked,
            S.FACTS: lambda: publishing.confirm_facts(key, by=who["provider"]),
            S.READY: lambda: publishing.publish(key, by=who["administrator"]),
        }

    def _upload(self, case: Case, content: bytes) -> None:
        by = self.people["provider"]
        key, upload = lists.key_of(case.pk, by), uuid4()
        part = folder() / f"{upload}{PART}"
        with part.open("wb") as file:
            hashed = Hashed(file)
            locks = Locks(hashed, [key, settings.LAB_PUBLIC_KEY])
            locks.write(content)
            locks.close()
        put_in_place(part, upload)
        lists.receive(case.pk, upload, kind="csv", size=len(content), sha256=hashed.sha256, by=by)
