"""The provider's forms; those of the questions are made from the questions themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from likeforlike.labs import Lab
from likeforlike_web.cases.questions import Answers, Page, Question, problems
from likeforlike_web.design.forms import Choices, DayMonthYear, PlainForm, TickBoxes
from likeforlike_web.uploads.handler import Received

WRONG_UPLOAD = {
    "": "Select a list",
    "kind": "The selected file must be a CSV, XLSX or ODS",
    "large": "The selected file must be smaller than 50MB",
    "empty": "The selected file is empty",
    "room": "The selected file could not be uploaded – try again",
    "interrupted": "The selected file could not be uploaded – try again",
}


class ThreeBoxes(forms.Field):
    """A date as it was typed; whether it is one is for the questions to say."""

    widget = DayMonthYear

    def to_python(self, value: Any) -> list[str]:
        """The three parts."""
        return [str(part or "").strip() for part in value or ["", "", ""]]


class AnswersForm(PlainForm):
    """A page of questions. What was typed is kept whatever it is; problems are shown only when asked for."""

    completed = forms.ChoiceField(
        label="Have you completed this section?",
        choices=(("yes", "Yes, I have completed it"), ("no", "No, I will come back to it later")),
        widget=Choices,
        required=False,
    )

    def __init__(self, page: Page, answers: Answers, completed: bool, data: QueryDict | None = None) -> None:
        initial = {**answers, "completed": "yes" if completed else ""}
        super().__init__(data, initial=initial)
        self.page = page
        last = self.fields.pop("completed")
        for question in page.questions:
            self.fields[question.key] = _field(question)
        self.fields["completed"] = last

    @classmethod
    def saved(cls, page: Page, answers: Answers, completed: bool) -> AnswersForm:
        """The page as it was saved; of a section that was said to be completed, with its problems."""
        if not completed:
            return cls(page, answers, completed)
        data = QueryDict(mutable=True)
        data["completed"] = "yes"
        for question in page.questions:
            answer = answers.get(question.key, "")
            if question.kind == "date":
                data.update(
                    {f"{question.key}_{place}": part for place, part in enumerate(answer or ("", "", ""))}
                )
            elif question.kind == "choices":
                data.setlist(question.key, answer or [])
            else:
                data[question.key] = answer
        return cls(page, answers, completed, data)

    def answers(self) -> Answers:
        """What was typed."""
        self.is_valid()
        return {
            question.key: _storable(self.cleaned_data.get(question.key, ""))
            for question in self.page.questions
        }

    def says_completed(self) -> bool:
        """Whether the section was marked as completed."""
        self.is_valid()
        return bool(self.cleaned_data.get("completed") == "yes")

    def clean(self) -> dict[str, Any]:
        """Add the problems, if the person says that the section is completed."""
        cleaned = super().clean() or {}
        if cleaned.get("completed") == "yes":
            for key, sentence in problems(self.page, cleaned).items():
                self.errors[key] = self.error_class([sentence])
        return cleaned


def _storable(answer: Any) -> Any:
    """An answer without the one character that PostgreSQL cannot keep."""
    return (
        answer.replace("\x00", "")
        if isinstance(answer, str)
        else [part.replace("\x00", "") for part in answer]
    )


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.label, "help_text": question.hint, "required": False}
    if question.kind == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), **common)
    if question.kind == "date":
        return ThreeBoxes(**common)
    if question.kind == "choice":
        return AnyOf(choices=question.choices, widget=Choices, **common)
    if question.kind == "choices":
        return SeveralOf(choices=question.choices, widget=TickBoxes, **common)
    email = {"autocomplete": "email", "spellcheck": "false"} if question.kind == "email" else {}
    return forms.CharField(widget=forms.TextInput(attrs=email), **common)


class AnyOf(forms.ChoiceField):
    """One of several; a value that is none of them counts as no answer."""

    def validate(self, value: Any) -> None:
        """The questions say what is wrong."""


class SeveralOf(forms.MultipleChoiceField):
    """Several of several."""

    def validate(self, value: Any) -> None:
        """The questions say what is wrong."""


class SignatoryForm(PlainForm):
    """Who signs the agreement."""

    name = forms.CharField(
        label="Full name", max_length=200, error_messages={"required": "Enter their full name"}
    )
    job = forms.CharField(
        label="Job",
        help_text="Somebody who may sign for your organisation, such as a director or trustee.",
        max_length=200,
        error_messages={"required": "Enter their job"},
    )
    email = forms.EmailField(
        label="Email address",
        help_text="We send them a link to the agreement.",
        error_messages={
            "required": "Enter their email address",
            "invalid": "Enter an email address in the correct format, like name@example.org",
        },
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )


class SignForm(PlainForm):
    """Signing."""

    name = forms.CharField(
        label="Type your full name to sign",
        max_length=200,
        error_messages={"required": "Enter your full name"},
    )
    agree = forms.BooleanField(
        label="I may sign for this organisation, and I agree",
        error_messages={"required": "Select that you may sign and agree"},
    )

    def __init__(self, expected: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.expected = expected

    def clean_name(self) -> str:
        """The name that the agreement was sent to."""
        name: str = " ".join(self.cleaned_data["name"].split())
        if name.casefold() != " ".join(self.expected.split()).casefold():
            raise forms.ValidationError(f"Enter your name as the agreement has it: {self.expected}")
        return name


class UploadForm(PlainForm):
    """The list; what came was encrypted by the time that this form sees it."""

    list = forms.FileField(
        label="Upload your list",
        help_text="A CSV, XLSX or ODS of up to 50MB. It is encrypted while it arrives.",
        required=False,
        # the sentence about an empty file is ours
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )

    def clean_list(self) -> Any:
        """What came, or the sentence about what is wrong with it."""
        received = self.files.get("list")
        problem = received.problem if isinstance(received, Received) else ""
        if received is None or problem:
            raise forms.ValidationError(WRONG_UPLOAD[problem])
        return received


class ColumnsForm(PlainForm):
    """Which heading of the file stands for which column."""

    def __init__(self, lab: Lab, missing: list[str], unread: list[str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        headings = [("", "It is not in my file"), *((heading, heading) for heading in unread if heading)]
        for column in lab.columns.column:
            if column.label in missing:
                self.fields[column.name] = forms.ChoiceField(
                    label=f"{column.label}{'' if column.required else ' (if known)'}",
                    help_text=column.guidance,
                    choices=headings,
                    required=False,
                )

    def columns(self) -> dict[str, str]:
        """Column and heading, of those that were chosen."""
        return {name: heading for name, heading in self.cleaned_data.items() if heading}

    def clean(self) -> dict[str, Any]:
        """No heading may stand for two columns."""
        cleaned = super().clean() or {}
        chosen = [heading for heading in cleaned.values() if heading]
        for name, heading in cleaned.items():
            if heading and chosen.count(heading) > 1:
                self.add_error(name, f"Select “{heading}” for one column only")
        if not chosen and not self.errors:
            raise forms.ValidationError("Select a heading for at least one column, or upload another file")
        return cleaned


class SheetForm(PlainForm):
    """Which sheet has the list."""

    sheet = forms.CharField(
        label="Name of the sheet with your list",
        max_length=200,
        error_messages={"required": "Enter the name of the sheet"},
    )


class ConfirmForm(PlainForm):
    """That unusual points are right."""

    reason = forms.CharField(
        label="Why these are right",
        help_text="One sentence is enough. Do not name anybody.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": "Enter why these are right"},
    )
    sure = forms.BooleanField(
        label="I have checked these rows, and they are right",
        error_messages={"required": "Select that you have checked these rows"},
    )


class DeclareForm(PlainForm):
    """The declaration before sending."""

    true = forms.BooleanField(
        label="To the best of my knowledge what I have written is right",
        error_messages={"required": "Select that what you have written is right"},
    )
    public = forms.BooleanField(
        label="I understand that the result is published, whatever it is, and that the request cannot be withdrawn "
        "once the analysis begins",
        error_messages={"required": "Select that you understand that the result is published"},
    )


class TextForm(PlainForm):
    """A message."""

    text = forms.CharField(
        label="Your message",
        help_text="Do not name anybody from your list.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
        error_messages={"required": "Enter a message"},
    )


class SureForm(PlainForm):
    """A step that cannot be undone."""

    sure = forms.BooleanField(label="Yes, I am sure", error_messages={"required": "Select that you are sure"})


class FactsForm(PlainForm):
    """Whether the facts in a draft are right."""

    right = forms.ChoiceField(
        label="Is what the report says about your programme right?",
        choices=(("yes", "Yes, I have no comments"), ("no", "No, something should be changed")),
        widget=Choices,
        error_messages={"required": "Select yes if the facts are right"},
    )
    text = forms.CharField(
        label="What should be changed (if anything)",
        help_text="Facts about your programme only: the figures were settled before anybody saw them.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A no needs its words."""
        cleaned = super().clean() or {}
        if cleaned.get("right") == "no" and not cleaned.get("text", "").strip():
            self.add_error("text", "Enter what should be changed")
        return cleaned
