"""The desk's forms."""

from __future__ import annotations

from typing import Any

from django import forms

from likeforlike_web.design.forms import PlainForm


class WordsForm(PlainForm):
    """A text of one kind or another."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=5_000, required=False)

    def __init__(self, label: str, hint: str, missing: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.missing = missing
        self.fields["text"].label, self.fields["text"].help_text = label, hint

    def clean_text(self) -> str:
        """The text, which may have to be there."""
        text: str = self.cleaned_data["text"].strip()
        if not text and self.missing:
            raise forms.ValidationError(self.missing)
        return text


class PlanForm(PlainForm):
    """Changes in the lab's plan, as a plan file has them."""

    text = forms.CharField(
        label="Changes in the lab’s plan",
        help_text="As a plan file has them, in TOML. Leave it empty for the lab’s own plan.",
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
        max_length=20_000,
        required=False,
    )
