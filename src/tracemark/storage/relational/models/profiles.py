from django.db import models


class ProfileRow(models.Model):
    """A version of a State's own marking profile: its TOML text, and the days it holds. `valid_until` is "" if open."""

    name = models.TextField()
    valid_from = models.TextField()
    valid_until = models.TextField()
    body = models.TextField()
    added_by = models.TextField()
    authority = models.TextField()
    added_at = models.TextField()

    class Meta:
        db_table = "marking_profile"
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="marking_profile_known_by"),
        ]
