from django.db import models

from tracemark.storage.relational.columns import Identity, KindOfBody, WeaponOfBody


class EventRow(models.Model):
    """A sealed event: its canonical JSON. Its hash stands in the tree's tiles, a witness it does not bring along."""

    position = Identity(primary_key=True)
    body = models.TextField()
    weapon = models.GeneratedField(expression=WeaponOfBody(), output_field=models.BigIntegerField(), db_persist=True)
    kind = models.GeneratedField(expression=KindOfBody(), output_field=models.TextField(), db_persist=True)

    class Meta:
        db_table = "event"
        indexes = [models.Index(fields=["weapon", "position"], name="event_weapon")]


class TileRow(models.Model):
    """A full tile of the tree: 256 hashes side by side (8,192 bytes) and the root over them (32 bytes)."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        db_table = "tile"


class CheckpointRow(models.Model):
    """The signed head of one transaction; `frontier` and `pending` are where the next append goes on."""

    size = Identity(primary_key=True)
    note = models.TextField()
    root = models.BinaryField()
    frontier = models.BinaryField()
    pending = models.BinaryField()

    class Meta:
        db_table = "checkpoint"
