"""The made-up people and organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from likeforlike_web.accounts.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person: what they do, and what they are."""

    key: str
    name: str
    does: str
    organisation: str = ""
    staff: tuple[str, ...] = ()


PEOPLE = (
    Someone("provider", "Ada Fisher", "asks for a charity", "Northgate Pathways (made up)"),
    Someone("analyst", "Ben Osei", "makes the comparison", staff=("is_analyst",)),
    Someone("second", "Carys Lloyd", "checks the analyst’s work", staff=("is_analyst",)),
    Someone("checker", "Dev Patel", "checks that nothing private leaves", staff=("is_checker",)),
    Someone("checker2", "Elin Strand", "checks it again, without seeing the first", staff=("is_checker",)),
    Someone("administrator", "Femi Adeyemi", "runs the lab", staff=("is_administrator",)),
)


@transaction.atomic
def make_people() -> dict[str, User]:
    """Everybody, with a second factor where the lab asks for one; those who are there stay."""
    return {someone.key: _make(someone) for someone in PEOPLE}


def _make(someone: Someone) -> User:
    address = f"{someone.key}@example.org"
    found = User.objects.filter(email=address).first()
    if found is not None:
        return found
    organisation = None
    if someone.organisation:
        organisation, _ = Organisation.objects.get_or_create(name=someone.organisation)
    roles: dict[str, Any] = dict.fromkeys(someone.staff, True)
    user = User.objects.create_user(address, name=someone.name, organisation=organisation, **roles)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    if someone.staff:
        TOTP.activate(user, generate_totp_secret())
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists():
            RecoveryCodes.activate(user)
    return user
