"""Parameters of the people: `[people]` of a lab's `synthetic.toml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from likeforlike.errors import LabProblem

Share = Annotated[float, Field(ge=0, le=1)]


class WithIdentifiers(BaseModel):
    """Shares by name; any key that is not declared names an identifier of the lab."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Share]

    @property
    def identifiers(self) -> Mapping[str, float]:
        """The share of each identifier that has one."""
        return self.__pydantic_extra__

    def check(self, section: str, known: Collection[str]) -> None:
        """Make sure that the keys beyond those declared are identifiers.

        Raises
        ------
        LabProblem
            One is not.
        """
        for key in self.identifiers:
            if key not in known:
                raise LabProblem(
                    f"synthetic.toml: there is no key '{section}.{key}': check its spelling or take it out."
                )


class PeopleSettings(WithIdentifiers):
    """Shares of people, and of their name records; an identifier's key is the share of name records that hold it."""

    male: Share
    household: Share
    alias: Share
    unknown_ethnicity: Share
    postcode: Share
    moved: Share
    other_birth_date: Share
