"""Which profiles a release can be made by: what is not applied everywhere must not be promised anywhere."""

from __future__ import annotations

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import DisclosureProfile


def require_usable(profile: DisclosureProfile) -> None:
    """Refuse a profile that a release would not keep.

    Raises
    ------
    LabProblem
        It is another than `lab`.
    """
    if profile.profile != "lab":
        raise LabProblem(
            f"disclosure.toml: no release can be made by the profile '{profile.profile}' yet: use profile = \"lab\"."
        )
