from dataclasses import dataclass

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor
from tracemark.recordkeeping import DossierFilter, Page, dossier_page
from tracemark.tracing.interstate.inquiries import OPEN, Inquiry, fold_inquiry
from tracemark.tracing.interstate.requests import WAITING, StateRequest, fold_request
from tracemark.tracing.interstate.turns import Bureau, inquiry_named, request_named
from tracemark.tracing.ports import TracingStores

_ANY = DossierFilter()


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is late: requests on which other States have not acted, inquiries on which we have not."""

    requests: tuple[StateRequest, ...]
    inquiries: tuple[Inquiry, ...]


def state_request(*, name: str, actor: Actor, stores: TracingStores) -> StateRequest:
    """Return a request to another State.

    Raises:
        NotPermitted: the actor may not read traces.
        KeyError: there is no such request.
    """
    require(actor, Permission.TRACE_READ)
    return request_named(name, stores)


def state_inquiry(*, name: str, actor: Actor, stores: TracingStores) -> Inquiry:
    """Return an inquiry of another State, without what it told in confidence. Raises as `state_request` does."""
    require(actor, Permission.TRACE_READ)
    return inquiry_named(name, stores)


def request_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: TracingStores) -> Page[StateRequest]:
    """List requests to other States, the newest first.

    Raises:
        NotPermitted: the actor may not read traces.
    """
    found = dossier_page(kind="request", permission=Permission.TRACE_READ, wanted=wanted, actor=actor, stores=stores)
    return found.each(lambda each: fold_request(each.name, stores.dossiers.events(each.name), each.standing))


def inquiry_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: TracingStores) -> Page[Inquiry]:
    """List inquiries of other States, the newest first. Raises as `request_list` does."""
    found = dossier_page(kind="inquiry", permission=Permission.TRACE_READ, wanted=wanted, actor=actor, stores=stores)
    return found.each(lambda each: fold_inquiry(each.name, stores.dossiers.events(each.name), each.standing))


def overdue(*, actor: Actor, bureau: Bureau) -> Overdue:
    """Return what is late on either side, the newest first, at most fifty of each.

    Raises:
        NotPermitted: the actor may not read traces.

    Source: ITI 18, ITI 19.
    """
    today, stores = bureau.clock.now().date().isoformat(), bureau.stores
    requests = request_list(wanted=DossierFilter(WAITING, due_before=today), actor=actor, stores=stores)
    inquiries = inquiry_list(wanted=DossierFilter(OPEN, due_before=today), actor=actor, stores=stores)
    return Overdue(requests.items, inquiries.items)
