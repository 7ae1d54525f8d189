"""The same done twice at the same moment, each in a thread with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.conf import settings
from django.db import connection

from likeforlike_web.actions import filling_in, publishing, review
from likeforlike_web.audit.models import Event
from likeforlike_web.audit.verify import verify
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.states import State
from likeforlike_web.jobs.queue import claim
from likeforlike_web.mails import send
from likeforlike_web.mails.models import Mail
from likeforlike_web.mails.outbox import write
from likeforlike_web.mails.wording import MailKind
from support.mail_servers import Server
from support.web_world import World

MAILS = 30


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """What became of each: `done`, or the name of what it was refused with."""
    start, ends = Barrier(len(deeds)), [""] * len(deeds)

    def one(place: int, deed: Callable[[], Any]) -> None:
        start.wait(timeout=30)
        try:
            deed()
            ends[place] = "done"
        except Exception as error:
            ends[place] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=one, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(ends)


def events(case: Case, kind: str) -> int:
    return Event.objects.filter(case=case.reference, kind=kind).count()


def found() -> dict[str, Any]:
    """Each race, and how it ended."""
    world = World()
    answer: dict[str, Any] = {}

    draft = world.filled_in()
    answer["sent twice"] = at_once(*[lambda: filling_in.send(draft.pk, by=world.provider)] * 2)
    answer["sent events"] = events(draft, "request sent")

    case = world.case_at(State.CHECKING)
    sha256 = latest_result(case).sha256
    answer["one checker twice"] = at_once(
        *[lambda: review.vote(case.pk, "approve", release_sha256=sha256, by=world.checker)] * 2
    )
    answer["votes of one"] = case.votes.count()

    other = world.case_at(State.CHECKING)
    answer["two checkers"] = at_once(
        lambda: review.vote(other.pk, "approve", release_sha256=sha256, by=world.checker),
        lambda: review.vote(other.pk, "approve", release_sha256=sha256, by=world.checker2),
    )
    answer["cleared"] = [events(other, "cleared by two checkers"), Case.objects.get(pk=other.pk).state]

    three = world.case_at(State.CHECKING)
    answer["three checkers"] = at_once(
        *(
            lambda by=by: review.vote(three.pk, "approve", release_sha256=sha256, by=by)
            for by in (world.checker, world.checker2, world.checker3)
        )
    )
    answer["votes of three"] = three.votes.count()

    ready = world.case_at(State.READY)
    answer["published twice"] = at_once(*[lambda: publishing.publish(ready.pk, by=world.administrator)] * 2)
    answer["published events"] = events(ready, "result published")

    running = world.case_at(State.RUNNING)
    held: list[Any] = []
    at_once(*[lambda: held.append(claim("worker"))] * 4)
    answer["claimed"] = sum(job is not None and job.case_id == running.pk for job in held)

    settings.MAIL_TRANSPORT = "support.mail_servers.Server"
    Mail.objects.all().delete()
    for number in range(MAILS):
        write(MailKind.NEWS, f"p{number}@lab.test", f"k{number}")
    answer["senders"] = at_once(*[send.send_due] * 3)
    answer["mails"] = [len(Server.taken), len({m.to[0] for m in Server.taken})]
    answer["record"] = verify().broken
    return answer
