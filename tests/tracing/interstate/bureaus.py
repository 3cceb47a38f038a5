"""Three States' bureaus in one process, each with stores of its own, and messages handed from one to the other."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import NOW
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.correspondence import Message, Posted, Received
from tracemark.kernel import Actor, PartialDate, instant_text
from tracemark.recordkeeping import Event, EventKind, append
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import (
    Asking,
    Bureau,
    ComponentReading,
    Handling,
    Onward,
    Purpose,
    Ranking,
    Recovery,
    TraceRequest,
    load_weights,
    open_trace,
    query_of,
    receive_message,
    record_recovery,
    search_marks,
    shipped_deadlines,
)
from tracemark.weapons import WeaponId

HANDLING = Handling(frozenset({Purpose.TRACING, Purpose.INVESTIGATION}), Onward.WITH_CONSENT)
WEAPON = WeaponId(7)


@dataclass
class Days:
    """A clock that is moved on by hand."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def pass_by(self, days: int) -> None:
        self.at += timedelta(days=days)


@dataclass
class State:
    """A State with its node: `analyst` acts in it, `node` is how others know it."""

    code: str
    days: Days
    stores: Any = field(default_factory=lambda: MemoryStores(SeededSigner()))

    def __post_init__(self) -> None:
        with self.stores.atomic():
            for suffix, kind, competent in (("POL", AgencyKind.POLICE, True), ("ARMY", AgencyKind.ARMED_FORCES, False)):
                name = f"{self.code} {kind.value}"
                self.stores.agencies.put(Agency(f"{self.code}-{suffix}", name, kind, self.code, competent=competent))

    @property
    def node(self) -> str:
        return f"{self.code.lower()}.tracemark.example"

    @property
    def bureau(self) -> Bureau:
        return Bureau(self.code, self.stores, self.days, shipped_deadlines())

    @property
    def analyst(self) -> Actor:
        return Actor(f"{self.code.lower()}.analyst", f"{self.code}-POL", frozenset({Role.TRACING_ANALYST.value}))

    @property
    def soldier(self) -> Actor:
        return Actor(f"{self.code.lower()}.soldier", f"{self.code}-ARMY", frozenset({Role.TRACING_ANALYST.value}))

    def tell(self, *events: Event) -> None:
        with self.stores.atomic():
            append(events=events, stores=self.stores, clock=self.days)

    def event(self, kind: str, happened: str, /, **details: Any) -> Event:
        day = PartialDate.parse(happened)
        return Event(WEAPON, EventKind(kind), day, f"{self.code}-POL", "officer", details)

    def hears(self, posted: Posted, sender: "State") -> None:
        told, at = posted.message, instant_text(self.days.now())
        received = Received(
            posted.id, sender.node, told.type, told.body, told.about, told.answers, posted.posted_at, at
        )
        machine = Actor(f"node:{sender.node}", f"{self.code}-POL", frozenset())
        with self.stores.atomic():
            receive_message(received=received, from_state=sender.code, actor=machine, bureau=self.bureau)

    def hands_over(self, to: "State") -> list[Message]:
        """Hand to another State what waits for it, in the order of posting; return what was handed."""
        waiting = self.stores.outbox.waiting(to=to.node)
        for each in waiting:
            to.hears(each, self)
            self.stores.outbox.note_delivered(each.id, at=self.days.now())
        return [each.message for each in waiting]


def finds(state: State, **changed: Any) -> tuple[str, TraceRequest]:
    """Let a State seize a weapon made by XB's works with a damaged number, open a case, and search at home."""
    recovery = Recovery(EventKind.SEIZED, PartialDate(2026, 4, 3), "Border", f"{state.code}-POL")
    recovered = record_recovery(recovery=recovery, actor=state.analyst, stores=state.stores, clock=state.days)
    told: dict[str, Any] = {
        "recovered": recovered,
        "readings": (ComponentReading("AB?23", "frame", "stamp"),),
        "purpose": "criminal investigation",
        "illicit_because": ("law_of_state",),
        "legal_basis": "Firearms Act 12",
        "circumstances": "seized at a border crossing",
        "kind": "pistol",
        "calibre": "9x19",
        "country": "XB",
        "free_text": "as the examiner wrote it",
    }
    request = TraceRequest(**{**told, **changed})
    case = open_trace(request=request, actor=state.analyst, stores=state.stores, clock=state.days).case
    search(state, case.id, request)
    return case.id, request


def search(state: State, case: str, request: TraceRequest) -> Ranking:
    return search_marks(
        query=query_of(request),
        actor=state.analyst,
        stores=state.stores,
        weights=load_weights(),
        clock=state.days,
        case=case,
    )


def asking(case: str, request: TraceRequest, state: State) -> Asking:
    return Asking(case, state.code, state.node, request, HANDLING)
