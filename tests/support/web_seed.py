"""What a service under test holds at first; runs in a process that has the vault's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.dateparse import parse_datetime

from likeforlike_web.actions import analysis, lists
from likeforlike_web.cases.models import Case
from likeforlike_web.jobs.models import Job
from likeforlike_web.jobs.queue import claim
from likeforlike_web.uploads.encrypt import Hashed, Locks
from likeforlike_web.uploads.files import path_of
from likeforlike_web.uploads.models import RequestKey
from likeforlike_web.worker.carry_out import carry_out
from likeforlike_web.worker.loop import make_keys_ready
from support.web_world import People, World

BEGAN = "2026-03-02T10:00:00Z"


def people() -> dict[str, int]:
    """Everybody, and keys that wait."""
    make_keys_ready(settings.VAULT, wanted=8)
    return {name: person.pk for name, person in World().people.items()}


def received(file: str, lab: str = "justice") -> dict[str, Any]:
    """A request with a real list that was checked and sent."""
    make_keys_ready(settings.VAULT, wanted=8)
    world = World()
    case = world.filled_in(lab)
    key = RequestKey.objects.filter(case__isnull=True).first()
    public = key.public
    key.delete()
    RequestKey.objects.filter(case=case).update(public=public)
    upload = uuid4()
    with path_of(upload).open("wb") as target:
        locks = Locks(hashed := Hashed(target), [public, settings.LAB_PUBLIC_KEY])
        locks.write(Path(file).read_bytes())
        locks.close()
    lists.receive(case.pk, upload, kind="xlsx", size=1, sha256=hashed.sha256, by=world.provider)
    carry_out(claim("seed"), settings.VAULT)
    if case.uploads.get(pk=upload).state == "confirm":
        lists.confirm(case.pk, "They are right.", by=world.provider)
    world.step_send(case)
    return {"case": str(case.pk), "links": {name: link_of(name) for name in world.people}}


def running(file: str, lab: str = "justice", plan: str = "") -> dict[str, Any]:
    """A request with a real list whose analysis waits in the queue."""
    case, world = Case.objects.get(pk=received(file, lab)["case"]), People()
    for step in ("take", "accept"):
        getattr(world, f"step_{step}")(case)
    if plan:
        analysis.change_plan(case.pk, plan, by=world.analyst)
    job = analysis.run(case.pk, by=world.analyst)
    Job.objects.filter(pk=job.pk).update(created=parse_datetime(BEGAN))
    return {"case": str(case.pk), "job": job.pk}


def facts_confirmed(case: str) -> str:
    """The provider says that the draft is right."""
    from likeforlike_web.actions import publishing

    return publishing.confirm_facts(UUID(case), by=People().provider).state


def published(case: str) -> dict[str, Any]:
    """A result goes the whole way to the public; what the library then shows, and the files it gives."""
    from django.test import Client

    found, world = Case.objects.get(pk=case), People()
    for step in ("ask_quality", "pass_quality", "approve", "confirm_facts", "publish"):
        getattr(world, f"step_{step}")(found)
    found.refresh_from_db()
    client = Client(headers={"host": "localhost"})
    pages = [client.get(path) for path in ("/library/", f"/library/{found.reference}/")]
    return {"state": found.state, "codes": [p.status_code for p in pages], "text": pages[1].content.decode()}


def link_of(name: str) -> str:
    """The path by which a person signs in at a made-up service, with a second factor if they are of the lab."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from likeforlike_web.accounts.models import User
    from likeforlike_web.demo.sign_in import token_of

    user = User.objects.get(email=f"{name}@lab.test")
    if user.of_the_lab:
        TOTP.activate(user, generate_totp_secret())
    return f"/demo/{token_of(user)}/"


def audit() -> str:
    """What is wrong with the record; nothing if it is whole."""
    from likeforlike_web.audit.verify import verify

    return verify().broken


def invitation(email: str) -> str:
    """The token of an invitation to the first organisation."""
    from likeforlike_web.accounts.invitations import invite
    from likeforlike_web.accounts.models import Organisation

    return invite(email, by=None, organisation=Organisation.objects.get(name="A charity"))


def with_password(name: str) -> str:
    """Let a person of the world sign in, and give their password."""
    from allauth.account.models import EmailAddress

    from likeforlike_web.accounts.models import User
    from support.web_world import PASSWORD

    user = User.objects.get(email=f"{name}@lab.test")
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    return PASSWORD


def key_of_a_program() -> str:
    """A key with which a program of the provider's organisation may do everything."""
    from likeforlike_web.api.tokens import SCOPES, make

    return make(People().provider, "Case system", [scope for scope, _ in SCOPES], 30)


def signed(reference: str) -> None:
    """The director has signed."""
    from django.utils import timezone

    Case.objects.get(reference=reference).signatures.update(signed=timezone.now(), signed_name="Sam Signer")
