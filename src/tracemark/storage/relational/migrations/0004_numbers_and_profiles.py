from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLES = ("number_block", "number_taken")
_VERBS = ("update", "delete", "truncate", "replace")


def _unguard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Numbers are drawn from the record from now on, and can be drawn anew, which the guards would refuse."""
    on = " ON {}" if editor.connection.vendor == "postgresql" else ""
    for table in _TABLES:
        for verb in _VERBS:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on.format(table)}", params=None)


class Migration(migrations.Migration):
    dependencies = [("tracemark", "0002_append_only")]
    operations = [
        migrations.RunPython(_unguard, migrations.RunPython.noop),
        migrations.AddField("blockrow", "position", models.BigIntegerField(null=True, unique=True)),
        migrations.AddField("blockrow", "closed_on", models.TextField(default=""), preserve_default=False),
    ]
