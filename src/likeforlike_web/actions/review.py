"""The report before it leaves: the analyst's context, the second analyst, two checkers who do not see each other."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from likeforlike.disclosure.checking.approvals import Approvals
from likeforlike.disclosure.checking.approvals import Vote as Judgement
from likeforlike.errors import InputProblem
from likeforlike_web.accounts.models import User
from likeforlike_web.actions.notes import keep_note
from likeforlike_web.audit.chain import written
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case, Part, Result, Vote, latest_result
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.cases.roles import Role

NO_RESULT = "There is no result yet: start the analysis first."
SECOND_TAKEN = "Another analyst checks this work already."


@transaction.atomic
def write_context(case_id: UUID, text: str, *, by: User) -> Case:
    """Change the analyst's words in the report; whatever was approved before is void."""
    case = begin(case_id, Action.WRITE_CONTEXT, by)
    case.context = text.strip()
    return finish(case, Action.WRITE_CONTEXT, Kind.CONTEXT, by)


@transaction.atomic
def ask_quality(case_id: UUID, *, by: User) -> Case:
    """Have a second analyst look at the work."""
    case = begin(case_id, Action.ASK_QUALITY, by)
    if latest_result(case) is None:
        raise NotAllowed(NO_RESULT)
    return finish(case, Action.ASK_QUALITY, Kind.QUALITY_ASKED, by)


@transaction.atomic
def pass_quality(case_id: UUID, *, by: User) -> Case:
    """Put the report before the checkers, in a round in which nobody has voted."""
    case = begin(case_id, Action.PASS_QUALITY, by)
    _second_analyst(case, by)
    case.round += 1
    return finish(case, Action.PASS_QUALITY, Kind.QUALITY_PASSED, by, round=case.round)


@transaction.atomic
def fail_quality(case_id: UUID, reason: str, *, by: User) -> Case:
    """Give the work back to the analyst, and say why."""
    case = begin(case_id, Action.FAIL_QUALITY, by)
    _second_analyst(case, by)
    keep_note(case, reason, by)
    return finish(case, Action.FAIL_QUALITY, Kind.SENT_BACK, by)


@transaction.atomic
def vote(case_id: UUID, judgement: Judgement, *, release_sha256: str, reason: str = "", by: User) -> Case:
    """One checker's judgement; the second one settles the round.

    Raises
    ------
    NotAllowed
        The rules of checking do not allow it; the sentence says why.
    """
    case = begin(case_id, Action.VOTE, by)
    result = latest_result(case)
    if result is None:
        raise NotAllowed(NO_RESULT)
    part, _ = Part.objects.get_or_create(case=case, user=by, defaults={"role": str(Role.CHECKER)})
    try:
        after = approvals(case, result).vote(
            judgement, by=_name(by.pk), at="", release_sha256=release_sha256, reason=reason
        )
    except InputProblem as problem:
        raise NotAllowed(str(problem)) from None
    Vote.objects.create(
        case=case,
        round=case.round,
        part=part,
        vote=judgement,
        reason=reason.strip(),
        release_sha256=release_sha256,
    )
    # which way is not told here: the other checker may read the record
    finish(case, Action.VOTE, Kind.VOTED, by, round=case.round)
    settled = {
        "approved": (Action.CLEAR, Kind.CLEARED),
        "returned": (Action.SEND_BACK, Kind.SENT_BACK),
        "rejected": (Action.REJECT, Kind.DECLINED),
    }.get(after.state)
    return finish(begin(case_id, settled[0], None), *settled, None, round=case.round) if settled else case


@transaction.atomic
def return_disputed(case_id: UUID, *, reason: str, by: User) -> Case:
    """One of two checkers who disagree sends the report back, in place of a third."""
    case = begin(case_id, Action.SEND_BACK, by)
    result = latest_result(case)
    if result is None:
        raise NotAllowed(NO_RESULT)
    try:
        approvals(case, result).send_back(by=_name(by.pk), at="", reason=reason)
    except InputProblem as problem:
        raise NotAllowed(str(problem)) from None
    return finish(case, Action.SEND_BACK, Kind.SENT_BACK, by, round=case.round)


def approvals(case: Case, result: Result) -> Approvals:
    """The review of the open round, as likeforlike's own rules of checking see it."""
    parts = {
        str(part.role): _name(part.user_id)
        for part in case.parts.filter(role__in=("analyst", "second analyst"))
    }
    provider = case.parts.filter(role=str(Role.PROVIDER)).order_by("pk").first()
    analyst = parts.get(str(Role.ANALYST), "nobody")
    log = Approvals.submit(
        result.sha256,
        by=parts.get(str(Role.QUALITY), analyst),
        at="",
        submitter=_name(provider.user_id) if provider else "provider",
        analyst=analyst,
        green=result.green,
    )
    for cast in case.votes.filter(round=case.round).select_related("part"):
        log = log.vote(
            cast.vote,  # type: ignore[arg-type]
            by=_name(cast.part.user_id),
            at=written(cast.at),
            release_sha256=cast.release_sha256,
            reason=cast.reason,
        )
    return log


def seen_by(case: Case, user: User) -> list[Vote]:
    """Votes that a person may see: of the open round nobody's but their own, until both are in."""
    cast = list(case.votes.select_related("part__user"))
    both = sum(vote.round == case.round for vote in cast) > 1
    return [vote for vote in cast if vote.round < case.round or both or vote.part.user_id == user.pk]


def _second_analyst(case: Case, by: User) -> None:
    held = case.parts.filter(role=str(Role.QUALITY)).first()
    if held is None:
        Part.objects.create(case=case, user=by, role=str(Role.QUALITY))
    elif held.user_id != by.pk:
        raise NotAllowed(SECOND_TAKEN)


def _name(user_id: int) -> str:
    return f"user:{user_id}"
