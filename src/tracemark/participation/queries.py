import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock
from tracemark.participation.published import official_numbers
from tracemark.participation.voices import Contribution, Words, contribution_of
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    commit,
    every_dossier,
    open_person,
    person_commitment,
)

_CODE = re.compile(r"(CB-[0-9]{4}-[0-9]{6})-([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})")


@dataclass(frozen=True, slots=True)
class Shown:
    """A contribution that was accepted, with its words; None where they were erased.

    `official` is what the State published for the same question and year, None where it told nothing.
    """

    contribution: Contribution
    words: Words | None
    official: int | Decimal | None


@dataclass(frozen=True, slots=True)
class ContributionTally:
    """How many contributions there are about something, by how they stand; those that are not shown count too."""

    by_standing: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_standing.values())


def contributions(
    *, actor: Actor, stores: RecordkeepingStores, standings: Collection[str] | None = None
) -> Iterator[Contribution]:
    """Yield contributions of these standings, the newest first; None asks for all. Their words are read one by one.

    Raises:
        NotPermitted: the actor may not see contributions.
    """
    require(actor, Permission.CONTRIBUTION_READ)
    for each in every_dossier("contribution", standings, stores):
        yield contribution_of(each.name, stores.dossiers.events(each.name))


def contribution_named(*, name: str, actor: Actor, stores: RecordkeepingStores) -> Contribution:
    """Return a contribution, without its words.

    Raises:
        NotPermitted: the actor may not see contributions.
        KeyError: there is none of this name.
    """
    require(actor, Permission.CONTRIBUTION_READ)
    return contribution_of(name, stores.dossiers.events(name))


def contribution_words(
    *, name: str, purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Words | None:
    """Read what somebody wrote, and note who reads it and for what; None where it was erased.

    Raises:
        NotPermitted: the actor may not see contributions.
        KeyError: there is none of this name.
        PersonDataChanged: the words are not those to which the record is committed.
    """
    known = contribution_named(name=name, actor=actor, stores=stores)
    try:
        data = open_person(holder=known.writing, purpose=purpose, actor=actor, stores=stores, clock=clock)
    except KeyError:
        return None
    return Words.of(data)


def contribution_by_receipt(code: str, stores: RecordkeepingStores) -> Contribution:
    """Return what became of a contribution to whoever holds its receipt.

    Raises:
        KeyError: no contribution has such a receipt.
    """
    found = _CODE.fullmatch("".join(code.split()).upper())
    if found is None:
        raise KeyError(code)
    known = contribution_of(found[1], stores.dossiers.events(found[1]))
    if not hmac.compare_digest(known.receipt, receipt_digest(found[0])):
        raise KeyError(code)
    return known


def receipt_digest(code: str) -> str:
    """Return what the record keeps of a receipt's code."""
    return hashlib.sha256(code.encode()).hexdigest()


def shown_about(about: str, stores: RecordkeepingStores, today: date) -> list[Shown]:
    """Return what was accepted about a published report or figure, the newest first.

    Raises:
        KeyError: nothing of this name is public.
    """
    official = official_numbers(about, stores, today)
    return [
        Shown(each, _words(each, stores), official.get((each.question, each.year or 0)))
        for each in submissions(about, stores)
        if each.standing == "accepted"
    ]


def tally_about(about: str, stores: RecordkeepingStores) -> ContributionTally:
    """Count what was contributed about a published report or figure."""
    return ContributionTally(Counter(each.standing for each in submissions(about, stores)))


def submissions(about: str, stores: RecordkeepingStores) -> list[Contribution]:
    """Return what was contributed about something, the newest first, whatever was decided; without words."""
    told = (each for each in stores.dossiers.events(about) if each.event.kind is EventKind.CONTRIBUTION_RECEIVED)
    names = [str(each.event.details["dossier"]) for each in told if each.event.details["about"] == about]
    return [contribution_of(each, stores.dossiers.events(each)) for each in reversed(names)]


def _words(known: Contribution, stores: RecordkeepingStores) -> Words | None:
    """Read accepted words, which whoever wrote them wanted read; none that are not what the record is committed to."""
    commitment = person_commitment(known.writing)
    try:
        salt, data = stores.persons.get(commitment)
    except KeyError:
        return None
    return Words.of(data) if commit(data, salt) == commitment else None
