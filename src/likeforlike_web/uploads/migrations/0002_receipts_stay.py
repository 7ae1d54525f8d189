"""A receipt of deletion is never changed."""

from django.db import migrations

from likeforlike_web.audit.triggers import only_grows


class Migration(migrations.Migration):
    """Triggers on receipts."""

    dependencies = [("uploads", "0001_initial")]
    operations = [migrations.RunPython(only_grows("uploads_receipt"), migrations.RunPython.noop)]
