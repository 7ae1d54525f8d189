"""What may be said of a settled contract: a closed list of fields."""

from __future__ import annotations

from typing import Any, Literal

from likeforlike.evidence.payment.contract import Contract
from likeforlike.hashes import sha256_of
from likeforlike.plan import Frozen

Met = Literal["met", "not_met", "open"]
By = Literal["released", "unrounded", "nothing"]
OPEN = (
    "Rounding decides, and the unrounded figures cannot settle it without saying too much about a few people."
)


class Settled(Frozen):
    """Whether the rule is met and what that pays, beside the released figures; no other figure."""

    contract: str
    contract_sha256: str
    study_sha256: str
    rule: Met
    by: By
    """Whether released figures were enough, unrounded ones had to be asked, or could not be."""
    currency: str
    amount: float
    """Worked out from released figures, whatever the rule was settled by."""
    least: float
    most: float

    def summary(self) -> str:
        """The answer in a few sentences."""
        rule = {"met": "The rule is met.", "not_met": "The rule is not met.", "open": OPEN}[self.rule]
        how = {
            "released": "The released figures settle it: rounding cannot change that.",
            "unrounded": "The released figures leave it open; the unrounded ones in the vault settle it.",
            "nothing": "",
        }[self.by]
        sums = f"{self.currency}{self.amount:,.0f}"
        if self.most > self.least:
            least, most = (f"{self.currency}{end:,.0f}" for end in (self.least, self.most))
            sums += f", between {least} and {most} as figures were rounded"
        return f"{self.contract}: {rule} {how}".rstrip() + f"\nTo pay: {sums}."


def contract_hash(contract: Contract) -> str:
    """Of all its terms."""
    return sha256_of(contract.model_dump(mode="json"))


def study_of(study_sha256: str, contract: Contract) -> str:
    """What the ledger calls the question whether this contract's rule is met by this study."""
    return sha256_of({"study": study_sha256, "contract": contract_hash(contract)})


def facts_of(settled: Settled) -> dict[str, Any]:
    """Ready for JSON."""
    return settled.model_dump(mode="json")
