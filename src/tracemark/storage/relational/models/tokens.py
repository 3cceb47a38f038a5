from django.conf import settings
from django.db import models


class TokenRow(models.Model):
    """A key to the API, of which only the SHA-256 is kept. `scopes` are codes of permissions, as JSON."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    name = models.TextField()
    digest = models.TextField(unique=True)
    scopes = models.TextField()
    created_at = models.TextField()
    expires_at = models.TextField()
    revoked_at = models.TextField()

    class Meta:
        db_table = "api_token"
