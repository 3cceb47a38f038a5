"""Forms that seal are sent once: going back and sending again leads to what was sealed, not to a second record."""

import secrets

from tracemark.web.access import Desk

_REMEMBERED = 30
_SEALED = "sealed_forms"


def ticket_of(desk: Desk) -> str:
    """Return what tells this opening of a form from another: the one sent back with it, or a new one."""
    return desk.POST.get("once", "") or secrets.token_urlsafe(16)


def sealed_before(desk: Desk) -> str:
    """Return the address of what this opening of a form sealed already; "" where it has not."""
    found: dict[str, str] = desk.session.get(_SEALED, {})
    return found.get(desk.POST.get("once", ""), "")


def remember_sealed(desk: Desk, address: str) -> None:
    """Remember what an opening of a form sealed, as long as the session lives and it is among the last few."""
    if ticket := desk.POST.get("once", ""):
        known = [*desk.session.get(_SEALED, {}).items(), (ticket, address)]
        desk.session[_SEALED] = dict(known[-_REMEMBERED:])
