"""`likeforlike settle`: a contract where rounding decides, settled in the vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working
from likeforlike.errors import InputProblem

if TYPE_CHECKING:
    from likeforlike.disclosure.checking.read import Found
    from likeforlike.evidence.payment.contract import Contract
    from likeforlike.settlement.settled import Settled


def settle(
    contract: Annotated[
        str, typer.Argument(help="A contract as TOML, or the name of one that comes with the package.")
    ],
    result: Annotated[
        Path, typer.Argument(help="The --out folder of a run, with its vault.", file_okay=False)
    ],
    register: Annotated[Path, typer.Option(help="Folder of the register that was asked.")],
    as_json: options.Json = False,
) -> None:
    """Say whether a contract's rule is met, by unrounded figures where rounding decides. For the lab's staff.

    Only one contract is settled so about the same people. The answer goes through the ledger.

    Example: likeforlike settle contract.toml result --register register
    """
    from likeforlike.disclosure.checking.read import find_release
    from likeforlike.evidence import read_contract
    from likeforlike.settlement import settle as by_released
    from likeforlike.settlement.settled import facts_of

    with working("Settling the contract", quiet=as_json):
        terms, found = read_contract(contract), find_release(result)
        told, _ = by_released(terms, found.release)
        if told.rule == "open":
            told = _in_the_vault(terms, found, register, told)
    show(told.summary(), facts_of(told), as_json=as_json)


def _in_the_vault(contract: Contract, found: Found, register: Path, otherwise: Settled) -> Settled:
    from likeforlike.clock import now
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.settings import read_settings
    from likeforlike.settlement.settle import KINDS, measure_of, settled, verdict
    from likeforlike.settlement.settle import settle as by_released
    from likeforlike.settlement.settled import Settled, study_of
    from likeforlike.settlement.through_ledger import is_spent, known_of, let_out

    release, row = found.release, measure_of(contract, found.release)
    if found.study is None:
        raise InputProblem("There is no vault beside this release: give the --out folder of its run.")
    if row is None:
        return otherwise
    ledger = Ledger.of_register(register, read_settings().ledger)
    earlier, question = ledger.earlier(), study_of(release.provenance.study_sha256, contract)
    known = known_of(earlier, release.provenance.study_sha256, row.name, release.follow_up_months)
    if known is None or is_spent(earlier, known, question):
        return otherwise
    said = verdict(contract, _exact(found.study, row.name), (known.claim.low, known.claim.high), known.people)
    if said is None:
        return otherwise
    _, cohort = by_released(contract, release)
    proposed = settled(contract, release, cohort, KINDS[said.met], "unrounded")
    content = let_out(ledger, known, said, question, proposed.model_dump_json().encode(), now().date())
    return otherwise if content is None else Settled.model_validate_json(content)


def _exact(study: Path, measure: str) -> dict[str, Any]:
    from likeforlike.cli.read import find_study
    from likeforlike.estimates import Estimates
    from likeforlike.labs import load_lab
    from likeforlike.vault import Vault

    folder, told = find_study(study)

    def gone() -> NoReturn:
        raise InputProblem("The study's estimates are not in the vault: run the study again.")

    lab = told.plan.on(load_lab(told.lab))
    frame = Vault(folder).keep("estimates", Estimates, gone, lab=lab).frame
    return next(row for row in frame.iter_rows(named=True) if row["term"] == measure)
