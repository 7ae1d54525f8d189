"""Validates a section of a lab's `synthetic.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from likeforlike.errors import LabProblem

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
        first = error.errors()[0]
        key = ".".join([section, *(str(part) for part in first["loc"])])
        raise LabProblem(f"synthetic.toml: the key '{key}' is wrong: {first['msg']}.") from None
