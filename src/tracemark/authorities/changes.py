"""What was done to accounts: a list beside the record that only grows, each entry chained to the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tracemark.kernel import Plain, fingerprint

BEGINNING = "0" * 64
"""What the first entry is chained to."""


class ChangeKind(StrEnum):
    """What can be done to an account. What its owner does is listed as well."""

    OPENED = "opened"
    ROLES_CHANGED = "roles_changed"
    AGENCY_CHANGED = "agency_changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    PASSWORD_GIVEN = "password_given"  # noqa: S105 - the name of a change
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105 - the name of a change
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    FACTORS_RESET = "factors_reset"
    CODES_DRAWN = "codes_drawn"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 - the name of a change
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of a change
    LOCKED_OUT = "locked_out"


@dataclass(frozen=True, slots=True)
class AccountChange:
    """One entry: what was done to whose `account`, `by` whom and for which `authority`. It never holds a secret.

    `by` is "" where nobody was signed in. `at` is RFC 3339, UTC. `position` counts from 0; `digest` is the SHA-256 of
    the entry and of the digest before it, in hexadecimal.
    """

    kind: ChangeKind
    account: str
    by: str
    authority: str
    at: str
    before: Mapping[str, Plain] = field(default_factory=dict)
    after: Mapping[str, Plain] = field(default_factory=dict)
    position: int = 0
    digest: str = ""


def chained(change: AccountChange, last: AccountChange | None) -> AccountChange:
    """Return the entry with its place behind `last`, and the digest that ties it there."""
    placed = replace(change, position=last.position + 1 if last else 0)
    return replace(placed, digest=_digest(placed, last.digest if last else BEGINNING))


def first_broken(changes: Iterable[AccountChange]) -> int | None:
    """Return the position of the first entry that does not stand as it was chained; None where all do.

    `changes` are all entries, oldest first; reading one that is no entry any more raises ValueError. That the newest
    were cut off is seen only by who kept a later digest.
    """
    last, expected = BEGINNING, 0
    try:
        for change in changes:
            if change.position != expected or change.digest != _digest(change, last):
                return expected
            last, expected = change.digest, expected + 1
    except ValueError:
        return expected
    return None


def _digest(change: AccountChange, last: str) -> str:
    return fingerprint(
        {
            "last": last,
            "position": change.position,
            "kind": change.kind.value,
            "account": change.account,
            "by": change.by,
            "authority": change.authority,
            "at": change.at,
            "before": dict(change.before),
            "after": dict(change.after),
        }
    )
