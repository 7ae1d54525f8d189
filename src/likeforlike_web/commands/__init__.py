"""The service's commands, added to `likeforlike`; nothing heavy is loaded before one of them runs."""

from __future__ import annotations

import typer

from likeforlike_web.commands import audit, database, keys, mailer, request, serve, website, worker


def register(app: typer.Typer) -> None:
    """Add the service's commands to the command line."""
    app.command("serve")(serve.serve)
    app.command("worker")(worker.worker)
    app.command("website")(website.website)
    app.command("desk")(website.desk)
    app.command("mailer")(mailer.mailer)
    app.command("migrate")(database.migrate)
    audits = typer.Typer(help="The record of everything that was done in the service.", no_args_is_help=True)
    audits.command("verify")(audit.verify)
    audits.command("export")(audit.export)
    app.add_typer(audits, name="audit")
    made = typer.Typer(help="The lab's own key.", no_args_is_help=True)
    made.command("make")(keys.make)
    app.add_typer(made, name="keys")
    asked = typer.Typer(help="A request to a lab's service, from another machine.", no_args_is_help=True)
    asked.command("start")(request.start)
    asked.command("list")(request.list_)
    asked.command("confirm")(request.confirm)
    asked.command("send")(request.send)
    asked.command("status")(request.status)
    asked.command("result")(request.result)
    app.add_typer(asked, name="request")
