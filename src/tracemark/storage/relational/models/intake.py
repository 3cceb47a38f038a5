from django.db import models


class RunRow(models.Model):
    """One import of one file with one profile, known by the fingerprints of both. `counts` is JSON."""

    file = models.TextField()
    table_name = models.TextField()
    profile = models.TextField()
    profile_fingerprint = models.TextField()
    actor = models.TextField()
    started_at = models.TextField()
    rows_done = models.BigIntegerField()
    finished_at = models.TextField()
    counts = models.TextField()

    class Meta:
        db_table = "intake_run"
        constraints = [
            models.UniqueConstraint(fields=["file", "profile_fingerprint"], name="intake_run_known_by"),
        ]


class HeldRowRow(models.Model):
    """A row of a file that was held for judgement or refused. `draft`, `findings` and `against` are JSON."""

    run = models.ForeignKey(RunRow, models.PROTECT, db_index=False)
    row_number = models.BigIntegerField()
    state = models.TextField()
    draft = models.TextField()
    findings = models.TextField()
    against = models.TextField()
    weapon = models.BigIntegerField()
    judged_by = models.TextField()
    judged_at = models.TextField()

    class Meta:
        db_table = "intake_held"
        indexes = [
            models.Index(fields=["run", "id"], name="intake_held_run"),
            models.Index(fields=["state", "id"], name="intake_held_state"),
            models.Index(fields=["weapon"], name="intake_held_weapon"),
        ]


class KnownRowRow(models.Model):
    """What a row of a file said last, known by the SHA-256 of its key. `cells` is JSON, without personal data."""

    identity = models.TextField()
    run = models.ForeignKey(RunRow, models.PROTECT, db_index=False)
    row_number = models.BigIntegerField()
    cells = models.TextField()
    weapon = models.BigIntegerField()

    class Meta:
        db_table = "intake_known"
        indexes = [models.Index(fields=["identity"], name="intake_known_by")]
