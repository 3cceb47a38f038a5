"""Looking for signals from the desk: in the background, since a large record takes minutes."""

import logging
import threading
from dataclasses import dataclass, field

from django.db import connections
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracemark import node
from tracemark.authorities import Permission
from tracemark.diversion import Raised
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.web.access import Desk, needs
from tracemark.web.pages import tell, warn

_WAIT_SECONDS = 20
_log = logging.getLogger(__name__)


@needs(Permission.SIGNAL_JUDGE)
@require_POST
def look_for_signals(desk: Desk) -> HttpResponse:
    """Apply every rule to the whole record and raise what is new; a page waits for it a while only.

    Two that look at once harm nothing: what is found twice is raised once.
    """
    looking = _Looking(desk.node, desk.actor)
    background = threading.Thread(target=looking.run, name="look for signals", daemon=True)
    background.start()
    background.join(_WAIT_SECONDS)
    if background.is_alive():
        warn(desk, "web.signals.still_looking")
    elif looking.raised is None:
        warn(desk, "web.signals.look_failed")
    else:
        tell(desk, "web.signals.looked", count=len(looking.raised.names), known=looking.raised.known)
    return redirect("signals")


@dataclass(slots=True)
class _Looking:
    """One search, and what came of it; None while it goes on, and where it broke off."""

    node: Node
    actor: Actor
    raised: Raised | None = field(default=None, init=False)

    def run(self) -> None:
        try:
            self.raised = node.raise_found(self.node, self.actor)
        except Exception:  # noqa: BLE001 - nobody may wait for this thread any more, so the log has to be told
            _log.exception("the search for signals stopped")
        finally:
            connections.close_all()
