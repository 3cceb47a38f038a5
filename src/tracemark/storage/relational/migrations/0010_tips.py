from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracemark", "0009_witnesses"),
    ]

    operations = [
        migrations.CreateModel(
            name="TipRow",
            fields=[
                ("lookup", models.TextField(primary_key=True, serialize=False)),
                ("received_on", models.TextField()),
                ("expires_on", models.TextField()),
                ("box", models.TextField()),
                ("reply", models.TextField()),
            ],
            options={"db_table": "tip"},
        ),
        migrations.CreateModel(
            name="TipTallyRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("received", models.BigIntegerField()),
                ("answered", models.BigIntegerField()),
                ("gone", models.BigIntegerField()),
            ],
            options={"db_table": "tip_tally"},
        ),
    ]
