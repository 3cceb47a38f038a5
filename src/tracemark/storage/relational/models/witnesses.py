from django.db import models


class NeighbourRow(models.Model):
    """Another node whose record this one watches; `key` is written as C2SP does, `silent_after` counts hours."""

    name = models.TextField(primary_key=True)
    key = models.TextField()
    address = models.TextField()
    silent_after = models.BigIntegerField()
    cosigns = models.BooleanField()
    may_ask = models.BooleanField()

    class Meta:
        db_table = "neighbour"


class SeenHeadRow(models.Model):
    """A head of another record as it was seen, with its signatures. `at` is an instant in UTC."""

    origin = models.TextField()
    size = models.BigIntegerField()
    note = models.TextField()
    at = models.TextField()

    class Meta:
        db_table = "seen_head"
        indexes = [models.Index(fields=["origin", "id"], name="seen_head_of")]


class CosignatureRow(models.Model):
    """That a witness cosigned the own head of a size: its signature line, and when it came."""

    size = models.BigIntegerField(db_index=True)
    witness = models.TextField()
    line = models.TextField()
    at = models.TextField()

    class Meta:
        db_table = "cosignature"


class PrivateQuestionRow(models.Model):
    """That a node asked privately, when, and for how many keys; never for which."""

    asker = models.TextField()
    at = models.TextField()
    keys = models.BigIntegerField()

    class Meta:
        db_table = "private_question"
        indexes = [models.Index(fields=["asker", "at"], name="private_question_by")]
