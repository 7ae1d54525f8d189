"""`likeforlike request`: a request to a lab from the command line, from its first answer to its result."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from likeforlike.cli.console import Stages
from likeforlike.errors import InputProblem
from likeforlike_web.by_program.ask import Service
from likeforlike_web.by_program.read import keep, read_about, read_key, read_list

To = Annotated[str, typer.Option("--to", help="Address of the lab's service.")]
KeyFile = Annotated[
    Path, typer.Option("--key-file", help="File with a key, made under “Your account” of the service.")
]
Number = Annotated[str, typer.Argument(metavar="REQUEST", help="Its reference, like LFL-7KQ2-M4XD.")]
PATIENCE, PAUSE = 900, 2
"""Seconds for the check of a list, and between two looks at it."""


def start(
    about: Annotated[Path, typer.Argument(help="What the lab asks about the programme, as TOML.")],
    to: To,
    key_file: KeyFile,
) -> None:
    """Begin a request, and have the agreement sent to whoever signs.

    Example: likeforlike request start about.toml --to https://lab.example.org --key-file key.txt
    """
    told, service = read_about(about), Service(to, read_key(key_file))
    case = service.post("/requests", {"lab": told["lab"], "answers": told.get("answers", {})})
    if "signatory" in told:
        case = service.post(f"/requests/{case['id']}/signatory", told["signatory"])
    _show(case)


def list_(
    request: Number,
    people: Annotated[Path, typer.Argument(metavar="LIST", help="The list of people: CSV, XLSX or ODS.")],
    to: To,
    key_file: KeyFile,
) -> None:
    """Send the list of a request, and wait for what its check finds.

    Leaves with 2 if something must be put right first.

    Example: likeforlike request list LFL-7KQ2-M4XD people.csv --to https://lab.example.org --key-file key.txt
    """
    service = Service(to, read_key(key_file))
    kind, content = read_list(people)
    case = _find(service, request)
    stages = Stages(quiet=False)
    stages.begin("Sending the list")
    found = service.send(f"/requests/{case['id']}/list", kind, content)
    stages.begin("The lab checks it")
    ends = time.monotonic() + PATIENCE
    while found["state"] == "checking" and time.monotonic() < ends:
        time.sleep(PAUSE)
        found = service.get(f"/requests/{case['id']}/list")
    stages.end()
    _judge(found)


def confirm(
    request: Number,
    reason: Annotated[str, typer.Option("--reason", help="Why the unusual rows are right; name nobody.")],
    to: To,
    key_file: KeyFile,
) -> None:
    """Say that somebody has checked the unusual rows of a list, and that they are right.

    Example: likeforlike request confirm LFL-7KQ2-M4XD --reason "Checked" --to ADDRESS --key-file key.txt
    """
    service = Service(to, read_key(key_file))
    told = {"reason": reason, "sure": True}
    _judge(service.post(f"/requests/{_find(service, request)['id']}/list/confirm", told))


def send(
    request: Number,
    to: To,
    key_file: KeyFile,
    declare: Annotated[
        bool,
        typer.Option(
            "--declare",
            help="What was written is right to the best of your knowledge, and you know that the result is "
            "published, whatever it is.",
        ),
    ] = False,
) -> None:
    """Send a request to the lab.

    Example: likeforlike request send LFL-7KQ2-M4XD --declare --to https://lab.example.org --key-file key.txt
    """
    if not declare:
        raise InputProblem("Add --declare: `likeforlike request send --help` says what you declare by it.")
    service = Service(to, read_key(key_file))
    _show(service.post(f"/requests/{_find(service, request)['id']}/send", {"true": True, "public": True}))


def status(request: Number, to: To, key_file: KeyFile) -> None:
    """Say where a request is and what is left to do.

    Example: likeforlike request status LFL-7KQ2-M4XD --to https://lab.example.org --key-file key.txt
    """
    service = Service(to, read_key(key_file))
    _show(service.get(f"/requests/{_find(service, request)['id']}"))


def result(
    request: Number,
    to: To,
    key_file: KeyFile,
    out: Annotated[Path, typer.Option("--out", help="Folder for the files.")] = Path("result"),
) -> None:
    """Fetch the draft or the result of a request.

    Example: likeforlike request result LFL-7KQ2-M4XD --out result --to https://lab.example.org --key-file key.txt
    """
    service = Service(to, read_key(key_file))
    case = service.get(f"/requests/{_find(service, request)['id']}")
    if not case["files"]:
        raise InputProblem(f"There is nothing to fetch yet: {case['sentence']}")
    for name in case["files"]:
        keep(out, name, service.file(f"/requests/{case['id']}/files/{name}"))
    typer.echo(f"{len(case['files'])} files are in {out}.")


def _find(service: Service, reference: str) -> dict[str, Any]:
    listed: list[dict[str, Any]] = service.get("/requests")
    found = [case for case in listed if case["reference"] == reference.strip().upper()]
    if not found:
        raise InputProblem(f"Your organisation has no request {reference.strip().upper()} there.")
    return found[0]


def _show(case: dict[str, Any]) -> None:
    typer.echo(f"{case['reference']}: {case['state']}. {case['sentence']}")
    if case["sent"] is None:
        for task in case["tasks"]:
            typer.echo(f"  {task['title']}: {task['status']}")
            for sentence in task["problems"].values():
                typer.echo(f"    {sentence}")


def _judge(found: dict[str, Any]) -> None:
    for each in sorted(found["problems"], key=lambda one: not one["must_fix"]):
        rows = ", ".join(str(row) for row in each["rows"][:8])
        kind = "Must be put right" if each["must_fix"] else "Please check"
        where = f" (row {rows})" if rows else ""
        typer.echo(f"{kind}: {each['column']}{where}: {each['sentence']} {each['remedy']}")
    match found["state"]:
        case "accepted":
            typer.echo("The list can be used. `likeforlike request send` sends the request.")
        case "confirm":
            raise InputProblem("Check the rows above: if they are right, run `likeforlike request confirm`.")
        case "checking":
            raise InputProblem(
                "The lab is still checking: `likeforlike request status` will say how it went."
            )
        case _:
            raise InputProblem("Nothing was used: put the list right and send it again.")
