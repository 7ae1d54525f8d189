"""The output checker's pages: every output beside its rules and what is hidden, and one blind vote."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from likeforlike.labs import load_lab
from likeforlike_web.actions import review
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.checking.forms import ReasonForm, VoteForm
from likeforlike_web.checking.outputs import written
from likeforlike_web.design.report_file import offered
from likeforlike_web.desk.access import lab_case, may, worker_of_the_lab
from likeforlike_web.desk.read import note, pack_of_result, study_of


@lab_case(Action.VOTE)
def check(request: HttpRequest, case: Case) -> HttpResponse:
    """What would be published, what the rules say, what only the vault knows; then a vote."""
    result = latest_result(case)
    if result is None:
        raise Http404
    person = worker_of_the_lab(request)
    lab = load_lab(case.lab)
    pack = pack_of_result(result, lab)
    cast = review.seen_by(case, person)
    mine = [vote for vote in cast if vote.round == case.round and vote.part.user_id == person.pk]
    form = None
    if not mine:
        form = VoteForm(result.green, request.POST or None, initial={"release_sha256": result.sha256})
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            said = form.cleaned_data
            review.vote(
                case.pk,
                said["judgement"],
                release_sha256=said["release_sha256"],
                reason=said["reason"],
                by=person,
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Your vote was cast. Nobody sees it before the other checker has voted."
            )
            return redirect("case", case.pk)
    study = study_of(result)
    facts = {
        "title": "Check the outputs",
        "over": f"{case.reference}, {case.programme}",
        "case": case,
        "result": result,
        "pack": pack,
        "outputs": written(pack),
        "kept": study is not None,
        "why": note(study, "refusal.txt") if study and result.status == "refused" else "",
        "offered": offered(set(result.files.values_list("name", flat=True))),
        "votes": cast,
        "round": case.round,
        "disputed": bool(mine) and review.approvals(case, result).state == "in conflict",
        "form": form,
        "back": reverse("case", args=[case.pk]),
    }
    return render(request, "checking/check.html", facts)


@lab_case(Action.SEND_BACK)
def send_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Two checkers disagree, and one of them gives the report back to the analyst."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review.return_disputed(case.pk, reason=form.cleaned_data["reason"], by=worker_of_the_lab(request))
        messages.success(request, "The report was sent back to the analyst.")
        return redirect("case", case.pk)
    facts = {"title": "Send the report back", "over": case.reference, "form": form, "button": "Send it back"}
    facts["back"] = reverse("check" if may(request, case, Action.VOTE) else "case", args=[case.pk])
    return render(request, "desk/words.html", facts)
