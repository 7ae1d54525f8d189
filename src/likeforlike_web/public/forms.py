"""The questions of "check you can use this service"."""

from __future__ import annotations

from typing import Any

from django import forms

from likeforlike_web.design.forms import Choices, PlainForm

YES_NO = (("yes", "Yes"), ("no", "No"))


class SuitableForm(PlainForm):
    """Five questions that find out early whether a request can succeed."""

    directly = forms.ChoiceField(
        label="Did you work with the people directly?",
        help_text="For example through a course, mentoring, accommodation or support.",
        choices=YES_NO,
        widget=Choices,
        error_messages={"required": "Select yes if you worked with the people directly"},
    )
    people = forms.IntegerField(
        label="About how many people did you work with?",
        help_text="Count everybody, from as many years as you can.",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": "Enter about how many people you worked with",
            "invalid": "Number of people must be a number, like 120",
            "min_value": "Number of people must be 1 or more",
        },
    )
    identifiers = forms.ChoiceField(
        label="Do you know each person's name, date of birth and sex?",
        choices=YES_NO,
        widget=Choices,
        error_messages={"required": "Select yes if you know names, dates of birth and sex"},
    )
    dates = forms.ChoiceField(
        label="Do you know when each person started, or a date of their sentence or release?",
        choices=YES_NO,
        widget=Choices,
        error_messages={"required": "Select yes if you know a date for each person"},
    )
    ended = forms.ChoiceField(
        label="Did most of them start long enough ago?",
        choices=YES_NO,
        widget=Choices,
        error_messages={"required": "Select yes if most people started long enough ago"},
    )
    share = forms.ChoiceField(
        label="May you share these details for research?",
        help_text="Your privacy notice or your agreement with the people must allow it.",
        choices=(*YES_NO, ("unsure", "I am not sure")),
        widget=Choices,
        error_messages={"required": "Select yes if you may share the details"},
    )

    def __init__(self, months: int, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ended"].help_text = f"At least {months} months ago: people are followed that long."

    def clean_people(self) -> int:
        """The number as it was meant."""
        return int(self.cleaned_data["people"])


class SizeForm(PlainForm):
    """How many people a list would have."""

    people = forms.IntegerField(
        label="About how many people would be on the list?",
        help_text="Everybody you worked with, whether or not it went well.",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": "Enter about how many people would be on the list",
            "invalid": "Number of people must be a number, like 120",
            "min_value": "Number of people must be 1 or more",
        },
    )

    def __init__(self, most: int, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.most = most

    def clean_people(self) -> int:
        """The number, if the lab takes such a list."""
        people = int(self.cleaned_data["people"])
        if people > self.most:
            raise forms.ValidationError(f"Number of people must be {self.most:,} or fewer")
        return people


def reasons_against(answers: dict[str, Any], minimum: int) -> list[str]:
    """Why a request would not succeed, and what to do instead; none if it may."""
    said = {
        "directly": "The service compares people whom you worked with. It cannot look at people you know of only.",
        "identifiers": "Without names, dates of birth and sex we cannot find people in the records.",
        "dates": "Without a date we cannot tell from when to follow somebody.",
        "ended": "People are followed for a fixed time. Come back when most of them started long enough ago.",
        "share": "You must be allowed to share the details. Ask whoever is responsible for data protection with you.",
    }
    found = [sentence for name, sentence in said.items() if answers[name] == "no"]
    if answers["people"] < minimum:
        found.append(
            f"The list needs at least {minimum:,} people, because fewer cannot be reported without saying something "
            "about one of them. Add people from earlier years, or join with an organisation that does the same."
        )
    return found
