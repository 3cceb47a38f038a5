from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountRow(AbstractBaseUser):
    """Who signs in: an account for one authority, with the codes of its roles. Never a person's full name.

    `factor_exempt` is true of the accounts of the demonstration only: they need no second factor.
    """

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    authority = models.CharField(max_length=64)
    roles = models.JSONField(default=list)
    language = models.CharField(max_length=16, blank=True)
    is_active = models.BooleanField(default=True)
    factor_exempt = models.BooleanField(default=False, db_default=False)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["authority"]

    class Meta:
        db_table = "account"


class AgencyRow(models.Model):
    """An agency or holder. Its dates are partial: `2019`, `2019-05`, `2019-05-17`, or empty."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    kind = models.TextField()
    state = models.TextField()
    parent = models.TextField()
    level = models.TextField()
    active_from = models.TextField()
    active_until = models.TextField()
    competent = models.BooleanField()
    contact_point = models.BooleanField()

    class Meta:
        db_table = "agency"


class PersonRow(models.Model):
    """A person's data beside the record, under their salted commitment. The only row that may be deleted, lawfully."""

    commitment = models.TextField(primary_key=True)
    salt = models.BinaryField()
    body = models.TextField()

    class Meta:
        db_table = "person"


class ReadRow(models.Model):
    """Who read a person's data, when and why. It outlives the data."""

    actor = models.TextField()
    authority = models.TextField()
    commitment = models.TextField(db_index=True)
    purpose = models.TextField()
    at = models.TextField()

    class Meta:
        db_table = "person_read"
