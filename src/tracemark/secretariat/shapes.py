import re

FINGERPRINT = re.compile(r"[0-9a-f]{64}")
"""A SHA-256."""

HEAD = re.compile(r"[0-9]{1,16}\.[0-9a-f]{64}")
"""A head of a record: SIZE.ROOT."""


def shaped(shape: re.Pattern[str], told: object) -> str:
    """Return text of a shape.

    Raises:
        ValueError: it is another, or no text.
    """
    if not isinstance(told, str) or not shape.fullmatch(told):
        raise ValueError(f"{told!r:.80}")
    return told
