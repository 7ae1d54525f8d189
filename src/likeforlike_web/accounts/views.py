"""Your account, your organisation's people, and the link of an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike_web.accounts.adapter import SESSION_KEY
from likeforlike_web.accounts.forms import InviteForm
from likeforlike_web.accounts.invitations import invite, open_invitation
from likeforlike_web.accounts.mails import send_invitation
from likeforlike_web.accounts.models import User


@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the invitation and go on to sign up; the link itself is not shown again."""
    if open_invitation(token) is None:
        return render(
            request, "accounts/invitation_over.html", {"title": "This invitation cannot be used"}, status=410
        )
    request.session[SESSION_KEY] = token
    return redirect("account_signup")


@require_safe
@login_required
def your_account(request: HttpRequest) -> HttpResponse:
    """Where to change a password, passkeys and sessions."""
    return render(request, "accounts/yours.html", {"title": "Your account"})


@login_required
def team(request: HttpRequest) -> HttpResponse:
    """The people of your organisation, and inviting another."""
    person = request.user
    if not isinstance(person, User) or person.organisation is None:
        raise PermissionDenied
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            token = invite(form.cleaned_data["email"], by=person, organisation=person.organisation)
            link = request.build_absolute_uri(reverse("invitation", args=[token]))
            send_invitation(form.cleaned_data["email"], token, link)
        messages.success(request, "The invitation is on its way.")
        return redirect("team")
    people = person.organisation.people.order_by("name")
    facts = {
        "title": "Your organisation’s people",
        "form": form,
        "people": people,
        "back": reverse("your_account"),
    }
    return render(request, "accounts/team.html", facts)
