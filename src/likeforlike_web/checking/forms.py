"""The output checker's forms."""

from __future__ import annotations

from typing import Any

from django import forms

from likeforlike_web.design.forms import Choices, PlainForm

JUDGEMENTS = (
    ("approve", "Approve: it says nothing about one person, nor about a few"),
    ("return", "Return it to the analyst: something must be changed"),
    ("reject", "Reject: it can never be published"),
)


class VoteForm(PlainForm):
    """One checker's judgement of the release with this hash."""

    judgement = forms.ChoiceField(
        label="Your judgement",
        choices=JUDGEMENTS,
        widget=Choices,
        error_messages={"required": "Select your judgement"},
    )
    reason = forms.CharField(
        label="Your reason",
        help_text="Always needed to return or reject, and to approve what a machine’s rule did not pass.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
        required=False,
    )
    release_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, green: bool, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.green = green

    def clean(self) -> dict[str, Any]:
        """A reason where one is needed."""
        cleaned = super().clean() or {}
        bare = not cleaned.get("reason", "").strip()
        if bare and cleaned.get("judgement") and (cleaned["judgement"] != "approve" or not self.green):
            self.add_error("reason", "Enter your reason")
        return cleaned


class ReasonForm(PlainForm):
    """Why a release goes back."""

    reason = forms.CharField(
        label="What must the analyst change?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
        error_messages={"required": "Enter what the analyst must change"},
    )
