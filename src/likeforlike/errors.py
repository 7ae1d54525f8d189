"""Everything the product can refuse to do, each with one sentence for the person who asked."""


class LikeForLikeError(Exception):
    """Base of all expected failures; the message is one sentence that a person can act on."""

    exit_code = 1


class InputProblem(LikeForLikeError):
    """Something the user gave needs attention: a file, a lab folder, a command's argument."""

    exit_code = 2


class LabProblem(InputProblem):
    """A lab folder is wrong: the message names the file and the key."""


class RegisterProblem(InputProblem):
    """A department's tables or a prepared register cannot be used as they are."""


class Refused(LikeForLikeError):
    """Disclosure control does not let anything but this sentence out; `detail` is for the vault alone."""

    exit_code = 3

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


class SealBroken(LikeForLikeError):
    """Outcomes were asked for a match that is not the one that was sealed."""
