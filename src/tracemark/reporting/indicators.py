from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from tracemark.kernel import Plain
from tracemark.reporting.drawing import Drawn

INDICATOR = "16.4.2"
FIGURE = "recoveries.for_indicator"
BREAKDOWN = ("year", "manner", "legal_basis", "result", "marking", "known", "settled")
"""The figure that counts recovered weapons, and all that the indicator asks of it."""


class Manner(StrEnum):
    """How a weapon came to hand. Source: SDG 16.4.2."""

    SEIZED = "seized"
    FOUND = "found"
    SURRENDERED = "surrendered"


class LegalBasis(StrEnum):
    """What a weapon was seized for; only what was seized for a suspected crime counts. Source: SDG 16.4.2."""

    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"
    UNSAID = ""


class Result(StrEnum):
    """What is known of a weapon's illicit origin; the first two are successes. Source: SDG 16.4.2.

    `traced`: a trace reached the last legal record. `established`: a competent authority found the point of diversion
    otherwise. `lawful_holder`: it was taken from its lawful holder, so that nothing was diverted.
    """

    TRACED = "traced"
    ESTABLISHED = "established"
    LAWFUL_HOLDER = "lawful_holder"
    PENDING = "pending"
    INSUFFICIENT = "insufficient"
    NOT_ATTEMPTED = "not_attempted"


class Marking(StrEnum):
    """Whether a weapon bears what it can be traced by; where nobody said, it counts as traceable."""

    MARKED = "marked"
    UNMARKED = "unmarked"
    UNSAID = ""


class Denominator(StrEnum):
    """Out of which weapons a share is reckoned. Source: SDG 16.4.2, SDG 16.4.2(potentially-traceable)."""

    ALL = "all"
    POTENTIALLY_TRACEABLE = "potentially_traceable"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the metadata leaves open, said openly.

    `add_back`: unmarked weapons whose origin was established stay in, though unmarked ones are left out; without effect
    where all weapons are the denominator. `lawful_holders`: weapons taken from their lawful holders count, and as
    traced. `unsaid_is_criminal`: a seizure of which nobody said what it was for counts.
    """

    denominator: Denominator = Denominator.POTENTIALLY_TRACEABLE
    add_back: bool = False
    lawful_holders: bool = False
    unsaid_is_criminal: bool = True
    manners: frozenset[Manner] = frozenset(Manner)

    @property
    def only(self) -> tuple[str, ...]:
        """The manners that count, where not all do."""
        return () if self.manners == frozenset(Manner) else tuple(each.value for each in Manner if each in self.manners)

    def plain(self) -> dict[str, Plain]:
        """Return the terms as they are published beside a value."""
        return {
            "denominator": self.denominator.value,
            "add_back": self.add_back,
            "lawful_holders": self.lawful_holders,
            "unsaid_is_criminal": self.unsaid_is_criminal,
            "manners": [each.value for each in Manner if each in self.manners],
        }


ALL_WEAPONS = Terms(Denominator.ALL, lawful_holders=True)
"""The terms of the metadata of 2018: every weapon seized for a crime, found or surrendered."""

AS_PUBLISHED = Terms(manners=frozenset({Manner.SEIZED}))
"""The terms under which the questionnaire's counts give most of the values that were published."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Weapons alike in all that the indicator asks of them.

    `known` is the year in which their recovery came on record, `settled` the one in which their success did; 0 where
    that is not told, or there is none.
    """

    year: int
    manner: Manner
    legal_basis: LegalBasis
    result: Result
    marking: Marking
    known: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Numerator and denominator, each a count of weapons; None where it is unknown."""

    numerator: int | None
    denominator: int | None

    @property
    def exact(self) -> Fraction | None:
        """The share of a hundred, exactly; None, never 0, where it cannot be reckoned."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(100 * self.numerator, self.denominator)

    @property
    def percent(self) -> Decimal | None:
        """The share of a hundred to two places, halves rounded up, as it is published."""
        return None if self.exact is None else rounded(self.exact)


@dataclass(frozen=True, slots=True)
class SeveralYears:
    """One value for several years, both ways: of all their weapons together, and the mean of the years' own shares.

    What is published is the mean; `missing` are the years that have no share, which no way counts as 0.
    """

    years: tuple[int, ...]
    pooled: Decimal | None
    averaged: Decimal | None
    missing: tuple[int, ...]


def rounded(exact: Fraction) -> Decimal:
    """Round a share as it is published: two places, halves up."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def counts_of(drawn: Drawn) -> dict[Cell, int]:
    """Read the cells of the figure that counts recovered weapons, drawn by all that the indicator asks."""
    found = dict[Cell, int]()
    for key, count in drawn.cells.items():
        told = dict(zip(drawn.by, key, strict=True))
        cell = Cell(
            year=int(told["year"]),
            manner=Manner(told["manner"]),
            legal_basis=LegalBasis(told["legal_basis"]),
            result=Result(told["result"]),
            marking=Marking(told["marking"]),
            known=int(told["known"] or 0),
            settled=int(told["settled"] or 0),
        )
        found[cell] = int(count or 0)
    return found


def as_known(counts: Mapping[Cell, int], year: int) -> dict[Cell, int]:
    """Return the counts as the record had them at the end of a year.

    A success that came later was one of those still waited for. Source: SDG 16.4.2.
    """
    found = Counter[Cell]()
    for cell, count in counts.items():
        if cell.known <= year:
            late = succeeds(cell) and cell.settled > year
            found[replace(cell, result=Result.PENDING, settled=0) if late else cell] += count
    return dict(found)


def share_of(counts: Mapping[Cell, int], terms: Terms) -> Share:
    """Reckon numerator and denominator of weapons that were counted by cell.

    Source: SDG 16.4.2, SDG 16.4.2(potentially-traceable).
    """
    counted = {cell: count for cell, count in counts.items() if is_counted(cell, terms)}
    return Share(sum(count for cell, count in counted.items() if succeeds(cell)), sum(counted.values()))


def is_counted(cell: Cell, terms: Terms) -> bool:
    """Whether weapons of a cell belong to the denominator."""
    if cell.manner not in terms.manners or (cell.manner is Manner.SEIZED and not _is_criminal(cell, terms)):
        return False
    if cell.result is Result.LAWFUL_HOLDER and not terms.lawful_holders:
        return False
    if terms.denominator is Denominator.ALL or cell.marking is not Marking.UNMARKED:
        return True
    return terms.add_back and succeeds(cell)


def over_years(shares: Mapping[int, Share], years: Iterable[int]) -> SeveralYears:
    """Put the shares of several years into one value, both ways that can be meant."""
    asked = tuple(years)
    known = {year: shares[year] for year in asked if year in shares and shares[year].exact is not None}
    exact = [share.exact for share in known.values() if share.exact is not None]
    pooled = Share(
        sum(share.numerator or 0 for share in known.values()), sum(share.denominator or 0 for share in known.values())
    )
    mean = rounded(sum(exact, Fraction(0)) / len(exact)) if exact else None
    return SeveralYears(asked, pooled.percent, mean, tuple(year for year in asked if year not in known))


def _is_criminal(cell: Cell, terms: Terms) -> bool:
    if cell.legal_basis is LegalBasis.UNSAID:
        return terms.unsaid_is_criminal
    return cell.legal_basis is LegalBasis.CRIMINAL


def succeeds(cell: Cell) -> bool:
    """Whether the illicit origin of weapons of a cell is known."""
    return cell.result in _SUCCESSES


_SUCCESSES = frozenset({Result.TRACED, Result.ESTABLISHED, Result.LAWFUL_HOLDER})
