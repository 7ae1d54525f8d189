"""The form for a program's key."""

from __future__ import annotations

from django import forms

from likeforlike_web.api.tokens import LONGEST, SCOPES
from likeforlike_web.design.forms import PlainForm, TickBoxes


class TokenForm(PlainForm):
    """What the key is for, what it may do, and how long."""

    name = forms.CharField(
        label="What the key is for",
        help_text="So that you know it again, for example “Case system”.",
        max_length=80,
        error_messages={"required": "Enter what the key is for"},
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        help_text="Select no more than the program needs.",
        choices=SCOPES,
        widget=TickBoxes,
        error_messages={"required": "Select what it may do"},
    )
    days = forms.IntegerField(
        label="For how many days",
        min_value=1,
        max_value=LONGEST,
        initial=90,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": "Enter for how many days",
            "invalid": "The number of days must be a whole number",
            "min_value": "A key lasts at least 1 day",
            "max_value": f"A key lasts at most {LONGEST} days",
        },
    )
