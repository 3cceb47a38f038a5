from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tracemark.storage.relational.append_only import guard

_TABLES = ("number_block", "number_taken")
_VERBS = ("update", "delete", "truncate", "replace")


def _unguard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Numbers are drawn from the record from now on, and can be drawn anew, which the guards would refuse."""
    on = " ON {}" if editor.connection.vendor == "postgresql" else ""
    for table in _TABLES:
        for verb in _VERBS:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on.format(table)}", params=None)


def _guard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    guard(["marking_profile"], editor)


class Migration(migrations.Migration):
    dependencies = [("tracemark", "0003_intake_persons")]
    operations = [
        migrations.RunPython(_unguard, migrations.RunPython.noop),
        migrations.AddField("blockrow", "position", models.BigIntegerField(null=True, unique=True)),
        migrations.AddField("blockrow", "closed_on", models.TextField(default=""), preserve_default=False),
        migrations.CreateModel(
            name="ProfileRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("valid_from", models.TextField()),
                ("valid_until", models.TextField()),
                ("body", models.TextField()),
                ("added_by", models.TextField()),
                ("authority", models.TextField()),
                ("added_at", models.TextField()),
            ],
            options={
                "db_table": "marking_profile",
                "constraints": [
                    models.UniqueConstraint(fields=("name", "valid_from"), name="marking_profile_known_by"),
                ],
            },
        ),
        migrations.RunPython(_guard, migrations.RunPython.noop),
    ]
