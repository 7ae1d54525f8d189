"""What the models of all of a lab's files share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Share = Annotated[float, Field(gt=0, lt=1)]


class Frozen(BaseModel):
    """A model that cannot change and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
