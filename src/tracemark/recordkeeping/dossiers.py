import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from tracemark.kernel import Actor, Finding, PartialDate, Plain
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.kinds import EventKind, event_kinds
from tracemark.weapons import NO_WEAPON

DOSSIER_DETAILS = frozenset(
    {
        *("dossier", "licence", "certificate", "consignment", "site", "count", "investigation", "destruction"),
        *("stored_lot", "signal", "into", "earlier", "revises", "about", "previous", "rests_on", "matter"),
        "cohort",
    }
)
"""The details in which an event may name a dossier it belongs to."""

Noun = TypeVar("Noun")
_NAME = re.compile(r"([A-Z]{2})-(\d{4})-(\d{6})")
_MOST = 999_999


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the record says of one licence, certificate, consignment, site, count, …: the fold of its own events.

    `standing` is where the last of them left it, `opened` and `last` are the positions of the first and the last, and
    `authority` reported the first. `due` is the day (ISO) on which the next step is due, as the last event that told
    one has it; "" where none did.
    """

    name: str
    kind: str
    standing: str
    authority: str
    opened: int
    last: int
    due: str = ""


class DossierStore(Protocol):
    """Licences, certificates, consignments, sites, counts, …: drawn from the record, and able to be drawn again.

    Which events name a dossier is noted by the record itself, as it grows.
    """

    def dossier(self, name: str) -> Dossier:
        """Raise KeyError where there is none."""
        ...

    def events(self, name: str) -> list[Sealed]:
        """Every event that is a dossier's own or names it, of weapons too, in the order of the record."""
        ...

    def page(
        self,
        kind: str,
        *,
        standings: Collection[str] | None = None,
        authorities: Collection[str] | None = None,
        due_before: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Dossier]:
        """Dossiers of a kind, the newest first: of these standings and authorities only, None for all.

        `due_before` asks for those with a day set that lies before this one, `before` for those opened at a position
        before this one.
        """
        ...

    def next_name(self, kind: str, year: int) -> str:
        """The name of the next dossier of a kind. Call inside the transaction that will open it."""
        ...

    def put(self, dossiers: Sequence[Dossier]) -> None:
        """Keep how dossiers stand after new events."""
        ...

    def differing(self) -> Sequence[str]:
        """Each dossier of which the tables say other than the record, by name. Call inside a snapshot."""
        ...

    def redraw(self) -> int:
        """Draw all dossiers anew from the record, and return how many. Call inside a transaction."""
        ...


@cache
def dossier_prefixes() -> Mapping[str, str]:
    """How the names of dossiers begin, by kind of dossier."""
    return tomllib.loads((files("tracemark.recordkeeping") / "dossiers.toml").read_text("utf-8"))


def dossier_name(kind: str, year: int, number: int) -> str:
    """Return the name of the `number`th dossier of a kind in a year, counted from 1.

    Raises:
        KeyError: there is no such kind of dossier.
        ValueError: there are too many.
    """
    if not 0 < number <= _MOST:
        raise ValueError(f"there is no {number}th {kind} of {year}")
    return f"{dossier_prefixes()[kind]}-{year:04}-{number:06}"


def dossiers_named(details: Mapping[str, Plain]) -> list[str]:
    """Return the dossiers that an event's details name, each once. What only somebody else's number is, is none."""
    told = [details[name] for name in sorted(DOSSIER_DETAILS & details.keys())]
    return list(dict.fromkeys(each for each in told if type(each) is str and _is_name(each)))


def dossier_findings(event: Event, known: Dossier | None) -> Iterator[Finding]:
    """Yield what keeps an event from being the next of its dossier, which stands as `known`, None where it is new."""
    terms = event_kinds()[event.kind]
    name = str(event.details.get("dossier", ""))
    facts: dict[str, Plain] = {"kind": event.kind.value, "dossier": name}
    if known is None and (not terms.first or not _is_name(name, terms.dossier)):
        yield Finding("recordkeeping.dossier_unknown", terms.source, facts)
    if known is not None and known.kind != terms.dossier:
        yield Finding("recordkeeping.dossier_unknown", terms.source, facts)
    elif known is not None and terms.first:
        yield Finding("recordkeeping.dossier_known", terms.source, facts)
    elif known is not None and terms.follows and known.standing not in terms.follows:
        yield Finding("recordkeeping.dossier_step", terms.source, {**facts, "standing": known.standing})


def after_event(known: Dossier | None, sealed: Sealed) -> Dossier:
    """Return how a dossier stands after its next event; None is one that the event opens."""
    terms, details = event_kinds()[sealed.event.kind], sealed.event.details
    due = str(details.get("due", known.due if known else ""))
    if known is None:
        name = str(details["dossier"])
        return Dossier(
            name, terms.dossier, terms.leads_to, sealed.event.authority, sealed.position, sealed.position, due
        )
    return replace(known, standing=terms.leads_to or known.standing, last=sealed.position, due=due)


def dossier_step(kind: EventKind, name: str, details: Mapping[str, Plain], on: PartialDate, actor: Actor) -> Event:
    """Return a step of a dossier as an event of the actor's.

    What says nothing is left out, but for an empty list, which may say: none.
    """
    told = {each: value for each, value in details.items() if value not in ("", None, {})}
    return Event(NO_WEAPON, kind, on, actor.authority, actor.name, {"dossier": name, **told})


def own_events(name: str, events: Iterable[Sealed]) -> list[Sealed]:
    """Return a dossier's own steps, without the events of others that only name it."""
    return [each for each in events if each.event.details.get("dossier") == name]


def fold_steps(
    name: str,
    events: Iterable[Sealed],
    first: Callable[[Sealed, Mapping[str, Any]], Noun],
    after: Callable[[Noun, Sealed, Mapping[str, Any]], Noun],
) -> Noun:
    """Fold a dossier's own steps into what is true of it: what the first of them opens, and each after it changes.

    Raises:
        KeyError: none of the events is its own.
    """
    own = own_events(name, events)
    if not own:
        raise KeyError(name)
    found = first(own[0], own[0].event.details)
    for sealed in own[1:]:
        found = after(found, sealed, sealed.event.details)
    return found


def fold_dossiers(events: Iterable[Sealed]) -> dict[str, Dossier]:
    """Fold events, in the order of the record, into the dossiers they tell of. Events that tell of none are let be.

    Raises:
        KeyError: an event of a dossier names none.
    """
    found: dict[str, Dossier] = {}
    for sealed in events:
        if event_kinds()[sealed.event.kind].dossier:
            name = str(sealed.event.details["dossier"])
            found[name] = after_event(found.get(name), sealed)
    return found


def _is_name(text: str, kind: str = "") -> bool:
    found = _NAME.fullmatch(text)
    prefixes = dossier_prefixes()
    return found is not None and found[1] in ([prefixes[kind]] if kind else prefixes.values())
