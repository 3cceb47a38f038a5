"""What a State asks for, as its dossier tells it: the need, whom it serves, what it costs, and what led to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.assistance.needs import Help
from tracemark.assistance.steps import AssistanceStep, step_of
from tracemark.kernel import Citation, Plain, cite
from tracemark.recordkeeping import EventKind, Sealed, fold_steps

STAGES = ("manufacture", "transfer", "possession", "stockpile", "recovery", "disposal", "record")
"""The stages of a weapon's life that help can be for; "" is all of it. Source: BMS7 ASSIST.1."""

OPEN = frozenset({"published", "restricted", "circulated"})
"""Where a request stands that programmes may serve."""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What a part of the money is for, in whole units of the request's currency."""

    what: str
    amount: int


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """How many people it reaches, by sex; None is not known, and `reason` says why. Source: BMS7 DEV.2."""

    women: int | None = None
    men: int | None = None
    unstated: int | None = None
    reason: str = ""

    @property
    def told(self) -> tuple[int, ...]:
        """The numbers that are known."""
        return tuple(each for each in (self.women, self.men, self.unstated) if each is not None)

    @property
    def by_sex(self) -> bool:
        """Whether women and men are told apart."""
        return self.women is not None and self.men is not None

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what is not known is left out."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in ("women", "men", "unstated", "reason")}
        return {name: value for name, value in told.items() if value not in ("", None)}


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for. `themes` are those of the published scheme of assessment; `stage` is one of STAGES, or "".

    `lines` are the budget in `currency` (ISO 4217). `report` and `gaps` name the report and its questions that it is
    born from, `signal` a signal of diversion, `target` the target that waits for it, `programme` a programme that it is
    addressed to; "" of none. `partner` would carry it out; `conditions` say what the State can take up, and when.
    Source: PoA III.6, ITI 27, BMS7 ASSIST.3.
    """

    title: str
    commitment: Citation
    themes: tuple[str, ...]
    helps: tuple[Help, ...]
    need: str
    lines: tuple[BudgetLine, ...]
    currency: str
    stage: str = ""
    beneficiaries: Beneficiaries = Beneficiaries()
    partner: str = ""
    conditions: str = ""
    target: str = ""
    report: str = ""
    gaps: tuple[str, ...] = ()
    signal: str = ""
    programme: str = ""

    @property
    def amount(self) -> int:
        """What it takes in all."""
        return sum(each.amount for each in self.lines)

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what says nothing is left out."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in _TEXTS}
        told |= {
            "commitment": str(self.commitment),
            "themes": list(self.themes),
            "helps": [each.value for each in self.helps],
            "lines": [{"what": each.what, "amount": each.amount} for each in self.lines],
            "beneficiaries": self.beneficiaries.plain(),
            "gaps": list(self.gaps),
        }
        return {name: value for name, value in told.items() if value not in ("", [], {})}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Ask":
        """Read it from the record.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        return cls(
            **{name: _text(plain.get(name, "")) for name in _TEXTS},
            commitment=cite(plain["commitment"]),
            themes=tuple(map(_text, plain["themes"])),
            helps=tuple(map(Help, plain["helps"])),
            lines=tuple(BudgetLine(_text(each["what"]), _whole(each["amount"])) for each in plain["lines"]),
            beneficiaries=_beneficiaries(plain.get("beneficiaries", {})),
            gaps=tuple(map(_text, plain.get("gaps", ()))),
        )

    def same_as(self, other: "Ask") -> bool:
        """Whether it is the same again: commitment, themes and help, and either the words or the money."""
        alike = (self.commitment, set(self.themes), set(self.helps)) == (
            other.commitment,
            set(other.themes),
            set(other.helps),
        )
        money = (self.amount, self.currency) == (other.amount, other.currency)
        return alike and (money or _folded(self.need) == _folded(other.need))


_TEXTS = ("title", "need", "currency", "stage", "partner", "conditions", "target", "report", "signal", "programme")


@dataclass(frozen=True, slots=True)
class Arriving:
    """A request that another node tells: whose it is, that node, its name there, and the message that brought it."""

    ask: Ask
    state: str
    peer: str
    number: str
    message: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its events tell it: whose it is (`state`), the node that told it (`peer`) and its `number` there.

    `asked_on` is the day on which it became open to others, `open_on` that on which programmes may serve it here.
    `awaiting` are grants of other nodes whose result this State has not answered yet: node, and grant's name there.
    """

    name: str
    authority: str
    state: str
    asks: Ask
    standing: str
    drafted_by: str = ""
    signed_by: str = ""
    peer: str = ""
    number: str = ""
    asked_on: date | None = None
    open_on: date | None = None
    acknowledged_on: date | None = None
    followed_up_on: date | None = None
    outcome: str = ""
    sent_to: tuple[str, ...] = ()
    awaiting: tuple[tuple[str, str], ...] = ()
    steps: tuple[AssistanceStep, ...] = ()

    @property
    def foreign(self) -> bool:
        """Whether another node told it."""
        return bool(self.peer)

    @property
    def is_open(self) -> bool:
        """Whether programmes may serve it."""
        return self.standing in OPEN


def request_of(name: str, events: Sequence[Sealed]) -> Request:
    """Fold a request's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _opened, _after)


def _opened(sealed: Sealed, details: Mapping[str, Any]) -> Request:
    event = sealed.event
    received = event.kind is EventKind.ASSISTANCE_RECEIVED
    return Request(
        name=details["dossier"],
        authority=event.authority,
        state=details["state"],
        asks=Ask.of_plain(details["contents"]),
        standing="received" if received else "drafted",
        drafted_by="" if received else event.by,
        peer=details.get("peer", ""),
        number=details.get("number", ""),
        asked_on=event.happened.first if received else None,
        steps=(step_of(sealed),),
    )


_LEADS = {
    EventKind.ASSISTANCE_SIGNED: "signed_off",
    EventKind.ASSISTANCE_PUBLISHED: "published",
    EventKind.ASSISTANCE_RESTRICTED: "restricted",
    EventKind.ASSISTANCE_ACKNOWLEDGED: "acknowledged",
    EventKind.ASSISTANCE_CIRCULATED: "circulated",
    EventKind.ASSISTANCE_CLOSED: "closed",
}


def _after(known: Request, sealed: Sealed, details: Mapping[str, Any]) -> Request:
    kind = sealed.event.kind
    changes = _changes(known, sealed, details)
    return replace(known, standing=_LEADS.get(kind, known.standing), steps=(*known.steps, step_of(sealed)), **changes)


def _changes(known: Request, sealed: Sealed, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a step changes beside where the request stands."""
    event, on = sealed.event, sealed.event.happened.first
    opens = {"asked_on": known.asked_on or on, "open_on": known.open_on or on}
    told: dict[str, Any] = {"acknowledged_on": on} if details.get("status") == "acknowledged" else {}
    grant = (str(details.get("peer", "")), str(details.get("number", "")))
    others = tuple(each for each in known.awaiting if each != grant)
    told |= {"awaiting": (*others, grant)} if details.get("status") == "result" else {}
    changes: Mapping[EventKind, dict[str, Any]] = {
        EventKind.ASSISTANCE_REVISED: {"drafted_by": event.by},
        EventKind.ASSISTANCE_SIGNED: {"signed_by": event.by},
        EventKind.ASSISTANCE_PUBLISHED: opens,
        EventKind.ASSISTANCE_RESTRICTED: opens,
        EventKind.ASSISTANCE_CIRCULATED: {"open_on": on},
        EventKind.ASSISTANCE_ACKNOWLEDGED: {"acknowledged_on": on},
        EventKind.ASSISTANCE_SENT: {"sent_to": (*known.sent_to, details.get("peer", ""))},
        EventKind.ASSISTANCE_TOLD: told,
        EventKind.ASSISTANCE_ANSWERED: {"awaiting": others},
        EventKind.ASSISTANCE_FOLLOWED_UP: {"followed_up_on": on},
    }
    said = {"asks": Ask.of_plain(details["contents"])} if "contents" in details else {}
    said |= {"outcome": details["outcome"]} if "outcome" in details else {}
    return said | changes.get(event.kind, {})


def _beneficiaries(plain: Mapping[str, Any]) -> Beneficiaries:
    numbers = {name: _whole(plain[name]) for name in ("women", "men", "unstated") if name in plain}
    return Beneficiaries(**numbers, reason=_text(plain.get("reason", "")))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.80} is no text")
    return value


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r:.80} is no amount")
    return value
