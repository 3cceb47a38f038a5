from django.db import models

from tracemark.storage.relational.columns import Identity


class WeaponRow(models.Model):
    """What is true of a weapon now, drawn from its events. `position` is that of the last one.

    `state` holds as JSON what no search asks for: components, marks, and what the description says besides.
    """

    id = Identity(primary_key=True)
    kind = models.TextField()
    maker = models.TextField()
    model = models.TextField()
    calibre = models.TextField()
    country = models.TextField()
    year = models.IntegerField(null=True)
    origin = models.TextField()
    status = models.TextField()
    holder = models.TextField()
    custodian = models.TextField()
    place = models.TextField()
    since = models.TextField()
    position = models.BigIntegerField()
    state = models.TextField()

    class Meta:
        db_table = "weapon"
        # A page is read in the order of identity, from the middle of what fits: hence `id` behind each.
        indexes = [
            models.Index(fields=["kind", "id"], name="weapon_kind"),
            models.Index(fields=["maker", "id"], name="weapon_maker"),
            models.Index(fields=["model", "id"], name="weapon_model"),
            models.Index(fields=["calibre", "id"], name="weapon_calibre"),
            models.Index(fields=["holder", "id"], name="weapon_holder"),
            models.Index(fields=["status", "id"], name="weapon_status"),
        ]


class MarkRow(models.Model):
    """A mark that bears a serial, with the keys by which it is found, and the position of the event that brought it."""

    id = Identity(primary_key=True)
    weapon = models.BigIntegerField()
    component = models.BigIntegerField()
    kind = models.TextField()
    part = models.TextField()
    serial = models.TextField()
    folded = models.TextField()
    look_alike = models.TextField()
    maker = models.TextField()
    state = models.TextField()
    year = models.IntegerField(null=True)
    position = models.BigIntegerField()

    class Meta:
        db_table = "mark"
        indexes = [
            models.Index(fields=["folded"], name="mark_folded"),
            models.Index(fields=["look_alike"], name="mark_look_alike"),
        ]


class MovedComponentRow(models.Model):
    """A component that a weapon bears now and that was first recorded on another."""

    pk = models.CompositePrimaryKey("weapon", "component")
    weapon = models.BigIntegerField()
    component = models.BigIntegerField()

    class Meta:
        db_table = "moved_component"
        indexes = [models.Index(fields=["component"], name="moved_component_component")]


class RedrawnRow(models.Model):
    """A weapon of which something that was searched by is no longer so: the index of marks is built anew.

    `position` is that of the event that changed it.
    """

    position = models.BigIntegerField(db_index=True)
    weapon = models.BigIntegerField()

    class Meta:
        db_table = "redrawn"


class CaseRow(models.Model):
    """A trace case as it stands. `position` is that of the event that opened it, `body` the case as JSON."""

    id = models.TextField(primary_key=True)
    position = models.BigIntegerField()
    state = models.TextField()
    body = models.TextField()

    class Meta:
        db_table = "trace_case"
        indexes = [
            models.Index(fields=["position"], name="trace_case_newest"),
            models.Index(fields=["state", "position"], name="trace_case_state"),
        ]
