"""Lists of licences, sites, counts, …: short pages, with the same few filters and the same pager for all of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.http import urlencode

from tracemark.recordkeeping import DossierFilter, Page
from tracemark.web.access import Desk
from tracemark.web.converters import number_of
from tracemark.web.forms.lists import ListForm

Noun = TypeVar("Noun")
PAGE = 25
"""So many lines stand on a page of a list: on a phone a line is a card, and a reader turns rather than scrolls."""
_WAITS: Mapping[str, frozenset[str]] = {
    "licence": frozenset({"drafted", "advised", "approved"}),
    "consignment": frozenset({"shipped"}),
    "site": frozenset({"open"}),
    "count": frozenset({"open"}),
    "investigation": frozenset({"open"}),
    "destruction": frozenset({"planned", "approved", "carried_out"}),
    "request": frozenset({"sent", "acknowledged", "supplied", "clarifying"}),
    "inquiry": frozenset({"received", "acknowledged", "supplied", "clarifying"}),
}
"""Where a dossier stands whose day counts: what was decided, came or was closed is never overdue."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Noun]):
    """What a list shows: its filters, what stands on the page, and the addresses of the next page and the first."""

    form: ListForm
    items: tuple[Noun, ...]
    more: str
    first: str

    def __iter__(self) -> Iterator[Noun]:
        """Yield what stands on the page."""
        return iter(self.items)


def listing(desk: Desk, kind: str, read: Callable[..., Page[Noun]]) -> Listing[Noun]:
    """Read the page of a list of dossiers that the address asks for; `read` is the room's question for them."""
    agencies = desk.node.stores.agencies.all()
    form = ListForm(desk.GET, kind=kind, dated=kind in _WAITS, agencies=agencies, actor=desk.actor)
    given = form.given()
    today, before = desk.node.clock.now().date().isoformat(), number_of(desk.GET.get("before", ""))
    standing, late = given.get("standing", ""), given.get("standing") == ListForm.LATE
    wanted = DossierFilter(
        _WAITS[kind] if late else frozenset({standing} if standing else ()),
        authority=given.get("authority", ""),
        due_before=today if late else "",
        before=before or None,
        limit=PAGE,
    )
    found = read(wanted=wanted, actor=desk.actor, stores=desk.node.stores)
    more = f"?{urlencode({**given, 'before': str(found.before)})}" if found.before is not None else ""
    return Listing(form, found.items, more, f"?{urlencode(given)}" if before else "")
