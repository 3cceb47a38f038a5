"""Forms that seal are sent once: sending again, later or at the same moment, leads to what was sealed already."""

import hashlib
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache

from tracemark.web.access import Desk
from tracemark.web.pages import warn


def ticket_of(desk: Desk) -> str:
    """Return what tells this opening of a form from another: the one sent back with it, or a new one."""
    return desk.POST.get("once", "") or secrets.token_urlsafe(16)


def sealed_before(desk: Desk) -> str:
    """Return the address of what this opening of a form sealed already; "" where it has not."""
    found: str = cache.get(_key(desk), "") if desk.POST.get("once") else ""
    return found


def sealed_once(desk: Desk, seal: Callable[[], str]) -> str:
    """Seal what a form was sent for, and return the address of what came of it: now, or when it was sent before.

    Of two sent at once the second waits for the first in the record's one transaction, and finds what it sealed.
    It is remembered as long as its account can stay signed in. Raises what `seal` raises; nothing is remembered then.
    """
    with desk.node.stores.atomic():
        if address := sealed_before(desk):
            warn(desk, "web.words.sealed_before")
            return address
        address = seal()
        if desk.POST.get("once"):
            cache.set(_key(desk), address, timeout=settings.SESSION_LONGEST_AGE)
    return address


def _key(desk: Desk) -> str:
    told = f"{desk.actor.name} {desk.path} {desk.POST['once']}"
    return f"sealed?{hashlib.sha256(told.encode()).hexdigest()}"
