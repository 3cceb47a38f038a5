from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_ABOUT = {"sqlite": "json_extract(content, '$.about')", "postgresql": "content::json ->> 'about'"}


def _fill(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write beside each letter which dossier it is about, as its content says."""
    editor.execute(f"UPDATE outbox_message SET about = {_ABOUT[editor.connection.vendor]}")


class Migration(migrations.Migration):
    dependencies = [
        ("tracemark", "0010_tips"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxrow",
            name="about",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="outboxrow",
            index=models.Index(fields=["about", "id"], name="outbox_about"),
        ),
    ]
