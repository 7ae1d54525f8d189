"""The labs that are offered, and the keys of requests."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike.labs import load_lab
from likeforlike_web.actions.ending import delete_data
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case
from likeforlike_web.custody.forms import SureForm
from likeforlike_web.desk.access import administrators_page, lab_case, worker_of_the_lab
from likeforlike_web.uploads.retention import held


@require_safe
@administrators_page
def labs(request: HttpRequest) -> HttpResponse:
    """Each lab with its version, its hash, and the records that studies used."""
    made = [(name, load_lab(name)) for name in settings.LABS]
    listed = [
        (name, lab, lab.outcomes.over(lab.head.follow_up.months).measure, _vintages(name))
        for name, lab in made
    ]
    facts = {"title": "Labs", "listed": listed, "back": reverse("custody")}
    return render(request, "custody/labs.html", facts)


def _vintages(lab: str) -> list[str]:
    from likeforlike_web.cases.models import Result
    from likeforlike_web.desk.read import release_of

    found = {
        release_of(result).provenance.vintage.isoformat()
        for result in Result.objects.filter(case__lab=lab).iterator()
    }
    return sorted(found, reverse=True)


@require_safe
@administrators_page
def keys(request: HttpRequest) -> HttpResponse:
    """Lists that can still be read, when each is due to be deleted, and the receipts of those that were."""
    from likeforlike_web.uploads.models import Receipt

    facts = {
        "title": "Lists and their keys",
        "held": held(),
        "receipts": Receipt.objects.select_related("case").order_by("-at")[:200],
        "back": reverse("custody"),
    }
    return render(request, "custody/keys.html", facts)


@lab_case(Action.DELETE_DATA)
def destroy(request: HttpRequest, case: Case) -> HttpResponse:
    """Have a request's key destroyed."""
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        delete_data(case.pk, "by the lab", by=worker_of_the_lab(request))
        messages.success(request, "The key is being destroyed. The receipt will be on this page.")
        return redirect("keys")
    facts = {"title": "Destroy the key of this list", "over": case.reference, "form": form}
    facts |= {"button": "Destroy the key", "danger": True, "back": reverse("keys")}
    return render(request, "custody/form.html", facts)
