"""With the roles of `deploy/postgresql/roles.sql` everybody can do their work, and nobody anything else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = """
import django; django.setup()
import json
from support.role_journey import journey
statuses, sent = journey()
print(json.dumps([statuses, sent]))
"""
REFUSED = {
    "website": [
        "select * from cases_note",
        "select * from cases_vote",
        "select body from mails_mail",
        "update cases_result set headline = ''",
        "insert into uploads_receipt (reason) values ('')",
        "delete from cases_case",
        "drop table cases_case",
    ],
    "mailer": ["select * from cases_case", "select * from accounts_user", "select * from audit_event"],
    "desk": ["update cases_result set headline = ''", "update uploads_requestkey set destroyed = null"],
    "worker": ["select * from django_session", "select * from mfa_authenticator", "select * from cases_vote"],
}


def run(database, *command):
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), *(p for p in sys.path if p)])
    world = os.environ | {
        "LIKEFORLIKE_TEST_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "support.web_settings",
        "PYTHONPATH": path,
    }
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=world, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


@pytest.fixture
def with_roles(database):
    run(database, "-m", "django", "migrate", "--verbosity", "0")
    run(database, "-m", "django", "createcachetable")
    with psycopg.connect(database, autocommit=True) as owner:
        for _ in range(2):
            owner.execute((ROOT / "deploy" / "postgresql" / "roles.sql").read_text())
        yield database, owner


def test_each_can_do_their_work_and_nothing_else(with_roles):
    database, owner = with_roles
    statuses, sent = json.loads(run(database, "-c", SCRIPT).splitlines()[-1])
    assert len(statuses) > 300
    assert set(statuses.values()) <= {200, 302, 403, 404, 405}
    assert [k for k in statuses if k.startswith("published") and statuses[k] == 200] != []
    assert sent > 20
    for name, forbidden in REFUSED.items():
        owner.execute(f"set role likeforlike_{name}")
        for sql in (*forbidden, "update audit_event set actor = ''", "truncate audit_event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(sql)
        owner.execute("reset role")


def test_every_table_has_its_rights(with_roles):
    _, owner = with_roles
    rows = owner.execute(
        "select t.tablename from pg_tables t where schemaname = 'public' and not exists (select from"
        " information_schema.role_table_grants g where g.table_name = t.tablename and g.grantee like 'likeforlike%'"
        " and g.grantee <> 'likeforlike_backup')"
    ).fetchall()
    assert {name for (name,) in rows} <= {"auth_group", "auth_group_permissions"}, "tables that nobody uses"
