"""Dates, numbers and names as our pages write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """A date like 5 March 2026."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """A time like 5 March 2026 at 14:05."""
    return "" if value is None else f"{day(value)} at {timezone.localtime(value):%H:%M}"


@register.filter
def number(value: Any) -> str:
    """A number with commas."""
    return f"{value:,}" if isinstance(value, int) else str(value)


@register.filter
def item(values: Any, place: int) -> Any:
    """One of several, by its place."""
    return values[place]


@register.filter
def plural(count: int, noun: str) -> str:
    """A number and its noun, like "1 row" and "3 rows"; "person,people" gives both forms."""
    one, _, many = noun.partition(",")
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or one + 's'}"


@register.filter
def described(field: BoundField) -> str:
    """Ids of what describes a field."""
    parts = [f"{field.id_for_label}-hint"] if field.help_text else []
    return " ".join([*parts, f"{field.id_for_label}-error"] if field.errors else parts)


@register.filter
def drawn(field: BoundField) -> str:
    """A field's input with its hint and error tied to it."""
    attrs: dict[str, str | bool] = {"aria-describedby": described(field)} if described(field) else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    grouped = field.use_fieldset
    return field.as_widget(attrs={} if grouped else attrs)


@register.filter
def one_box(field: BoundField) -> bool:
    """Whether a field is a single tick box, whose label stands after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.filter
def size(value: int) -> str:
    """Bytes as people say them."""
    return f"{value / 1e6:.1f} MB" if value >= 1e6 else f"{max(1, round(value / 1e3))} KB"


@register.simple_tag
def first_error_id(field: BoundField) -> str:
    """Where a link in the error summary goes: the first input of a group."""
    suffix = "_0" if field.use_fieldset else ""
    return f"{field.id_for_label or field.auto_id}" if not suffix else f"{field.auto_id}{suffix}"
