"""Notes that the lab's people write for one another, and plans as they were typed."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from likeforlike_web.audit.triggers import only_grows, run
from likeforlike_web.cases.triggers import SQLITE_NAMES, SQLITE_VOTES


def lift(apps: Any, editor: Any) -> None:
    """Let SQLite make the table of requests anew."""
    if editor.connection.vendor == "sqlite":
        for name in SQLITE_NAMES:
            editor.execute(f"drop trigger {name}")


def put_back(apps: Any, editor: Any) -> None:
    """Keep parts apart again."""
    if editor.connection.vendor == "sqlite":
        run(editor, SQLITE_VOTES)


class Migration(migrations.Migration):
    """Adds `Note` and `Case.plan_text`."""

    dependencies = [
        ("cases", "0003_kept_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(lift, put_back),
        migrations.AddField("case", "plan_text", models.TextField(blank=True, default="")),
        migrations.AlterField("case", "plan_text", models.TextField(blank=True)),
        migrations.RunPython(put_back, lift),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.case"
                    ),
                ),
            ],
            options={"ordering": ["at", "pk"]},
        ),
        migrations.RunPython(only_grows("cases_note"), migrations.RunPython.noop),
    ]
