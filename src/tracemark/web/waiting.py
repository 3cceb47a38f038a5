"""Work that waits, for whom it waits: what a desk begins with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tracemark import diversion, recordkeeping, tracing, transfers
from tracemark.authorities import Permission, may
from tracemark.diversion import SignalFilter, Standing
from tracemark.intake import HeldState
from tracemark.recordkeeping import DossierFilter, Proposal
from tracemark.tracing import CaseState
from tracemark.web.access import Desk
from tracemark.web.said import say
from tracemark.web.stamping import Sessions

_COUNTED = 200
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: its name, where it is, and since when (an instant in UTC)."""

    name: str
    url: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one sort: the code of its sentence, which takes a count, where all of it is, and the oldest of it.

    `more` says that there is more than was counted.
    """

    code: str
    url: str
    count: int
    oldest: tuple[Item, ...]
    more: bool = False


def waiting(desk: Desk) -> Iterator[Waiting]:
    """Yield what waits for this person, of each sort that they may work on; nothing of what is done."""
    for permission, look in _SORTS:
        if may(desk.actor, permission) and (found := look(desk)).count:
            yield found


def _cases(desk: Desk, state: CaseState, code: str) -> Waiting:
    listed = tracing.case_page(actor=desk.actor, stores=desk.node.stores, state=state.value, limit=_COUNTED + 1)
    oldest = [Item(each.id, reverse("case", args=[each.id]), each.opened_at) for each in listed[::-1]]
    return _waiting(code, f"{reverse('cases')}?state={state.value}", oldest)


def _open_cases(desk: Desk) -> Waiting:
    return _cases(desk, CaseState.OPEN, "web.home.waiting_cases")


def _judged_cases(desk: Desk) -> Waiting:
    return _cases(desk, CaseState.JUDGED, "web.home.waiting_answers")


def _signals(desk: Desk, standing: Standing, code: str) -> Waiting:
    wanted = SignalFilter(frozenset({standing}))
    found = diversion.signal_queue(wanted=wanted, actor=desk.actor, stores=desk.node.stores, limit=_COUNTED + 1)
    items = [Item(each.name, reverse("signal", args=[each.name])) for each in found]
    return _waiting(code, f"{reverse('signals')}?standing={standing.value}", items)


def _open_signals(desk: Desk) -> Waiting:
    return _signals(desk, Standing.OPEN, "web.home.waiting_signals")


def _escalated_signals(desk: Desk) -> Waiting:
    return _signals(desk, Standing.ESCALATED, "web.home.waiting_escalated")


def _licences(desk: Desk, standing: str, code: str) -> Waiting:
    wanted = DossierFilter(frozenset({standing}), limit=_COUNTED + 1)
    found = recordkeeping.dossier_page(
        kind="licence",
        permission=Permission.LICENCE_READ,
        wanted=wanted,
        actor=desk.actor,
        stores=desk.node.stores,
    )
    items = [Item(each.name, reverse("licence", args=[each.name])) for each in found.items[::-1]]
    return _waiting(code, f"{reverse('licences')}?standing={standing}", items)


def _drafted_licences(desk: Desk) -> Waiting:
    return _licences(desk, "drafted", "web.home.waiting_drafted")


def _advised_licences(desk: Desk) -> Waiting:
    return _licences(desk, "advised", "web.home.waiting_advised")


def _approved_licences(desk: Desk) -> Waiting:
    return _licences(desk, "approved", "web.home.waiting_approved")


def _overdue_consignments(desk: Desk) -> Waiting:
    found = transfers.overdue_consignments(actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    items = [Item(each.name, reverse("consignment", args=[each.name])) for each in found[::-1]]
    return _waiting("web.home.waiting_overdue", reverse("consignments"), items)


def _held_rows(desk: Desk) -> Waiting:
    rows = desk.node.stores.intake.page(state=HeldState.HELD, limit=_COUNTED + 1)
    items = [Item(f"{say('web.intake.row')} {each.row}", reverse("held_row", args=[each.id])) for each in rows]
    return _waiting("web.home.waiting_held", reverse("held_rows"), items)


def _proposals(desk: Desk) -> Waiting:
    found = recordkeeping.open_proposals(actor=desk.actor, stores=desk.node.stores)
    others = [each for each in found if each.proposed_by.casefold() != desk.actor.name.casefold()]
    return _waiting("web.home.waiting_proposals", reverse("decisions"), list(map(_proposal, others)))


def _own_proposals(desk: Desk) -> Waiting:
    found = recordkeeping.open_proposals(actor=desk.actor, stores=desk.node.stores)
    own = [each for each in found if each.proposed_by.casefold() == desk.actor.name.casefold()]
    return _waiting("web.home.waiting_own_proposals", reverse("decisions"), list(map(_proposal, own)))


def _proposal(proposed: Proposal) -> Item:
    name = say("web.decisions.proposal", number=proposed.id)
    return Item(name, reverse("decision", args=[proposed.id]), proposed.at)


def _sessions(desk: Desk) -> Waiting:
    newest = Sessions(desk.node.folder / "marking").seen_by(desk.actor, _COUNTED)
    unfinished = [each for each in reversed(newest) if each.done < len(each.lines)]
    items = [Item(each.name, reverse("marking_session", args=[each.name]), each.at) for each in unfinished]
    return _waiting("web.home.waiting_sessions", reverse("marking_plan"), items)


def _imports(desk: Desk) -> Waiting:
    runs = [each for each in desk.node.stores.intake.runs(_COUNTED) if not each.finished_at]
    items = [Item(each.table, reverse("import_run", args=[each.id]), each.started_at) for each in runs[::-1]]
    return _waiting("web.home.waiting_imports", reverse("imports"), items)


def _waiting(code: str, url: str, items: Sequence[Item]) -> Waiting:
    return Waiting(code, url, min(len(items), _COUNTED), tuple(items[:_NAMED]), len(items) > _COUNTED)


_SORTS: tuple[tuple[Permission, Callable[[Desk], Waiting]], ...] = (
    (Permission.TRACE_JUDGE, _open_cases),
    (Permission.TRACE_CASE, _judged_cases),
    (Permission.SIGNAL_JUDGE, _open_signals),
    (Permission.SIGNAL_CONFIRM, _escalated_signals),
    (Permission.CONSIGNMENT_WRITE, _overdue_consignments),
    (Permission.LICENCE_WRITE, _drafted_licences),
    (Permission.LICENCE_WRITE, _approved_licences),
    (Permission.LICENCE_DECIDE, _advised_licences),
    (Permission.RECORD_CORRECT_APPROVE, _proposals),
    (Permission.DUPLICATES_JUDGE, _held_rows),
    (Permission.IMPORT_COMMIT, _imports),
    (Permission.MARKING_PLAN, _sessions),
    (Permission.RECORD_CORRECT_PROPOSE, _own_proposals),
)
