from django.db import models


class VerificationRow(models.Model):
    """Who verified the record, when, up to which head, and how much was found; 0 faults is all well."""

    at = models.TextField()
    actor = models.TextField()
    authority = models.TextField()
    size = models.BigIntegerField()
    root = models.TextField()
    faults = models.BigIntegerField()

    class Meta:
        db_table = "verification"


class ProposalRow(models.Model):
    """What one person proposes and another decides. `content` is JSON, `at` an instant in UTC."""

    permission = models.TextField()
    subject = models.TextField()
    content = models.TextField()
    reason = models.TextField()
    proposed_by = models.TextField()
    at = models.TextField()

    class Meta:
        db_table = "proposal"


class DecisionRow(models.Model):
    """What the second person decided: once, and for good."""

    proposal = models.OneToOneField(ProposalRow, models.PROTECT, primary_key=True)
    approved = models.BooleanField()
    decided_by = models.TextField()
    at = models.TextField()
    note = models.TextField()

    class Meta:
        db_table = "decision"
