from django.db import models


class BlockRow(models.Model):
    """A block of numbers, drawn from the record. `check_system` is `none` without check, `closed_on` "" while open.

    `position` is that of the event that allocated it, null for one allocated before numbers were sealed.
    """

    position = models.BigIntegerField(null=True, unique=True)
    holder = models.TextField()
    prefix = models.TextField()
    digits = models.IntegerField()
    check_system = models.TextField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    allocated_on = models.TextField()
    purpose = models.TextField()
    closed_on = models.TextField()

    class Meta:
        db_table = "number_block"
        constraints = [
            models.UniqueConstraint(fields=["prefix", "digits", "check_system", "first"], name="number_block_known_by"),
        ]


class TakenRow(models.Model):
    """Numbers of a block that were used, from `first` to `last`. Never given back."""

    block = models.ForeignKey(BlockRow, models.PROTECT)
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        db_table = "number_taken"
