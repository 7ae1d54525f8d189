"""An upgrade of a service in use keeps what is there, and the database's own rules with it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from likeforlike_web.demo.home import Home

ROOT = Path(__file__).parents[3]
SCRIPT = """
import django; django.setup()
import json
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

def triggers():
    with connection.cursor() as cursor:
        cursor.execute("select name from sqlite_master where type = 'trigger'")
        return sorted(name for (name,) in cursor.fetchall())

BEFORE = ("cases", "0003_kept_apart")
call_command("migrate", verbosity=0)
whole = triggers()
call_command("migrate", *BEFORE, verbosity=0)
old = MigrationExecutor(connection).loader.project_state([BEFORE]).apps
make = lambda app, model, **facts: old.get_model(app, model).objects.create(**facts)
charity = make("accounts", "Organisation", name="A charity")
user = make("accounts", "User", email="c@lab.test", name="C", is_checker=True)
case = make("cases", "Case", organisation=charity, state="checking", round=1, sent="2026-01-01T00:00:00Z")
part = make("cases", "Part", case=case, user=user, role="output checker")
make("cases", "Vote", case=case, round=1, part=part, vote="approve", release_sha256="a" * 64)
call_command("migrate", verbosity=0)
from likeforlike_web.cases.models import Case, Vote
print(json.dumps([whole, triggers(), Case.objects.get().plan_text, Vote.objects.get().part.user.name]))
"""


def test_requests_votes_and_rules_stay(tmp_path):
    settings = Home(tmp_path, 1, "justice").front()
    path = os.pathsep.join([str(ROOT / "src"), *(part for part in sys.path if part)])
    world = settings | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "likeforlike_web.settings.front"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=world, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    before, after, plan, name = json.loads(done.stdout.splitlines()[-1])
    assert before == after
    assert len(after) > 15
    assert (plan, name) == ("", "C")
