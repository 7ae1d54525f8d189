"""Your requests, the task list, its questions, and sending."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from likeforlike.labs import load_lab
from likeforlike_web.accounts.models import User
from likeforlike_web.actions import filling_in
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.questions import BY_KEY, PAGES, shown
from likeforlike_web.cases.roles import Role
from likeforlike_web.cases.states import OWNER, SENTENCE, TITLE, seen
from likeforlike_web.cases.tasks import Status, can_send, grouped, tasks
from likeforlike_web.provider.forms import AnswersForm, DeclareForm
from likeforlike_web.provider.views.access import member, own_case
from likeforlike_web.uploads.models import current_upload


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Your requests, those that wait for you first."""
    user = request.user
    if isinstance(user, User) and user.of_the_lab:
        return render(request, "provider/no_organisation.html", {"title": "You work for the lab"})
    person = member(request)
    listed = list(Case.objects.filter(organisation=person.organisation))
    yours = [case for case in listed if OWNER[case.where] is Role.PROVIDER]
    others = [case for case in listed if OWNER[case.where] is not Role.PROVIDER]
    groups = [("Waiting for you", _lines(yours)), ("With the lab, or finished", _lines(others))]
    labs = [(name, load_lab(name).head) for name in settings.LABS]
    return render(
        request, "provider/home.html", {"groups": groups, "labs": labs, "organisation": person.organisation}
    )


def _lines(cases: list[Case]) -> list[tuple[Case, str]]:
    return [(case, TITLE[seen(case.where)]) for case in cases]


@require_POST
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Start a request, empty or from an earlier one."""
    person = member(request)
    lab = request.POST.get("lab") or settings.LABS[0]
    if lab not in settings.LABS:
        raise Http404
    earlier = request.POST.get("copy_of")
    copied = get_object_or_404(Case, pk=_uuid(earlier), organisation=person.organisation) if earlier else None
    case = filling_in.start(lab, person, copied)
    return redirect("tasks", case.pk)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@require_safe
@own_case()
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """The page that fits where the request is."""
    return redirect(
        "tasks" if OWNER[case.where] is Role.PROVIDER and case.where in ("draft", "returned") else "progress",
        case.pk,
    )


@require_safe
@own_case(Action.ANSWER)
def task_list(request: HttpRequest, case: Case) -> HttpResponse:
    """What is done and what is left."""
    listed = tasks(filling_in.task_facts(case))
    done = sum(task.status is Status.DONE for task in listed)
    reason = case.messages.filter(about="returned").last() if case.where == "returned" else None
    facts = {
        "case": case,
        "groups": grouped(listed),
        "done": done,
        "all": len(listed),
        "reason": reason,
        "sentence": SENTENCE[seen(case.where)],
    }
    return render(request, "provider/tasks.html", facts)


@own_case(Action.ANSWER)
def questions(request: HttpRequest, case: Case, page: str) -> HttpResponse:
    """A page of questions: whatever is typed is kept, and problems are shown for a section that is said to be done."""
    if page not in BY_KEY:
        raise Http404
    asked = BY_KEY[page]
    answers, completed = case.answers.get(page, {}), page in case.done
    back = reverse("tasks", args=[case.pk])
    if request.method == "POST":
        form = AnswersForm(asked, answers, completed, request.POST)
        says = form.says_completed()
        filling_in.answer(case.pk, page, form.answers(), completed=says, by=member(request))
        if not says or not form.errors:
            return redirect("check_answers" if request.GET.get("from") == "check" and says else back)
        facts = {"title": asked.title, "form": form, "case": case, "back": back, "kept": True}
        return render(request, "provider/questions.html", facts)
    form = AnswersForm.saved(asked, answers, completed)
    return render(
        request, "provider/questions.html", {"title": asked.title, "form": form, "case": case, "back": back}
    )


def _answered(case: Case) -> list[dict[str, object]]:
    return [
        {
            "page": page,
            "rows": [
                (question, shown(question, case.answers.get(page.key, {}).get(question.key)))
                for question in page.questions
            ],
        }
        for page in PAGES
    ]


@own_case(Action.SEND)
def check_answers(request: HttpRequest, case: Case) -> HttpResponse:
    """All answers on one page, the declaration, and sending."""
    if not can_send(filling_in.task_facts(case)):
        return redirect("tasks", case.pk)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        filling_in.send(case.pk, by=member(request))
        return redirect("sent", case.pk)
    facts = {
        "title": "Check your answers and send",
        "case": case,
        "answered": _answered(case),
        "form": form,
        "upload": current_upload(case),
        "signature": case.signatures.filter(current=True).first(),
        "back": reverse("tasks", args=[case.pk]),
    }
    return render(request, "provider/check.html", facts)


@require_safe
@own_case()
def sent(request: HttpRequest, case: Case) -> HttpResponse:
    """That it was sent, under which reference, and what happens next."""
    if case.sent is None:
        return redirect("tasks", case.pk)
    return render(request, "provider/sent.html", {"case": case})


@require_safe
@own_case()
def copy_of_answers(request: HttpRequest, case: Case) -> HttpResponse:
    """The answers as text, to keep."""
    lines = [f"{case.reference}: {case.programme}", ""]
    for part in _answered(case):
        lines.append(part["page"].title)  # type: ignore[attr-defined]
        lines += [f"  {question.label}: {said or '(no answer)'}" for question, said in part["rows"]]  # type: ignore[attr-defined]
        lines.append("")
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{case.reference}.txt"'
    return response
