from django.db import models


class ChangeRow(models.Model):
    """What was done to an account, chained to the entry before. `was` and `becomes` are JSON, `at` is in UTC."""

    position = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    account = models.TextField()
    actor = models.TextField()
    authority = models.TextField()
    at = models.TextField()
    was = models.TextField()
    becomes = models.TextField()
    digest = models.TextField()

    class Meta:
        db_table = "account_change"
        indexes = [models.Index(fields=["account", "position"], name="account_change_of")]


class SearchRow(models.Model):
    """Who searched what, for which case, and which weapons were shown. `asked` and `shown` are JSON."""

    actor = models.TextField()
    authority = models.TextField()
    at = models.TextField(db_index=True)
    asked = models.TextField()
    shown = models.TextField()
    case = models.TextField()

    class Meta:
        db_table = "mark_search"
        indexes = [models.Index(fields=["actor", "id"], name="mark_search_by")]
