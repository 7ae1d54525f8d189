"""Outcomes that are paid for one by one: by a rate card, or on a scale by risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from likeforlike.errors import InputProblem
from likeforlike.evidence.payment.contract import Band, Contract, RateCardItem
from likeforlike.evidence.payment.figures import Claim, Figures


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line of the bill; `counted` leaves out what is over the most that is paid for."""

    name: str
    price: float
    claimed: int
    counted: int

    @property
    def payment(self) -> float:
        return self.price * self.counted


@dataclass(frozen=True, slots=True)
class Bill:
    """Every line, what did not count, and the sum after the cap."""

    lines: tuple[PaidLine, ...]
    not_counted: tuple[Claim, ...]
    uncapped: float
    total: float


def bill(contract: Contract, figures: Figures) -> Bill:
    """Work out what the claims are worth.

    Raises
    ------
    InputProblem
        The figures are not claims, or a claim has no price.
    """
    if not figures.claims:
        raise InputProblem(
            f"'{contract.name}' pays for each outcome: give a table with the columns 'outcome' (or 'risk') and 'count'."
        )
    by_card = [_of_item(item, figures.claims) for item in contract.rate_card]
    lines = by_card or [_of_band(band, figures.claims) for band in contract.sliding_scale]
    left = [claim for claim in figures.claims if not _has_price(contract, claim)]
    _no_unknown(contract, left)
    uncapped = sum(line.payment for line in lines)
    cap = contract.pay.cap
    return Bill(tuple(lines), tuple(left), uncapped, uncapped if cap is None else min(uncapped, cap))


def enough_weeks(item: RateCardItem, claim: Claim) -> bool:
    """Whether a lasting outcome lasted: so many weeks in all, within so many.

    >>> item = RateCardItem(outcome="job", price=1, weeks=13, within=26)
    >>> [enough_weeks(item, Claim("job", 5, weeks=weeks, within=26)) for weeks in (12, 13)]
    [False, True]
    """
    if item.weeks is None or item.within is None:
        return True
    return claim.weeks is not None and claim.weeks >= item.weeks and (claim.within or 0) <= item.within


def _of_item(item: RateCardItem, claims: Sequence[Claim]) -> PaidLine:
    claimed = sum(c.count for c in claims if c.outcome == item.outcome and enough_weeks(item, c))
    return PaidLine(
        item.outcome, item.price, claimed, claimed if item.most is None else min(claimed, item.most)
    )


def _of_band(band: Band, claims: Sequence[Claim]) -> PaidLine:
    claimed = sum(c.count for c in claims if c.risk is not None and band.at_least <= c.risk < band.below)
    return PaidLine(f"{band.at_least:g} to under {band.below:g}", band.price, claimed, claimed)


def _has_price(contract: Contract, claim: Claim) -> bool:
    if contract.rate_card:
        return any(i.outcome == claim.outcome and enough_weeks(i, claim) for i in contract.rate_card)
    return any(claim.risk is not None and b.at_least <= claim.risk < b.below for b in contract.sliding_scale)


def _no_unknown(contract: Contract, left: Sequence[Claim]) -> None:
    known = {item.outcome for item in contract.rate_card}
    for claim in left:
        if contract.rate_card and claim.outcome not in known:
            raise InputProblem(
                f"'{contract.name}' has no price for '{claim.outcome}': use one of {', '.join(sorted(known))}."
            )
        if contract.sliding_scale and claim.risk is None:
            raise InputProblem(
                f"'{contract.name}' pays by risk, and a claim has none: fill in the column 'risk'."
            )
