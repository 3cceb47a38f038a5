"""A consultation as everybody sees it, where the State opens its site and takes contributions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tracemark import participation
from tracemark.node import Node, takes_contributions, this_node
from tracemark.participation import Consultation
from tracemark.web.access import public
from tracemark.web.openness import require_public, tallied
from tracemark.web.pages import page


@public
def public_consultation(request: HttpRequest, name: str) -> HttpResponse:
    """Show a consultation: what is asked, who was invited, what was said, and what was done with each."""
    require_public()
    node = this_node()
    if not takes_contributions():
        raise Http404
    try:
        known = participation.public_consultation(name, node.stores)
    except KeyError:
        raise Http404 from None
    return page(request, "web/public/consultation.html", **consultation_context(node, known))


def consultation_context(node: Node, known: Consultation) -> dict[str, Any]:
    """Return what a page of a consultation shows: what was said, each with what was done with it, and the counts."""
    today = node.clock.now().date()
    told = participation.shown_about(known.name, node.stores, today)
    return {
        "known": known,
        "draft": known.draft,
        "takes": known.takes(today) and takes_contributions(),
        "said": [(each, known.followed(each.contribution.name)) for each in told],
        "heard": [(each, known.followed(str(each.number))) for each in known.hearings],
        "tally": list(tallied(participation.tally_about(known.name, node.stores))),
    }
