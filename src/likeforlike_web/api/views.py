"""Keys of your programs: made, shown once, ended."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from likeforlike_web.api.forms import TokenForm
from likeforlike_web.api.tokens import SCOPES, make
from likeforlike_web.api.tokens import end as end_token
from likeforlike_web.provider.views.access import member


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def tokens(request: HttpRequest) -> HttpResponse:
    """Your keys, and a new one, which is shown this once."""
    person = member(request)
    form, key = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        key = make(person, **form.cleaned_data)
        form = TokenForm()
    words = dict(SCOPES)
    listed = [
        (token, [words[scope] for scope in token.scopes])
        for token in person.tokens.filter(ended__isnull=True)
    ]
    facts = {
        "title": "Keys of your programs",
        "form": form,
        "key": key,
        "listed": listed,
        "back": reverse("your_account"),
    }
    return render(request, "api/tokens.html", facts)


@require_POST
@login_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a key at once."""
    end_token(member(request), number)
    messages.success(request, "The key works no more.")
    return redirect("tokens")
