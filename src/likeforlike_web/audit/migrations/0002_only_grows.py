"""The database refuses to change, remove or empty what was recorded."""

from django.db import migrations

from likeforlike_web.audit.triggers import only_grows


class Migration(migrations.Migration):
    """Triggers on the events."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(only_grows("audit_event"), migrations.RunPython.noop)]
