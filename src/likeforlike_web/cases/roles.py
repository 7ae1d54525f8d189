"""What a person may be in a request, and which of these they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A person's part in one request; nobody has two."""

    PROVIDER = "provider"
    ANALYST = "analyst"
    QUALITY = "second analyst"
    CHECKER = "output checker"
    ADMINISTRATOR = "administrator"
    FREE_ANALYST = "any analyst"
    FREE_CHECKER = "any checker"
    SYSTEM = "system"
    OUTSIDER = "anybody else"


WORDS: dict[Role, str] = {
    Role.PROVIDER: "somebody of the organisation that asks",
    Role.ANALYST: "the analyst of the request",
    Role.QUALITY: "the analyst who checks the work",
    Role.CHECKER: "one of its two output checkers",
    Role.ADMINISTRATOR: "who runs the lab",
    Role.FREE_ANALYST: "an analyst with no part in the request yet",
    Role.FREE_CHECKER: "a checker with no part in the request yet",
    Role.SYSTEM: "the worker",
    Role.OUTSIDER: "everybody else",
}
HELD = (Role.PROVIDER, Role.ANALYST, Role.QUALITY, Role.CHECKER)
"""Parts that stay with a person for the whole of a request, once they had them."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody in view of one request."""

    held: Role | None = None
    """The part they have or had in it."""
    same_organisation: bool = False
    is_analyst: bool = False
    is_checker: bool = False
    is_administrator: bool = False
    active: bool = True


def roles_of(person: Person) -> frozenset[Role]:
    """What a person is in a request: their part in it alone, if they ever had one."""
    if not person.active:
        return frozenset({Role.OUTSIDER})
    if person.same_organisation or person.held is Role.PROVIDER:
        return frozenset({Role.PROVIDER})
    if person.held is not None:
        return frozenset({person.held})
    free = {
        Role.FREE_ANALYST: person.is_analyst,
        Role.FREE_CHECKER: person.is_checker,
        Role.ADMINISTRATOR: person.is_administrator,
    }
    return frozenset(role for role, holds in free.items() if holds) or frozenset({Role.OUTSIDER})
