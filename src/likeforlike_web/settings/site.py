"""The two sites that the service has: one for organisations and the public, one for the lab's own people."""

from __future__ import annotations

from dataclasses import dataclass

Links = tuple[tuple[str, str], ...]
"""Names of addresses, and what the links to them say."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is different from site to site."""

    addresses: str
    """The module with its addresses."""
    first: str
    """The page behind the service's name."""
    name: str = "Like for Like"
    anyone: Links = ()
    administrators: Links = ()
    signed_in: Links = ()
    footer: Links = ()
    cookie: str = "session"


FRONT = Site(
    addresses="likeforlike_web.urls",
    first="start",
    anyone=(("library", "Library"),),
    signed_in=(("home", "Your requests"), ("your_account", "Your account")),
    footer=(
        ("how_it_works", "How it works"),
        ("prepare", "Prepare your data"),
        ("privacy", "Privacy notice"),
        ("accessibility", "Accessibility statement"),
        ("cookies", "Cookies"),
    ),
)
DESK = Site(
    addresses="likeforlike_web.desk.urls",
    first="home",
    name="Like for Like: the desk",
    administrators=(("custody", "Running the lab"),),
    signed_in=(("home", "Requests"), ("your_account", "Your account")),
    cookie="desk",
)
