from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tracemark.storage.relational.append_only import guard


def _guard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    guard(["verification"], editor)


class Migration(migrations.Migration):
    dependencies = [
        ("tracemark", "0005_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="VerificationRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.TextField()),
                ("actor", models.TextField()),
                ("authority", models.TextField()),
                ("size", models.BigIntegerField()),
                ("root", models.TextField()),
                ("faults", models.BigIntegerField()),
            ],
            options={
                "db_table": "verification",
            },
        ),
        migrations.AddIndex(
            model_name="heldrowrow",
            index=models.Index(fields=["weapon"], name="intake_held_weapon"),
        ),
        migrations.RunPython(_guard, migrations.RunPython.noop),
    ]
