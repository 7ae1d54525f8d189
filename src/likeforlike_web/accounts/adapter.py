"""What allauth asks us: who may sign up, and how an account is named in an authenticator."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from likeforlike_web.accounts.invitations import accept, open_invitation
from likeforlike_web.accounts.models import Invitation, User

SESSION_KEY = "invitation"
OTHER_ADDRESS = "Enter the email address that the invitation was sent to"


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The invitation whose link was opened in this session."""
    token = request.session.get(SESSION_KEY)
    return open_invitation(token) if token else None


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up without an invitation to that address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether an open invitation is in the session."""
        return invitation_of(request) is not None

    def clean_email(self, email: str) -> str:
        """The address, which on signing up must be the one invited."""
        request = context.request
        signing_up = request is not None and request.resolver_match.url_name == "account_signup"
        invited = invitation_of(request) if signing_up else None
        if invited is not None and invited.email != email.strip().lower():
            raise ValidationError(OTHER_ADDRESS)
        return email.strip().lower()

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """The user with what the invitation gives."""
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        user.save()
        # the invitation came by mail to this address, so that it need not be proved again
        self.stash_verified_email(request, user.email)
        accept(request.session.pop(SESSION_KEY), user)
        return user


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Names in authenticators."""

    def get_totp_label(self, user: User) -> str:
        """What an app shows beside the code."""
        return user.email
