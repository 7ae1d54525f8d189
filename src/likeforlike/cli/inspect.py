"""`likeforlike inspect`: what a study's vault holds, for the lab's own staff."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from likeforlike.errors import InputProblem

if TYPE_CHECKING:
    import polars as pl

    from likeforlike.labs import Lab
    from likeforlike.terms import StageResult
    from likeforlike.vault import Vault

ONLY_STAFF = "For the lab's staff only: nothing here is protected, and none of it may leave."


def inspect(
    vault: Annotated[Path, typer.Argument(help="The --out folder of a run, its vault, or a study in it.")],
    stage: Annotated[
        str | None, typer.Argument(help="Only this stage, like matching or diagnostics.")
    ] = None,
    form: Annotated[
        Literal["text", "json", "csv"],
        typer.Option("--format", help="Sentences, everything as JSON, or the table of one stage as CSV."),
    ] = "text",
    lab: Annotated[
        str | None, typer.Option("--lab", help="The lab, if it is another folder than the study names.")
    ] = None,
) -> None:
    """Print what a study's vault holds, stage by stage: figures as they are, and never a person.

    This is for the lab's staff. What may leave is in the release.

    Example: likeforlike inspect result matching --format csv
    """
    from likeforlike.cli.read import find_study, read_refusal
    from likeforlike.labs import load_lab
    from likeforlike.vault import Vault

    folder, study = find_study(vault)
    kept = Vault(folder)
    there = [name for name in _kinds() if kept.has(name)]
    if stage is not None and stage not in there:
        known = f"choose from {', '.join(there)}" if there else "no stage is finished"
        raise InputProblem(f"There is no stage '{stage}' in this study: {known}.")
    if form == "csv" and stage is None:
        raise InputProblem("CSV is for one stage: name it, like `likeforlike inspect result matching`.")
    refusal = read_refusal(folder)
    over = study.plan.on(load_lab(lab or study.lab))
    results = {name: _result(kept, name, over) for name in ([stage] if stage else there)}
    if form == "json":
        told = {name: result.to_dict() for name, result in results.items()}
        facts = {"notice": ONLY_STAFF, "study": study.sha256, "refusal": refusal, "stages": _plain(told)}
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False, default=str))
    elif form == "csv":
        (result,) = results.values()
        typer.echo(f"# {ONLY_STAFF}\n{_csv(result.to_frame())}", nl=False)
    else:
        head = [ONLY_STAFF, f"Study {study.sha256[:16]}: {study.programme.name}"]
        head += [f"Refused: {refusal}"] if refusal else []
        typer.echo("\n".join([*head, "", *(_lines(name, result) for name, result in results.items())]))


def _kinds() -> dict[str, tuple[Any, tuple[str, ...]]]:
    """The type of each stage, in the order of the flow, and what was left out of what was kept."""
    from likeforlike.checks import Checks
    from likeforlike.estimates import Estimates
    from likeforlike.estimates.beside import Beside
    from likeforlike.estimates.timing import Timing
    from likeforlike.followup import Sample
    from likeforlike.linkage import Links
    from likeforlike.matching import Matched
    from likeforlike.matching.diagnostics import Diagnostics
    from likeforlike.outcomes import Outcomes
    from likeforlike.sensitivity import Sensitivity
    from likeforlike.sub_groups import SubGroups

    return {
        "linkage": (Links, ("cohort",)),
        "followup": (Sample, ("lab",)),
        "matching": (Matched, ("lab",)),
        "diagnostics": (Diagnostics, ()),
        "outcomes": (Outcomes, ("lab",)),
        "estimates": (Estimates, ("lab",)),
        "sub_groups": (SubGroups, ()),
        "beside": (Beside, ()),
        "timing": (Timing, ()),
        "checks": (Checks, ()),
        "sensitivity": (Sensitivity, ()),
    }


def _result(kept: Vault, stage: str, lab: Lab) -> StageResult:
    kind, left_out = _kinds()[stage]

    def gone() -> NoReturn:
        raise InputProblem(f"What was kept of the stage '{stage}' cannot be read: run the study again.")

    # Nobody's list is needed to say what linkage found.
    context = {name: lab if name == "lab" else None for name in left_out}
    result: StageResult = kept.keep(stage, kind, gone, **context)
    return result


def _lines(name: str, result: StageResult) -> str:
    told = result.summary().splitlines()
    return "\n".join([f"{name}:", *(f"  {line}" for line in told)])


def _csv(frame: pl.DataFrame) -> str:
    """Text that a spreadsheet would take for a formula is made harmless."""
    import polars as pl

    from likeforlike.formulas import harmless

    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(harmless(name) for name in texts).write_csv()


def _plain(value: Any) -> Any:
    """JSON has no word for what is not a number."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
