"""A request from the first answer to publication, each step with the rights of the process that takes it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from uuid import uuid4

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings

from likeforlike_web.actions import publishing
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import State
from likeforlike_web.mails import send
from likeforlike_web.settings.site import DESK, FRONT
from likeforlike_web.uploads.models import RequestKey
from support.web_world import STEPS, World

BY = {
    **dict.fromkeys(("send", "confirm_facts", "withdraw"), "website"),
    **dict.fromkeys(("finish", "stop"), "worker"),
}


@contextmanager
def role(name):
    """What follows, with the rights of a role alone."""
    with connection.cursor() as cursor:
        cursor.execute(f"set role likeforlike_{name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset role")


class RoleWorld(World):
    """Everybody, and each step by whom it is taken."""

    def case_at(self, state):
        with role("worker"):
            RequestKey.objects.create(public=f"age1{uuid4().hex}", case=None)
        with role("website"):
            case = self._filled_in_by_the_website()
        for step in STEPS[state]:
            with role(BY.get(step, "desk")):
                getattr(self, f"step_{step}")(case)
        return Case.objects.get(pk=case.pk)

    def _filled_in_by_the_website(self):
        from likeforlike_web.actions import agreement, filling_in, lists
        from support.web_world import ANSWERS, TEXT

        case = filling_in.start("justice", self.provider)
        for page, answers in ANSWERS.items():
            filling_in.answer(case.pk, page, answers, completed=True, by=self.provider)
        facts = {"name": "Sam Signer", "job": "Director", "email": "sam@charity.test", "text": TEXT}
        agreement.sign(
            agreement.ask_signature(case.pk, **facts, by=self.provider), name="Sam Signer", text=TEXT
        )
        lists.key_of(case.pk, self.provider)
        lists.receive(case.pk, uuid4(), kind="xlsx", size=1_000, sha256="a" * 64, by=self.provider)
        with role("worker"):
            self._checked(case)
        with connection.cursor() as cursor:
            cursor.execute("set role likeforlike_website")
        return case

    def _checked(self, case):
        from likeforlike_web.actions import lists
        from likeforlike_web.jobs.queue import claim, done
        from likeforlike_web.uploads.models import UploadState, current_upload
        from support.web_world import FOUND

        job = claim("test")
        with transaction.atomic():
            lists.keep_check(current_upload(case), FOUND, UploadState.ACCEPTED)
            done(job)


def pages(case, world):
    """Every page of a request that its people see, with the rights of its site."""
    from django.urls import get_resolver

    statuses = {}
    for site, name, people, module, start in (
        (FRONT, "website", ["provider"], "likeforlike_web.provider.urls", "/requests/"),
        (DESK, "desk", ["analyst", "checker", "administrator"], "likeforlike_web.desk.urls", "/"),
    ):
        with override_settings(
            ROOT_URLCONF=site.addresses, SITE=site, STUDIES=tempfile.gettempdir(), WEBSITE="https://x.example"
        ):
            for person in people:
                with role(name):
                    client = Client(SERVER_NAME="localhost")
                    client.force_login(world.people[person])
                    for pattern in get_resolver(module).url_patterns:
                        path = str(pattern.pattern).replace("<uuid:case_id>", str(case.pk))
                        path = path.replace("<slug:page>", "dates").replace("<path:name>", "report.html")
                        path = path.replace("<int:number>", "1").replace("<slug:verb>", "accept")
                        if "<" not in path and hasattr(pattern, "name"):
                            statuses[f"{name} {person} {path}"] = client.get(start + path).status_code
                    if name == "desk":
                        for path in (
                            "",
                            "jobs/",
                            "people/",
                            "organisations/",
                            "labs/",
                            "keys/",
                            "mails/",
                            "record/",
                        ):
                            statuses[f"{name} {person} custody/{path}"] = client.get(
                                f"/custody/{path}"
                            ).status_code
                    else:
                        for path in (
                            "/library/",
                            "/library/performance/",
                            "/your-account/",
                            "/your-organisation/",
                        ):
                            statuses[f"{name} {path}"] = client.get(path).status_code
    return statuses


def journey():
    """What was reached, and what each role was refused."""
    world = RoleWorld()
    for person in world.people.values():
        if person.of_the_lab:
            TOTP.activate(person, generate_totp_secret())
    statuses = {}
    for state in State:
        case = world.case_at(state)
        assert case.where is state, state
        for which, status in pages(case, world).items():
            statuses[f"{state} {which}"] = status
        if state is State.RUNNING:
            with role("desk"):
                from likeforlike_web.actions import analysis

                analysis.cancel_run(case.pk, by=world.analyst)
    with role("website"):
        publishing.write_message(Case.objects.filter(state="accepted")[0].pk, "Hello.", by=world.provider)
    settings.MAIL_TRANSPORT = "support.mail_servers.Server"
    with role("mailer"):
        sent = send.send_due()
    return statuses, sent
