"""People, organisations and invitations."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike_web.accounts.invitations import invite
from likeforlike_web.accounts.mails import send_invitation
from likeforlike_web.accounts.models import Organisation, User
from likeforlike_web.actions.people import add_organisation, change_person
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.custody.forms import ROLES, InviteForm, OrganisationForm, PersonForm
from likeforlike_web.desk.access import administrators_page, worker_of_the_lab


@require_safe
@administrators_page
def people(request: HttpRequest) -> HttpResponse:
    """Everybody: the lab's own people first."""
    everyone = User.objects.select_related("organisation").order_by("organisation__name", "name")
    of_the_lab = [(user, _parts(user)) for user in everyone if user.organisation_id is None]
    others = [user for user in everyone if user.organisation_id is not None]
    facts = {"title": "People", "of_the_lab": of_the_lab, "others": others, "back": reverse("custody")}
    return render(request, "custody/people.html", facts)


def _parts(user: User) -> str:
    return ", ".join(words.partition(":")[0] for role, words in ROLES if getattr(user, role))


@administrators_page
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: parts, last day, and whether they may sign in."""
    user = get_object_or_404(User, pk=user_id)
    form = PersonForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_person(
                user.pk,
                staff=said.get("staff", ()),
                expires=said["expires"],
                enabled=said["enabled"] == "yes",
                by=worker_of_the_lab(request),
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{user.name} was changed.")
            return redirect("people")
    facts = {"title": user.name, "over": user.email, "form": form, "button": "Save"}
    return render(request, "custody/form.html", facts | {"back": reverse("people")})


@administrators_page
def invite_somebody(request: HttpRequest) -> HttpResponse:
    """Invite somebody to an organisation, or to the lab."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with transaction.atomic():
            token = invite(
                said["email"],
                by=worker_of_the_lab(request),
                organisation=said["organisation"],
                staff=said["staff"],
                access_until=said["expires"],
            )
            # organisations sign up on the website, people of the lab here
            path = reverse("invitation", args=[token])
            link = f"{settings.WEBSITE}{path}" if said["organisation"] else request.build_absolute_uri(path)
            send_invitation(said["email"], token, link)
        messages.success(request, "The invitation is on its way.")
        return redirect("people")
    facts = {"title": "Invite somebody", "form": form, "button": "Send the invitation"}
    return render(request, "custody/form.html", facts | {"back": reverse("people")})


@administrators_page
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, and adding one."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = add_organisation(form.cleaned_data["name"], by=worker_of_the_lab(request))
        messages.success(request, f"{made} was added. Invite its people next.")
        return redirect("organisations")
    counted = Organisation.objects.annotate(
        members=Count("people", distinct=True), requests=Count("cases", distinct=True)
    ).order_by("name")
    facts = {"title": "Organisations", "listed": counted, "form": form, "back": reverse("custody")}
    return render(request, "custody/organisations.html", facts)
