"""`likeforlike migrate`: the service's database, brought up to date."""

from __future__ import annotations

import typer

from likeforlike.errors import InputProblem
from likeforlike_web.commands.start import start_django

NOT_OURS = (
    "The database is of another version, and LIKEFORLIKE_WEB_DATABASE names a role that may not change it: "
    "run `likeforlike migrate` as its owner first."
)


def migrate() -> None:
    """Bring the database up to date, as its owner; do it at every upgrade, before the sites start again.

    Example: likeforlike migrate
    """
    start_django("front")
    typer.echo(
        "The database was brought up to date." if bring_up_to_date() else "The database is up to date."
    )


def bring_up_to_date() -> bool:
    """Make what is missing in the database; whether anything was.

    Raises
    ------
    InputProblem
        Something is missing, and this role may not make it.
    """
    from django.core.management import call_command
    from django.db import ProgrammingError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if behind:
            call_command("migrate", verbosity=0)
        call_command("createcachetable")
    except ProgrammingError:
        raise InputProblem(NOT_OURS) from None
    return behind
