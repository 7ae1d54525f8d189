"""Forms about people."""

from __future__ import annotations

from typing import Any

from django import forms

from likeforlike_web.design.forms import PlainForm


class NameForm(forms.Form):
    """The name, asked on signing up beside address and password."""

    name = forms.CharField(
        label="Your name",
        max_length=200,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput,
    )

    def signup(self, request: Any, user: Any) -> None:
        """Nothing: the adapter saves all of it."""


class InviteForm(PlainForm):
    """Whom to invite."""

    email = forms.EmailField(
        label="Email address of your colleague",
        help_text="We send a link that works for 14 days.",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
