import django.db.models.deletion
from django.db import migrations, models

from tracemark.storage.relational.set_apart import set_persons_apart


class Migration(migrations.Migration):
    dependencies = [("tracemark", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="KnownRowRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.TextField()),
                ("row_number", models.BigIntegerField()),
                ("cells", models.TextField()),
                ("weapon", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="tracemark.runrow"
                    ),
                ),
            ],
            options={
                "db_table": "intake_known",
                "indexes": [models.Index(fields=["identity"], name="intake_known_by")],
            },
        ),
        migrations.RunPython(set_persons_apart, migrations.RunPython.noop),
    ]
