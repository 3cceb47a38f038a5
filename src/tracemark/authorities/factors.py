from collections.abc import Iterable
from datetime import date

from tracemark.authorities.access import permissions_of
from tracemark.authorities.roles import Effect, permission_terms


def needs_second_factor(roles: Iterable[str], *, on: date, since: date | None = None) -> bool:
    """Say whether whoever holds these roles must sign in with a second factor on this day.

    Who can write, manage or read personal data must; who only reads the record, or has no role, may. `since` is the
    day from which a node asks for it, None for always.
    """
    asked = since is None or since <= on
    return asked and any(permission_terms()[each].effect is not Effect.READS for each in permissions_of(roles))
