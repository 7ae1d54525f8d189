"""SQL by which the database itself refuses changes to tables that only grow."""

from __future__ import annotations

from typing import Any

SQLITE = """
create trigger {table}_no_update before update on {table}
begin select raise(abort, '{table} only grows'); end;
create trigger {table}_no_delete before delete on {table}
begin select raise(abort, '{table} only grows'); end;
"""
POSTGRESQL = """
create or replace function only_grows() returns trigger language plpgsql as
$$ begin raise exception '% only grows', tg_table_name; end $$;
create trigger {table}_no_change before update or delete on {table}
for each row execute function only_grows();
create trigger {table}_no_truncate before truncate on {table}
for each statement execute function only_grows();
"""


def only_grows(table: str) -> Any:
    """A step of a migration that protects a table."""

    def protect(apps: Any, editor: Any) -> None:
        run(editor, SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL, table=table)

    return protect


def run(editor: Any, sql: str, **names: str) -> None:
    """Run several statements on either database."""
    text = sql.format(**names)
    if editor.connection.vendor != "sqlite":
        editor.execute(text, params=None)
        return
    with editor.connection.cursor() as cursor:
        for statement in text.split("end;"):
            if statement.strip():
                cursor.execute(statement + "end;")
