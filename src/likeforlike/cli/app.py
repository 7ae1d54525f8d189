"""All commands, and what happens when one cannot do its work."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points, version

import typer

from likeforlike.cli import (
    audit,
    calibrate,
    check,
    consortium,
    demo,
    disclose,
    inspect,
    lab,
    learn,
    link,
    map,
    pay,
    plan,
    profile,
    ready,
    register,
    report,
    run,
    settle,
    standing,
    submit,
    synth,
    synthesise,
    template,
    verify,
    withdraw,
    worth,
)
from likeforlike.cli.console import show
from likeforlike.cli.failure import explain, status
from likeforlike.cli.stop import SENTENCE, Stopped, Stops

INTERRUPTED = 130
app = typer.Typer(
    name="likeforlike",
    help="A data lab in a box: did the people a programme worked with do better than people like them?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Start with [bold]likeforlike demo[/bold]. Exit codes: 0 done, 1 something failed on our "
    "side, 2 something you can put right, 3 refused to keep people's information private.",
)
registers = typer.Typer(help="Prepare a department's tables for linking.", no_args_is_help=True)
registers.command("build")(register.build)
registers.command("map")(map.map_records)
registers.command("profile")(profile.profile)
registers.command("verify")(verify.verify)
registers.command("learn")(learn.learn)
app.add_typer(registers, name="register")
app.command("demo")(demo.demo)
app.command("template")(template.template)
app.command("check")(check.check)
app.command("ready")(ready.ready)
app.command("plan")(plan.plan)
app.command("run")(run.run)
app.command("submit")(submit.submit)
app.command("together")(submit.beside)
app.command("consortium")(consortium.consortium)
app.command("report")(report.report)
app.command("link")(link.link)
app.command("inspect")(inspect.inspect)
app.command("calibrate")(calibrate.calibrate)
app.command("synth")(synth.synth)
app.command("synthesise")(synthesise.synthesise)
app.command("pay")(pay.pay)
app.command("settle")(settle.settle)
app.command("worth")(worth.worth)
growing = typer.Typer(help="A programme whose list grows, looked at again and again.", no_args_is_help=True)
growing.command("new")(standing.new)
growing.command("add")(standing.add)
growing.command("look")(standing.look)
growing.command("show")(standing.show_lineage)
app.add_typer(growing, name="standing")
disclosing = typer.Typer(help="Look at what would leave before it does.", no_args_is_help=True)
disclosing.command("check")(disclose.check)
disclosing.command("explain")(disclose.explain)
disclosing.command("audit")(audit.audit)
disclosing.command("withdraw")(withdraw.withdraw)
app.add_typer(disclosing, name="disclose")
labs = typer.Typer(help="Make a lab for another department, and check it.", no_args_is_help=True)
labs.command("new")(lab.new)
labs.command("check")(lab.check)
labs.command("doc")(lab.doc)
labs.command("twin")(synth.synth)
app.add_typer(labs, name="lab")
# other packages of this distribution may bring commands; each adds its own when the command line starts
for plugin in sorted(entry_points(group="likeforlike.commands"), key=lambda found: found.name):
    plugin.load()(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"likeforlike {version('likeforlike')}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """A data lab in a box."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    stops = Stops()
    sentence = ""
    try:
        with stops:
            code = app(args=arguments, standalone_mode=False)
        if stops.received or code == INTERRUPTED:
            # typer may take an interrupt for its own and say nothing
            raise Stopped
    except (Stopped, typer.Abort, KeyboardInterrupt):
        sentence, code = SENTENCE, stops.exit_code
    except typer.TyperException as error:
        sentence, code = f"{error.format_message()} See `likeforlike --help`.", 2
    except Exception as error:
        # Libraries may turn the interrupt into an error of their own.
        sentence, code = (SENTENCE, stops.exit_code) if stops.received else explain(error)
    if sentence:
        typer.echo(sentence, err=True)
    if sentence and "--json" in (sys.argv[1:] if arguments is None else arguments):
        show(sentence, {"status": status(code), "message": sentence, "exit_code": code}, as_json=True)
    sys.exit(code if isinstance(code, int) else 0)
