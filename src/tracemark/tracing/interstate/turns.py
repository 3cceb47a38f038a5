from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracemark.correspondence import Message
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite
from tracemark.recordkeeping import Event, EventKind, append, dossier_step
from tracemark.tracing.interstate.deadlines import Deadlines
from tracemark.tracing.interstate.inquiries import Inquiry, fold_inquiry
from tracemark.tracing.interstate.requests import StateRequest, fold_request
from tracemark.tracing.ports import TracingStores
from tracemark.weapons import WeaponId


class InterstateRefused(Refused):
    """A step between States cannot be taken as the matter stands, or would tell what may not be told."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """For whom a step is taken, and with what: the stores and the clock of the node of a State, and its deadlines.

    `own` is the State's ISO 3166-1 alpha-2 code.
    """

    own: str
    stores: TracingStores
    clock: Clock
    deadlines: Deadlines

    @property
    def today(self) -> PartialDate:
        """The day of the present moment, in UTC."""
        return PartialDate.of(self.clock.now().date())


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a request or an inquiry to be sealed: its kind, whose step it is, and what it says."""

    kind: EventKind
    dossier: str
    details: Mapping[str, Plain]


def seal(step: Step, actor: Actor, bureau: Bureau) -> None:
    """Seal a step. Call inside the transaction of what belongs to it.

    Raises:
        EventRefused: the dossier does not stand so that it could be next.
    """
    told = dossier_step(step.kind, step.dossier, step.details, bureau.today, actor)
    append(events=[told], stores=bureau.stores, clock=bureau.clock)


def seal_in_life(kind: EventKind, weapon: WeaponId, details: Mapping[str, Plain], actor: Actor, bureau: Bureau) -> None:
    """Seal in a weapon's own life that it is traced across a border. Call inside the transaction of the step."""
    event = Event(weapon, kind, bureau.today, actor.authority, actor.name, details)
    append(events=[event], stores=bureau.stores, clock=bureau.clock)


def post(message: Message, bureau: Bureau) -> str:
    """Put a message in the outbox and return its id. Call inside the transaction of the step that it tells."""
    return bureau.stores.outbox.post(message, at=bureau.clock.now())


def tell(step: Step, message: Message, actor: Actor, bureau: Bureau) -> str:
    """Post a message, without what says nothing in it, and seal the step that it tells; return the message's id.

    Call inside a transaction.
    """
    body = {name: value for name, value in message.body.items() if value not in ("", None)}
    posted = post(replace(message, body=body), bureau)
    seal(replace(step, details={**step.details, "message": posted}), actor, bureau)
    return posted


def request_named(name: str, stores: TracingStores) -> StateRequest:
    """Return a request of ours. Raises KeyError where there is none."""
    known = stores.dossiers.dossier(name)
    if known.kind != "request":
        raise KeyError(name)
    return fold_request(name, stores.dossiers.events(name), known.standing)


def inquiry_named(name: str, stores: TracingStores) -> Inquiry:
    """Return an inquiry of another State. Raises KeyError where there is none."""
    known = stores.dossiers.dossier(name)
    if known.kind != "inquiry":
        raise KeyError(name)
    return fold_inquiry(name, stores.dossiers.events(name), known.standing)


def refuse(code: str, source: str, **facts: Plain) -> InterstateRefused:
    """Return the refusal of a step for one reason."""
    return InterstateRefused([Finding(code, cite(source), facts)])
