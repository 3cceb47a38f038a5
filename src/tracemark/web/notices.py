from django.http import HttpResponse

from tracemark import node
from tracemark.authorities import Permission
from tracemark.diversion import Notice
from tracemark.transfers import Denial, Embargo
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page


@needs(Permission.SIGNAL_READ)
def notices(desk: Desk) -> HttpResponse:
    """Show the notices that other States told: of signals, refusals and embargoes."""
    told = node.told_notices(desk.node)
    return page(
        desk,
        "web/notices/notices.html",
        signals=[each for each in told if isinstance(each.notice, Notice)],
        denials=[each for each in told if isinstance(each.notice, Denial)],
        embargoes=[each for each in told if isinstance(each.notice, Embargo)],
    )
