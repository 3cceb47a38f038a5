from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tracemark.storage.relational.append_only import guard

_ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _guard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    guard(["seen_head", "cosignature", "private_question"], editor)


class Migration(migrations.Migration):
    dependencies = [
        ("tracemark", "0008_correspondence"),
    ]

    operations = [
        migrations.CreateModel(
            name="NeighbourRow",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("address", models.TextField()),
                ("silent_after", models.BigIntegerField()),
                ("cosigns", models.BooleanField()),
                ("may_ask", models.BooleanField()),
            ],
            options={"db_table": "neighbour"},
        ),
        migrations.CreateModel(
            name="SeenHeadRow",
            fields=[
                ("id", _ID.clone()),
                ("origin", models.TextField()),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
                ("at", models.TextField()),
            ],
            options={
                "db_table": "seen_head",
                "indexes": [models.Index(fields=["origin", "id"], name="seen_head_of")],
            },
        ),
        migrations.CreateModel(
            name="CosignatureRow",
            fields=[
                ("id", _ID.clone()),
                ("size", models.BigIntegerField(db_index=True)),
                ("witness", models.TextField()),
                ("line", models.TextField()),
                ("at", models.TextField()),
            ],
            options={"db_table": "cosignature"},
        ),
        migrations.CreateModel(
            name="PrivateQuestionRow",
            fields=[
                ("id", _ID.clone()),
                ("asker", models.TextField()),
                ("at", models.TextField()),
                ("keys", models.BigIntegerField()),
            ],
            options={
                "db_table": "private_question",
                "indexes": [models.Index(fields=["asker", "at"], name="private_question_by")],
            },
        ),
        migrations.RunPython(_guard, migrations.RunPython.noop),
    ]
