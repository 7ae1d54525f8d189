"""No release is promised by rules that it would not keep."""

import pytest

from likeforlike.disclosure.profiles.usable import require_usable
from likeforlike.errors import LabProblem
from likeforlike.labs import load_lab
from likeforlike.labs.definition import DisclosureProfile


def test_the_labs_own_profile_is_usable():
    require_usable(load_lab("justice").disclosure)


@pytest.mark.parametrize("profile", ["opensafely", "nhs-hes", "ons-10-5", "census-drb"])
def test_a_profile_that_is_not_applied_everywhere_is_refused(profile):
    with pytest.raises(LabProblem, match=f"profile '{profile}' yet: use"):
        require_usable(DisclosureProfile.model_validate({"profile": profile}))
