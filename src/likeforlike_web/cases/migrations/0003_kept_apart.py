"""Votes, parts, results and messages are added and never changed; a vote is of a checker of the same request."""

from typing import Any

from django.db import migrations

from likeforlike_web.audit.triggers import only_grows, run
from likeforlike_web.cases.triggers import POSTGRESQL_VOTES, SQLITE_VOTES

TABLES = ("cases_vote", "cases_part", "cases_result", "cases_resultfile", "cases_message")


def keep_apart(apps: Any, editor: Any) -> None:
    """Who may vote, and for whom."""
    run(editor, SQLITE_VOTES if editor.connection.vendor == "sqlite" else POSTGRESQL_VOTES)


class Migration(migrations.Migration):
    """Triggers on what people decide."""

    dependencies = [("cases", "0002_initial"), ("accounts", "0001_initial")]
    operations = [
        *(migrations.RunPython(only_grows(table), migrations.RunPython.noop) for table in TABLES),
        migrations.RunPython(keep_apart, migrations.RunPython.noop),
    ]
