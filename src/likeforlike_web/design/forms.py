"""Forms in our own markup: label, hint, error and field in one template; the browser's own checks are off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every field with one template."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"


class PlainForm(forms.Form):
    """A form whose fields are checked here, so that every message is one of ours."""

    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("label_suffix", "")
        super().__init__(*args, **more)


class TickBox(forms.CheckboxInput):
    """One box to tick."""

    single = True


class TickBoxes(forms.CheckboxSelectMultiple):
    """Several boxes."""

    option_template_name = "design/option.html"
    template_name = "design/options.html"


class Choices(forms.RadioSelect):
    """One of several."""

    option_template_name = "design/option.html"
    template_name = "design/options.html"


class DayMonthYear(forms.MultiWidget):
    """A date in three boxes, as people write it."""

    template_name = "design/date.html"

    def __init__(self) -> None:
        boxes = [
            forms.TextInput(attrs={"inputmode": "numeric", "class": f"short {part}"})
            for part in ("day", "month", "year")
        ]
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[Any]:
        """The three parts of a date."""
        return [value.day, value.month, value.year] if value else [None, None, None]
