from django.db import migrations

from tracemark.storage.relational.append_only import install


class Migration(migrations.Migration):
    dependencies = [("tracemark", "0001_initial")]
    operations = [migrations.RunPython(install)]
