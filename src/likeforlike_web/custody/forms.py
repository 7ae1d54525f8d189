"""Forms of whoever runs the lab."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from likeforlike_web.accounts.models import Organisation, User
from likeforlike_web.design.forms import Choices, DayMonthYear, PlainForm, TickBoxes
from likeforlike_web.mails.wording import DEFAULT, PLACES, MailKind, wrong_with

ROLES = (
    ("is_analyst", "Analyst: makes comparisons and writes reports"),
    ("is_checker", "Output checker: looks whether a report tells of one person"),
    ("is_administrator", "Administrator: runs the lab"),
)


class UntilField(forms.Field):
    """A date in three boxes, or none."""

    widget = DayMonthYear

    def to_python(self, value: Any) -> date | None:
        """The date.

        Raises
        ------
        ValidationError
            It is none.
        """
        parts = [str(part or "").strip() for part in value or ()]
        if not any(parts):
            return None
        try:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        except ValueError:
            raise forms.ValidationError("Enter a real date, like 31 3 2027") from None


class PersonForm(PlainForm):
    """What somebody is in the lab, and until when."""

    staff = forms.MultipleChoiceField(
        label="Part in the lab", choices=ROLES, widget=TickBoxes, required=False
    )
    expires = UntilField(label="Last day of access (optional)", help_text="Like 31 3 2027.", required=False)
    enabled = forms.ChoiceField(
        label="May this person sign in?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=Choices,
        error_messages={"required": "Select whether the person may sign in"},
    )

    def __init__(self, user: User, *args: Any, **more: Any) -> None:
        held = [role for role, _ in ROLES if getattr(user, role)]
        until = user.expires
        more["initial"] = {
            "staff": held,
            "enabled": "yes" if user.enabled else "no",
            "expires": [str(until.day), str(until.month), str(until.year)] if until else None,
        }
        super().__init__(*args, **more)
        if user.organisation_id is not None:
            del self.fields["staff"]


class InviteForm(PlainForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(
        label="Email address",
        help_text="We send a link that works for 14 days.",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
    )
    organisation = forms.ModelChoiceField(
        label="Organisation (leave empty for people of the lab)",
        queryset=Organisation.objects.order_by("name"),
        required=False,
        empty_label="The lab",
    )
    staff = forms.MultipleChoiceField(
        label="Part in the lab (people of the lab only)", choices=ROLES, widget=TickBoxes, required=False
    )
    expires = UntilField(label="Last day of access (optional)", help_text="Like 31 3 2027.", required=False)

    def clean(self) -> dict[str, Any]:
        """One side or the other."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("organisation")) == bool(cleaned.get("staff")):
            self.add_error("staff", "Select an organisation, or a part in the lab, but not both")
        return cleaned


class OrganisationForm(PlainForm):
    """A new organisation."""

    name = forms.CharField(
        label="Name of the organisation",
        max_length=200,
        error_messages={"required": "Enter the name of the organisation"},
    )

    def clean_name(self) -> str:
        """The name, which no other has."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if Organisation.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("There is an organisation with this name already")
        return name


class SureForm(PlainForm):
    """A step that cannot be undone."""

    sure = forms.BooleanField(label="Yes, I am sure", error_messages={"required": "Select that you are sure"})


class NoteForm(PlainForm):
    """A public note of correction."""

    text = forms.CharField(
        label="What was wrong, and what is right?",
        help_text="It is public, beside the result, for good.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3_000,
        error_messages={"required": "Enter what was wrong and what is right"},
    )


class WordingForm(PlainForm):
    """What a kind of mail says."""

    subject = forms.CharField(label="Subject", max_length=200, error_messages={"required": "Enter a subject"})
    body = forms.CharField(
        label="Text",
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=4_000,
        error_messages={"required": "Enter a text"},
    )

    def __init__(self, kind: MailKind, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        places = ", ".join(f"${name}" for name in sorted(PLACES[kind]))
        own = f"The service’s own subject is “{DEFAULT[kind].subject}”. "
        self.fields["subject"].help_text = own
        self.fields["body"].help_text = (
            f"{places} is replaced for each person." if places else "It is the same for everybody."
        )

    def clean_body(self) -> str:
        """The text with its places, and lines that end as they are kept."""
        body = "\n".join(str(self.cleaned_data["body"]).strip().splitlines()) + "\n"
        wrong = wrong_with(self.kind, body)
        if wrong:
            raise forms.ValidationError(wrong)
        return body

    def clean_subject(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["subject"]).split())
