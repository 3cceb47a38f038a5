"""Forms that seal are sent once: sending again, later or at the same moment, leads to what was sealed already."""

import hashlib
import secrets
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from tracemark.web.access import Desk
from tracemark.web.pages import warn

Sealed = TypeVar("Sealed")
_NOTHING = object()


def ticket_of(request: HttpRequest) -> str:
    """Return what tells this opening of a page's forms from another: the one sent back with a form, or a new one."""
    return request.POST.get("once", "") or secrets.token_urlsafe(16)


def sealed_before(desk: Desk) -> str:
    """Return the address of what this opening of a form sealed already; "" where it has not."""
    found: str = cache.get(_key(desk), "") if desk.POST.get("once") else ""
    return found


def sealed_once(desk: Desk, seal: Callable[[], Sealed]) -> Sealed:
    """Seal what a form was sent for, and return what came of it, plain: now, or when it was sent before.

    Of two sent at once the second waits for the first in the record's one transaction, and finds what it sealed.
    It is remembered as long as its account can stay signed in. Raises what `seal` raises; nothing is remembered then.
    """
    if not desk.POST.get("once"):
        return seal()
    with desk.node.stores.atomic():
        before: Sealed = cache.get(_key(desk), _NOTHING)
        if before is not _NOTHING:
            warn(desk, "web.words.sealed_before")
            return before
        sealed = seal()
        cache.set(_key(desk), sealed, timeout=settings.SESSION_LONGEST_AGE)
    return sealed


def _key(desk: Desk) -> str:
    told = f"{desk.actor.name} {desk.path} {desk.POST.get('step', '')} {desk.POST['once']}"
    return f"sealed?{hashlib.sha256(told.encode()).hexdigest()}"
