"""Validates a section of a lab's `synthetic.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from likeforlike.errors import LabProblem
from likeforlike.mistakes import wrong_key

Parameters = TypeVar("Parameters", bound=BaseModel)


def parsed(model: type[Parameters], section: str, values: Mapping[str, object]) -> Parameters:
    """The section's values as `model`.

    Raises
    ------
    LabProblem
        A key is missing, unknown or wrong; the sentence names it.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise LabProblem(wrong_key("synthetic.toml", error.errors()[0], section)) from None
