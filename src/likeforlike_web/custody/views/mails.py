"""The outbox, and what mails say."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from likeforlike_web.actions.mails import change_wording, send_again
from likeforlike_web.custody.forms import WordingForm
from likeforlike_web.desk.access import administrators_page, worker_of_the_lab
from likeforlike_web.mails.models import OVER, Mail
from likeforlike_web.mails.outbox import wording_of
from likeforlike_web.mails.wording import DEFAULT, FOR, PLACES, MailKind, Wording

MOST_SHOWN = 200


@require_safe
@administrators_page
def mails(request: HttpRequest) -> HttpResponse:
    """Mails that are not sent yet, and the texts."""
    held = Mail.objects.exclude(state__in=OVER).order_by("-made")
    facts = {
        "title": "Mails",
        "held": held[:MOST_SHOWN],
        "number": held.count(),
        "texts": [(kind, words, wording_of(kind) != DEFAULT[kind]) for kind, words in FOR.items()],
        "back": reverse("custody"),
    }
    return render(request, "custody/mails.html", facts)


@require_POST
@administrators_page
def again(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Put a mail back that was given up or may not have arrived."""
    send_again(mail_id, by=worker_of_the_lab(request))
    messages.success(request, "The mail is in the outbox again.")
    return redirect("mails")


@administrators_page
def wording(request: HttpRequest, kind: str) -> HttpResponse:
    """The text of one kind of mail."""
    if kind not in [str(each) for each in PLACES]:
        raise Http404
    which = MailKind(kind)
    now = wording_of(which)
    form = WordingForm(which, request.POST or None, initial={"subject": now.subject, "body": now.body})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        change_wording(which, Wording(said["subject"], said["body"]), by=worker_of_the_lab(request))
        messages.success(request, "Mails say this from now on.")
        return redirect("mails")
    facts = {"title": FOR[which], "over": "Text of a mail", "form": form, "button": "Save"}
    return render(request, "custody/form.html", facts | {"back": reverse("mails")})
