"""Every file of a lab's folder verified: by itself, against the others, and against a department's tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from likeforlike.errors import LabProblem, RegisterProblem
from likeforlike.kit.findings import Checked
from likeforlike.kit.made_up import VINTAGE, made_up_tables
from likeforlike.kit.queries import query_mistakes
from likeforlike.kit.tables import SAMPLE, InMemory, sampled
from likeforlike.labs import load_lab
from likeforlike.labs.definition import Lab
from likeforlike.labs.files import file_mistakes
from likeforlike.records.source import extract_date
from likeforlike.report import check_wording


def check_folder(folder: str | Path, tables: Path | None = None, vintage: date | None = None) -> Checked:
    """Check a lab's folder.

    Parameters
    ----------
    folder
        The lab: its name, or the path of its folder.
    tables
        A folder with the department's tables, of which the first rows are looked at too.
    vintage
        The date of their extract; else `vintage` in `extract.toml` beside them.

    Returns
    -------
    Checked
        A sentence for each mistake that names file, key and remedy. Mistakes inside one file hide those between
        files, and those hide what queries do.
    """
    name = Path(folder).name
    looked_at = ["Every file, and every key in it"]
    mistakes = file_mistakes(folder)
    if mistakes:
        return Checked(name, tuple(looked_at), tuple(mistakes))
    try:
        lab = load_lab(folder)
    except LabProblem as problem:
        return Checked(name, tuple(looked_at), (str(problem),))
    looked_at.append("Every name that one file uses of another")
    looked_at.append(f"Disclosure rules, against the floor of the profile '{lab.disclosure.profile}'")
    mistakes = list(_words(lab))
    looked_at.append(f"{len(lab.wording.sentence)} wordings, against the report and the measures")
    mistakes += query_mistakes(lab, InMemory(VINTAGE, made_up_tables(lab)))
    looked_at.append("Every query on made-up tables; no covariate changes with what happens later")
    if tables is not None and not mistakes:
        mistakes = _on_tables(lab, tables, vintage)
        looked_at.append(f"The same on the first {SAMPLE:,} rows of each of the department's tables")
    return Checked(name, tuple(looked_at), tuple(mistakes))


def _words(lab: Lab) -> Iterator[str]:
    try:
        check_wording(lab)
    except LabProblem as problem:
        yield str(problem)
    plain = lab.wording.sentence.get("unit_one") == "{unit}"
    for measure in lab.outcomes.measure:
        key = f"{measure.name}.unit_one"
        if plain and measure.kind != "frequency" and key not in lab.wording.sentence:
            yield (
                f"wording.toml: the measure '{measure.name}' has no word for one of its unit ('{measure.unit}'): "
                f"add the key 'sentence.\"{key}\"'."
            )


def _on_tables(lab: Lab, folder: Path, vintage: date | None) -> list[str]:
    try:
        reached = extract_date(folder, vintage)
    except RegisterProblem as problem:
        return [str(problem)]
    tables, mistakes = sampled(lab, folder, reached)
    if len(tables) < len(lab.records.table):
        return mistakes
    return mistakes + query_mistakes(lab, InMemory(reached, tables))
