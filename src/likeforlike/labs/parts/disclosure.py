"""`disclosure.toml`: what may leave."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from likeforlike.labs.parts.base import Text
from likeforlike.labs.profiles import PROFILES, Rules, load_profile
from likeforlike.labs.profiles.floor import remedy


class DisclosureProfile(Rules):
    """The rules that a release must meet: `disclosure.toml`.

    It names a profile. Keys that are left out are the profile's; those that are given may only be stricter.
    """

    refusal: Text
    """The one sentence that every refusal gives."""

    @model_validator(mode="before")
    @classmethod
    def _as_the_profile_has_it(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        name = given.get("profile", "lab")
        known = load_profile(name).model_dump() if name in PROFILES else {}
        return {**known, "profile": name, **given}

    @field_validator("*", mode="after")
    @classmethod
    def _not_weaker(cls, value: Any, info: ValidationInfo) -> Any:
        name = info.data.get("profile")
        wanted = remedy(str(info.field_name), value, load_profile(name)) if name else ""
        if wanted:
            raise PydanticCustomError(
                "floor", "by the profile '{profile}' it must be {wanted}", {"profile": name, "wanted": wanted}
            )
        if info.field_name == "noise_budget" and value < info.data.get("noise", 0):
            raise PydanticCustomError("floor", "it must be at least 'noise'")
        return value
