"""The agreement: read, sent to whoever signs, signed by link."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike.labs import Lab, load_lab
from likeforlike_web.accounts.models import User
from likeforlike_web.actions.agreement import ask_signature, hashed, sign, signature_of
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case
from likeforlike_web.mails.outbox import write
from likeforlike_web.mails.wording import MailKind
from likeforlike_web.provider.agreement import clauses, whole_text
from likeforlike_web.provider.forms import SignatoryForm, SignForm
from likeforlike_web.provider.views.access import member, own_case


@transaction.atomic
def send_to_sign(request: HttpRequest, case: Case, lab: Lab, signatory: dict[str, str], by: User) -> None:
    """Name who signs, and write them the mail with their link."""
    token = ask_signature(case.pk, **signatory, text=whole_text(case, lab), by=by)
    link = request.build_absolute_uri(reverse("sign", args=[token]))
    write(MailKind.SIGNATURE, signatory["email"], f"signature:{hashed(token)}", link=link)


@own_case(Action.ASK_SIGNATURE)
def agreement(request: HttpRequest, case: Case) -> HttpResponse:
    """The text, who is to sign, and whether they have."""
    lab = load_lab(case.lab)
    current = case.signatures.filter(current=True).first()
    form = SignatoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_to_sign(request, case, lab, form.cleaned_data, by=member(request))
        return redirect("agreement", case.pk)
    facts = {
        "title": "Data sharing agreement",
        "case": case,
        "clauses": clauses(case, lab),
        "current": current,
        "form": form,
        "back": reverse("tasks", args=[case.pk]),
    }
    return render(request, "provider/agreement.html", facts)


@require_safe
@own_case()
def agreement_text(request: HttpRequest, case: Case) -> HttpResponse:
    """The agreement to keep."""
    response = HttpResponse(whole_text(case, load_lab(case.lab)), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="agreement-{case.reference}.txt"'
    return response


def signing(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail: for whoever signs, without an account."""
    signature = signature_of(token)
    if signature is None:
        return render(request, "provider/link_over.html", {"title": "This link cannot be used"}, status=410)
    case = signature.case
    lab = load_lab(case.lab)
    facts = {"title": "Sign the data sharing agreement", "case": case, "clauses": clauses(case, lab)}
    if signature.signed:
        return render(
            request, "provider/signed.html", facts | {"title": "Agreement signed", "signature": signature}
        )
    form = SignForm(signature.name, request.POST or None)
    if request.method == "POST" and form.is_valid():
        sign(token, name=form.cleaned_data["name"], text=whole_text(case, lab))
        return redirect("sign", token)
    return render(request, "provider/sign.html", facts | {"form": form, "signature": signature})
