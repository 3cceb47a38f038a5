import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tracemark.storage.relational.columns


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AccountRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=150, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("authority", models.CharField(max_length=64)),
                ("roles", models.JSONField(default=list)),
                ("language", models.CharField(blank=True, max_length=16)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "account",
            },
        ),
        migrations.CreateModel(
            name="AgencyRow",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("state", models.TextField()),
                ("parent", models.TextField()),
                ("level", models.TextField()),
                ("active_from", models.TextField()),
                ("active_until", models.TextField()),
                ("competent", models.BooleanField()),
                ("contact_point", models.BooleanField()),
            ],
            options={
                "db_table": "agency",
            },
        ),
        migrations.CreateModel(
            name="CheckpointRow",
            fields=[
                ("size", tracemark.storage.relational.columns.Identity(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("root", models.BinaryField()),
                ("frontier", models.BinaryField()),
                ("pending", models.BinaryField()),
            ],
            options={
                "db_table": "checkpoint",
            },
        ),
        migrations.CreateModel(
            name="ProposalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.TextField()),
                ("subject", models.TextField()),
                ("content", models.TextField()),
                ("reason", models.TextField()),
                ("proposed_by", models.TextField()),
                ("at", models.TextField()),
            ],
            options={
                "db_table": "proposal",
            },
        ),
        migrations.CreateModel(
            name="PersonRow",
            fields=[
                ("commitment", models.TextField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
                ("body", models.TextField()),
            ],
            options={
                "db_table": "person",
            },
        ),
        migrations.CreateModel(
            name="ReadRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.TextField()),
                ("authority", models.TextField()),
                ("commitment", models.TextField(db_index=True)),
                ("purpose", models.TextField()),
                ("at", models.TextField()),
            ],
            options={
                "db_table": "person_read",
            },
        ),
        migrations.CreateModel(
            name="RedrawnRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField(db_index=True)),
                ("weapon", models.BigIntegerField()),
            ],
            options={
                "db_table": "redrawn",
            },
        ),
        migrations.CreateModel(
            name="TileRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "index", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
                ("root", models.BinaryField()),
            ],
            options={
                "db_table": "tile",
            },
        ),
        migrations.CreateModel(
            name="BlockRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.TextField()),
                ("prefix", models.TextField()),
                ("digits", models.IntegerField()),
                ("check_system", models.TextField()),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("allocated_on", models.TextField()),
                ("purpose", models.TextField()),
            ],
            options={
                "db_table": "number_block",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("prefix", "digits", "check_system", "first"), name="number_block_known_by"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
                ("state", models.TextField()),
                ("body", models.TextField()),
            ],
            options={
                "db_table": "trace_case",
                "indexes": [
                    models.Index(fields=["position"], name="trace_case_newest"),
                    models.Index(fields=["state", "position"], name="trace_case_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionRow",
            fields=[
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="tracemark.proposalrow",
                    ),
                ),
                ("approved", models.BooleanField()),
                ("decided_by", models.TextField()),
                ("at", models.TextField()),
                ("note", models.TextField()),
            ],
            options={
                "db_table": "decision",
            },
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("position", tracemark.storage.relational.columns.Identity(primary_key=True, serialize=False)),
                ("body", models.TextField()),
                (
                    "weapon",
                    models.GeneratedField(
                        db_persist=True,
                        expression=tracemark.storage.relational.columns.WeaponOfBody(),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=tracemark.storage.relational.columns.KindOfBody(),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "db_table": "event",
                "indexes": [models.Index(fields=["weapon", "position"], name="event_weapon")],
            },
        ),
        migrations.CreateModel(
            name="MarkRow",
            fields=[
                ("id", tracemark.storage.relational.columns.Identity(primary_key=True, serialize=False)),
                ("weapon", models.BigIntegerField()),
                ("component", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("part", models.TextField()),
                ("serial", models.TextField()),
                ("folded", models.TextField()),
                ("look_alike", models.TextField()),
                ("maker", models.TextField()),
                ("state", models.TextField()),
                ("year", models.IntegerField(null=True)),
                ("position", models.BigIntegerField()),
            ],
            options={
                "db_table": "mark",
                "indexes": [
                    models.Index(fields=["folded"], name="mark_folded"),
                    models.Index(fields=["look_alike"], name="mark_look_alike"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedComponentRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "weapon", "component", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("weapon", models.BigIntegerField()),
                ("component", models.BigIntegerField()),
            ],
            options={
                "db_table": "moved_component",
                "indexes": [models.Index(fields=["component"], name="moved_component_component")],
            },
        ),
        migrations.CreateModel(
            name="RunRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.TextField()),
                ("table_name", models.TextField()),
                ("profile", models.TextField()),
                ("profile_fingerprint", models.TextField()),
                ("actor", models.TextField()),
                ("started_at", models.TextField()),
                ("rows_done", models.BigIntegerField()),
                ("finished_at", models.TextField()),
                ("counts", models.TextField()),
            ],
            options={
                "db_table": "intake_run",
                "constraints": [
                    models.UniqueConstraint(fields=("file", "profile_fingerprint"), name="intake_run_known_by")
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("block", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="tracemark.blockrow")),
            ],
            options={
                "db_table": "number_taken",
            },
        ),
        migrations.CreateModel(
            name="TokenRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("digest", models.TextField(unique=True)),
                ("scopes", models.TextField()),
                ("created_at", models.TextField()),
                ("expires_at", models.TextField()),
                ("revoked_at", models.TextField()),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "api_token",
            },
        ),
        migrations.CreateModel(
            name="WeaponRow",
            fields=[
                ("id", tracemark.storage.relational.columns.Identity(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("maker", models.TextField()),
                ("model", models.TextField()),
                ("calibre", models.TextField()),
                ("country", models.TextField()),
                ("year", models.IntegerField(null=True)),
                ("origin", models.TextField()),
                ("status", models.TextField()),
                ("holder", models.TextField()),
                ("custodian", models.TextField()),
                ("place", models.TextField()),
                ("since", models.TextField()),
                ("position", models.BigIntegerField()),
                ("state", models.TextField()),
            ],
            options={
                "db_table": "weapon",
                "indexes": [
                    models.Index(fields=["kind", "id"], name="weapon_kind"),
                    models.Index(fields=["maker", "id"], name="weapon_maker"),
                    models.Index(fields=["model", "id"], name="weapon_model"),
                    models.Index(fields=["calibre", "id"], name="weapon_calibre"),
                    models.Index(fields=["holder", "id"], name="weapon_holder"),
                    models.Index(fields=["status", "id"], name="weapon_status"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldRowRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.BigIntegerField()),
                ("state", models.TextField()),
                ("draft", models.TextField()),
                ("findings", models.TextField()),
                ("against", models.TextField()),
                ("weapon", models.BigIntegerField()),
                ("judged_by", models.TextField()),
                ("judged_at", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="tracemark.runrow"
                    ),
                ),
            ],
            options={
                "db_table": "intake_held",
                "indexes": [
                    models.Index(fields=["run", "id"], name="intake_held_run"),
                    models.Index(fields=["state", "id"], name="intake_held_state"),
                ],
            },
        ),
    ]
