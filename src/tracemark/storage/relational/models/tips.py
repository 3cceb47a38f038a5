from django.db import models


class TipRow(models.Model):
    """A tip, sealed; `lookup` is a digest of its receipt's code, the days are days and no instants."""

    lookup = models.TextField(primary_key=True)
    received_on = models.TextField()
    expires_on = models.TextField()
    box = models.TextField()
    reply = models.TextField()

    class Meta:
        db_table = "tip"


class TipTallyRow(models.Model):
    """How many tips there were, in one row."""

    received = models.BigIntegerField()
    answered = models.BigIntegerField()
    gone = models.BigIntegerField()

    class Meta:
        db_table = "tip_tally"
