from django.db import models


class OutboxRow(models.Model):
    """A message to another node and how far it has come. `content` is JSON, instants are in UTC, "" for none yet.

    `about` is the dossier that `content` says it is about, "" for none.
    """

    message = models.TextField(unique=True)
    recipient = models.TextField()
    about = models.TextField()
    content = models.TextField()
    posted_at = models.TextField()
    due_at = models.TextField()
    state = models.TextField()
    attempts = models.BigIntegerField()
    done_at = models.TextField()
    trouble = models.TextField()

    class Meta:
        db_table = "outbox_message"
        indexes = [
            models.Index(fields=["state", "due_at"], name="outbox_due"),
            models.Index(fields=["recipient", "id"], name="outbox_to"),
            models.Index(fields=["about", "id"], name="outbox_about"),
        ]


class InboxRow(models.Model):
    """A message of another node that was let in. `content` is JSON, `digest` that of the document that was signed."""

    sender = models.TextField()
    message = models.TextField()
    type = models.TextField()
    content = models.TextField()
    sent_at = models.TextField()
    received_at = models.TextField()
    digest = models.TextField()

    class Meta:
        db_table = "inbox_message"
        constraints = [models.UniqueConstraint(fields=["sender", "message"], name="inbox_once")]


class RejectionRow(models.Model):
    """That something came which was not let in. `facts` is JSON, `digest` that of the bytes that came."""

    at = models.TextField()
    sender = models.TextField(db_index=True)
    code = models.TextField()
    digest = models.TextField()
    facts = models.TextField()

    class Meta:
        db_table = "inbox_rejection"


class NonceRow(models.Model):
    """A word that a node used once, kept until it could serve no more anyway."""

    pk = models.CompositePrimaryKey("sender", "nonce")
    sender = models.TextField()
    nonce = models.TextField()
    until = models.TextField(db_index=True)

    class Meta:
        db_table = "inbox_nonce"
