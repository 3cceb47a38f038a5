from django.db import models


class DossierRow(models.Model):
    """How a dossier stands, drawn from the record. `due` is a day, "" for none."""

    name = models.TextField(primary_key=True)
    kind = models.TextField()
    standing = models.TextField()
    authority = models.TextField()
    opened = models.BigIntegerField()
    last = models.BigIntegerField()
    due = models.TextField()

    class Meta:
        db_table = "dossier"
        indexes = [models.Index(fields=["kind", "opened"], name="dossier_kind")]


class DossierEventRow(models.Model):
    """That the event at a position names a dossier."""

    pk = models.CompositePrimaryKey("dossier", "position")
    dossier = models.TextField()
    position = models.BigIntegerField()

    class Meta:
        db_table = "dossier_event"
