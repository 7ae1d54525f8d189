"""A lab's website with people of every kind, and requests brought to any state by the product's own actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from likeforlike.disclosure.release import Release
from likeforlike_web.accounts.models import Organisation, User
from likeforlike_web.actions import agreement, analysis, filling_in, in_the_lab, lists, publishing, review
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.states import State
from likeforlike_web.jobs.models import JobKind
from likeforlike_web.jobs.queue import claim, done
from likeforlike_web.uploads.models import RequestKey, UploadState, current_upload
from support.reports import example

PASSWORD = "correct horse battery staple"
TEXT = "The agreement."
ANSWERS: dict[str, dict[str, Any]] = {
    "contact": {"name": "Ada Provider", "email": "ada@charity.test", "telephone": ""},
    "name": {"programme": "Paths"},
    "aim": {"aim": "Fewer people come back to prison.", "support": ["employment", "mentoring"]},
    "intensity": {"length": "12 weeks", "hours": "2 a week", "setting": "community"},
    "dates": {"first": ["1", "4", "2019"], "last": ["31", "3", "2021"]},
    "chosen": {"eligible": "Adults on probation", "chosen": "Probation officers refer them"},
    "completion": {"everyone": "yes", "left_out": ""},
}
FOUND = {
    "rows": 100,
    "people": 100,
    "must_fix": 0,
    "please_confirm": 0,
    "problems": [],
    "notes": [],
    "columns": [],
}


@dataclass
class World:
    """Everybody there is."""

    charity: Organisation = field(init=False)
    other: Organisation = field(init=False)
    people: dict[str, User] = field(default_factory=dict)
    release: Release = field(default_factory=lambda: example("lower"))
    """What the next analysis that ends has found."""

    def __post_init__(self) -> None:
        self.charity = Organisation.objects.create(name="A charity")
        self.other = Organisation.objects.create(name="Another charity")
        for name, facts in {
            "provider": {"organisation": self.charity},
            "colleague": {"organisation": self.charity},
            "stranger": {"organisation": self.other},
            "analyst": {"is_analyst": True},
            "second": {"is_analyst": True},
            "checker": {"is_checker": True},
            "checker2": {"is_checker": True},
            "checker3": {"is_checker": True},
            "both": {"is_analyst": True, "is_checker": True},
            "administrator": {"is_administrator": True},
        }.items():
            self.people[name] = User.objects.create_user(
                f"{name}@lab.test", PASSWORD, name=name.title(), **facts
            )

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def filled_in(self, lab: str = "justice") -> Case:
        """A draft in which nothing is left but to send it."""
        case = filling_in.start(lab, self.provider)
        for page, answers in ANSWERS.items():
            filling_in.answer(case.pk, page, answers, completed=True, by=self.provider)
        token = agreement.ask_signature(
            case.pk, name="Sam Signer", job="Director", email="sam@charity.test", text=TEXT, by=self.provider
        )
        agreement.sign(token, name="Sam Signer", text=TEXT)
        RequestKey.objects.create(public=f"age1{uuid4().hex}", case=None)
        lists.key_of(case.pk, self.provider)
        self.uploaded(case)
        return Case.objects.get(pk=case.pk)

    def uploaded(
        self, case: Case, state: UploadState = UploadState.ACCEPTED, found: dict | None = None
    ) -> None:
        """A list that was received and checked, as far as the database knows."""
        lists.receive(case.pk, uuid4(), kind="xlsx", size=1_000, sha256="a" * 64, by=self.provider)
        job = claim("test")
        assert job is not None
        assert job.kind == JobKind.CHECK
        upload = current_upload(case)
        from django.db import transaction

        with transaction.atomic():
            lists.keep_check(upload, found or FOUND, state)
            done(job)

    def finish_run(self, case: Case) -> None:
        """An analysis ends with a result."""
        job = claim("test")
        assert job is not None
        assert job.kind == JobKind.RUN
        words = Case.objects.get(pk=case.pk).context
        analysis.keep_result(
            job,
            status="released",
            headline="We cannot yet tell.",
            release=self.release.model_copy(update={"context": words}).model_dump_json(),
            sha256="b" * 64,
            green=True,
            files={"report.html": b"<!DOCTYPE html><title>Report</title><style>p{color:red}</style><p>x</p>"},
        )

    def case_at(self, state: State) -> Case:
        """A request in a state, brought there as people would."""
        case = self.filled_in()
        for step in STEPS[state]:
            getattr(self, f"step_{step}")(case)
        found = Case.objects.get(pk=case.pk)
        assert found.where is state
        return found

    def step_send(self, case: Case) -> None:
        filling_in.send(case.pk, by=self.provider)

    def step_take(self, case: Case) -> None:
        in_the_lab.take(case.pk, by=self.analyst)

    def step_return(self, case: Case) -> None:
        in_the_lab.send_back(case.pk, "Which years?", by=self.analyst)

    def step_accept(self, case: Case) -> None:
        in_the_lab.accept(case.pk, by=self.analyst)

    def step_run(self, case: Case) -> None:
        analysis.run(case.pk, by=self.analyst)

    def step_stop(self, case: Case) -> None:
        analysis.give_up(claim("test"), "It stopped.")

    def step_finish(self, case: Case) -> None:
        self.finish_run(case)

    def step_ask_quality(self, case: Case) -> None:
        review.ask_quality(case.pk, by=self.analyst)

    def step_pass_quality(self, case: Case) -> None:
        review.pass_quality(case.pk, by=self.second)

    def step_approve(self, case: Case) -> None:
        sha256 = latest_result(case).sha256
        for checker in (self.checker, self.checker2):
            review.vote(case.pk, "approve", release_sha256=sha256, by=checker)

    def step_confirm_facts(self, case: Case) -> None:
        publishing.confirm_facts(case.pk, by=self.provider)

    def step_publish(self, case: Case) -> None:
        publishing.publish(case.pk, by=self.administrator)

    def step_decline(self, case: Case) -> None:
        in_the_lab.decline(case.pk, "Too few people.", by=self.analyst)

    def step_withdraw(self, case: Case) -> None:
        from likeforlike_web.actions import ending

        ending.withdraw(case.pk, by=self.provider)


class People(World):
    """The same people, who are there already."""

    def __post_init__(self) -> None:
        self.charity = Organisation.objects.get(name="A charity")
        self.people = {user.email.partition("@")[0]: user for user in User.objects.all()}


_SENT = ("send", "take")
_RUNNING = (*_SENT, "accept", "run")
_DRAFTED = (*_RUNNING, "finish")
_CHECKING = (*_DRAFTED, "ask_quality", "pass_quality")
_FACTS = (*_CHECKING, "approve")
STEPS: dict[State, tuple[str, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: _SENT,
    State.RETURNED: (*_SENT, "return"),
    State.ACCEPTED: (*_SENT, "accept"),
    State.RUNNING: _RUNNING,
    State.STOPPED: (*_RUNNING, "stop"),
    State.DRAFTED: _DRAFTED,
    State.QUALITY: (*_DRAFTED, "ask_quality"),
    State.CHECKING: _CHECKING,
    State.FACTS: _FACTS,
    State.READY: (*_FACTS, "confirm_facts"),
    State.PUBLISHED: (*_FACTS, "confirm_facts", "publish"),
    State.DECLINED: (*_SENT, "decline"),
    State.WITHDRAWN: (*_SENT, "withdraw"),
}
