from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tracemark.storage.relational.append_only import guard


def _guard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    guard(["account_change", "mark_search"], editor)


class Migration(migrations.Migration):
    dependencies = [
        ("tracemark", "0004_numbers_and_profiles"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountrow",
            name="factor_exempt",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="ChangeRow",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("account", models.TextField()),
                ("actor", models.TextField()),
                ("authority", models.TextField()),
                ("at", models.TextField()),
                ("was", models.TextField()),
                ("becomes", models.TextField()),
                ("digest", models.TextField()),
            ],
            options={
                "db_table": "account_change",
                "indexes": [models.Index(fields=["account", "position"], name="account_change_of")],
            },
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.TextField()),
                ("authority", models.TextField()),
                ("at", models.TextField(db_index=True)),
                ("asked", models.TextField()),
                ("shown", models.TextField()),
                ("case", models.TextField()),
            ],
            options={
                "db_table": "mark_search",
                "indexes": [models.Index(fields=["actor", "id"], name="mark_search_by")],
            },
        ),
        migrations.RunPython(_guard, migrations.RunPython.noop),
    ]
