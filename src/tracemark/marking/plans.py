from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from tracemark.kernel import Finding, cite
from tracemark.marking.circumstances import METALS, Circumstance, Marked, said, uniquely_marked
from tracemark.marking.marks import Mark, MarkKind, Method, Surface
from tracemark.marking.numbering import NumbersRefused
from tracemark.marking.profiles import Criterion, Profile, check_profile, least_mm
from tracemark.marking.rules import check_marked
from tracemark.marking.rules.polymer import in_metal, polymer_control
from tracemark.weapons import Component, Material, Part, WeaponId

DEFAULT_INSTRUMENTS = frozenset({"ITI", "MOSAIC"})
"""What speaks to every State; a party to the Firearms Protocol adds `FP`."""

_KIND = {
    Circumstance.MANUFACTURE: MarkKind.MANUFACTURE,
    Circumstance.IMPORT: MarkKind.IMPORT,
    Circumstance.TEMPORARY_IMPORT: MarkKind.IMPORT,
    Circumstance.MUSEUM_IMPORT: MarkKind.IMPORT,
    Circumstance.RELEASE: MarkKind.TRANSFER,
    Circumstance.STATE_STOCK: MarkKind.STATE,
    Circumstance.RECOVERED: MarkKind.RECOVERY,
    Circumstance.DEACTIVATED: MarkKind.DEACTIVATION,
}
_MENDED_BY_MARK = frozenset(
    {
        "marking.maker_missing",
        "marking.country_missing",
        "marking.serial_missing",
        "marking.mark_divided",
        "marking.protocol_mark_incomplete",
        "marking.import_mark_missing",
        "marking.import_not_unique",
        "marking.protocol_import_mark_missing",
        "marking.protocol_import_not_unique",
        "marking.stock_country_missing",
        "marking.protocol_stock_mark_missing",
        "marking.state_arm_unmarked",
        "marking.recovered_arm_unmarked",
        "marking.protocol_recovered_arm_unmarked",
        "marking.deactivation_mark_missing",
    }
)
"""Findings that one more mark puts right; the others ask for an examination or a better mark."""

_POLYMER = cite("MOSAIC 05.30(import-polymer)")
_METALLIC_PARTS = (Part.BARREL, Part.SLIDE, Part.BOLT, Part.BREECH_BLOCK, Part.CYLINDER, Part.RECEIVER, Part.FRAME)
"""Where an import mark made in polymer is made again, best first. Source: MOSAIC 05.30."""


class Placement(StrEnum):
    """Where on its component a mark is to be made; `Mark.place` of a planned mark holds one of these."""

    OPEN_SURFACE = "open_surface"
    BESIDE_EXISTING = "beside_existing"
    ON_PLATE = "on_plate"
    LEAST_WEAR = "least_wear"
    SECOND_METALLIC = "second_metallic"


@dataclass(frozen=True, slots=True)
class LotWeapon:
    """A weapon of a lot to be marked. `room_on_plate` is what an officer saw of a polymer part's metal plate."""

    weapon: WeaponId
    marked: Marked
    room_on_plate: bool = True


@dataclass(frozen=True, slots=True)
class MarkToMake:
    """A mark to be stamped, not yet identified or measured, with the least size the law asks (None: it is silent)."""

    mark: Mark
    min_depth_mm: Decimal | None
    min_height_mm: Decimal | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What one weapon lacks now, and what will be stamped on it."""

    weapon: WeaponId
    findings: tuple[Finding, ...]
    marks: tuple[MarkToMake, ...]


@dataclass(frozen=True, slots=True)
class MarkingPlan:
    """What will be stamped where, weapon by weapon, in the order of the lot."""

    lines: tuple[PlanLine, ...]

    @property
    def marks_to_make(self) -> int:
        return sum(len(line.marks) for line in self.lines)


def numbers_needed(lot: Sequence[LotWeapon], *, state: str, instruments: frozenset[str] = DEFAULT_INSTRUMENTS) -> int:
    """Return how many unique numbers the lot needs, so that they can be reserved before it is planned."""
    asked = (_asked_by(each, state) for each in lot)
    return sum(_needs_number(marked, _to_mend(_found(marked, instruments))) for marked in asked)


def plan_marks(
    lot: Sequence[LotWeapon],
    *,
    state: str,
    year: int,
    numbers: Sequence[str] = (),
    profile: Profile | None = None,
    instruments: frozenset[str] = DEFAULT_INSTRUMENTS,
) -> MarkingPlan:
    """Plan the marks a lot needs. `numbers` are those reserved, as written, at least `numbers_needed` of them.

    The mark of import is the State's code and the year in two digits, with a unique number where the weapon has none;
    it stands on the frame or receiver beside the existing marks and apart from them. Only `instruments` that bind the
    State are asked.

    Raises:
        NumbersRefused: `marking.numbers_too_few`.

    Source: ITI 8, ITI 9, FP 8(1), MOSAIC 05.30.
    """
    needed = numbers_needed(lot, state=state, instruments=instruments)
    if len(numbers) < needed:
        facts = {"needed": needed, "given": len(numbers)}
        raise NumbersRefused([Finding("marking.numbers_too_few", cite("ITI 8(a)"), facts)])
    supply, order = iter(numbers), _Order(state, year, profile, instruments)
    return MarkingPlan(tuple(_line(each, order, supply) for each in lot))


@dataclass(frozen=True, slots=True)
class _Order:
    state: str
    year: int
    profile: Profile | None
    instruments: frozenset[str]


def _asked_by(each: LotWeapon, state: str) -> Marked:
    return replace(each.marked, state=each.marked.state or state)


def _line(each: LotWeapon, order: _Order, supply: Iterator[str]) -> PlanLine:
    marked = _asked_by(each, order.state)
    found = _found(marked, order.instruments)
    reasons = _to_mend(found)
    if order.profile:
        found += check_profile(order.profile, marked)
    if not reasons:
        return PlanLine(each.weapon, tuple(found), ())
    words = _words(marked, order, next(supply) if _needs_number(marked, reasons) else "")
    marks = _placed(each, marked, words)
    if not any(in_metal(marked, mark) for mark in marks) and polymer_control(marked):
        found.append(Finding("marking.no_metallic_part", _POLYMER, {"weapon": each.weapon}))
    return PlanLine(each.weapon, tuple(found), tuple(_to_make(marked, mark, order.profile, reasons) for mark in marks))


def _found(marked: Marked, instruments: frozenset[str]) -> list[Finding]:
    return [finding for finding in check_marked(marked) if finding.source.instrument in instruments]


def _to_mend(found: Iterable[Finding]) -> tuple[str, ...]:
    """Return the codes of what a mark would put right."""
    return tuple(finding.code for finding in found if finding.code in _MENDED_BY_MARK)


def _needs_number(marked: Marked, reasons: Sequence[str]) -> bool:
    if not reasons or marked.circumstance is Circumstance.DEACTIVATED:
        return False
    if marked.circumstance is Circumstance.MANUFACTURE:
        return "serial" not in said(marked.marks_of(MarkKind.MANUFACTURE))
    return not uniquely_marked(marked)


def _words(marked: Marked, order: _Order, number: str) -> Mark:
    """Return the mark by what it says; where it stands is decided next."""
    kind = _KIND[marked.circumstance]
    if kind is MarkKind.MANUFACTURE:
        return _manufacture_words(marked, order, number)
    base = f"{order.state}{order.year % 100:02d}"
    text = number if number.startswith(base) else f"{base} {number}".strip()
    return Mark(kind, text, serial=number, state=order.state, year=order.year)


def _manufacture_words(marked: Marked, order: _Order, number: str) -> Mark:
    """Say what the control component does not say yet, in the order the compendium recommends. Source: MOSAIC 05.30."""
    made, given = marked.marks_of(MarkKind.MANUFACTURE), marked.description
    wanted: dict[str, str | int] = {
        "state": given.country or order.state,
        "maker": given.maker,
        "year": order.year,
        "model": given.model,
        "serial": number or next((mark.serial for mark in made if mark.serial), ""),
        "calibre": given.calibre,
    }
    there = said(mark for mark in made if marked.component_of(mark) == marked.control)
    words = {name: value for name, value in wanted.items() if value and name not in there}
    return Mark(MarkKind.MANUFACTURE, " ".join(str(word) for word in words.values()), **words)  # type: ignore[arg-type]


def _placed(each: LotWeapon, marked: Marked, words: Mark) -> list[Mark]:
    """Return the mark where it will stand, and once more on a metallic part where polymer has to take it."""
    control = marked.control
    if control is None:
        return [replace(words, place=Placement.OPEN_SURFACE.value, method=_method(words))]
    there = replace(words, component=control.id, part=control.part)
    if control.material is not Material.POLYMER:
        return [_in_metal(marked, control, there)]
    if control.metal_plate and each.room_on_plate:
        plate = Surface.EMBEDDED_PLATE
        return [replace(there, place=Placement.ON_PLATE.value, surface=plate, method=Method.LASER)]
    in_polymer = replace(there, place=Placement.LEAST_WEAR.value, surface=Surface.POLYMER, method=Method.LASER)
    second = _metallic_part(marked, control)
    return [in_polymer, *([_again(words, second)] if second else [])]


def _in_metal(marked: Marked, component: Component, mark: Mark) -> Mark:
    crowded = any(marked.component_of(other) == component for other in marked.marks)
    place = Placement.BESIDE_EXISTING if crowded else Placement.OPEN_SURFACE
    surface = Surface.METAL if component.material in METALS else Surface.UNKNOWN
    return replace(mark, place=place.value, surface=surface, method=_method(mark))


def _again(words: Mark, component: Component) -> Mark:
    placed = replace(words, component=component.id, part=component.part, place=Placement.SECOND_METALLIC.value)
    return replace(placed, surface=Surface.METAL, method=_method(words))


def _method(mark: Mark) -> Method:
    """A laser leaves a finished weapon's parts true; a new part is stamped deep. Source: MOSAIC 05.30."""
    return Method.STAMPED if mark.kind is MarkKind.MANUFACTURE else Method.LASER


def _metallic_part(marked: Marked, control: Component) -> Component | None:
    able = [each for each in marked.components if each.part in _METALLIC_PARTS and each.id != control.id]
    able = [each for each in able if each.material in METALS]
    return min(able, key=lambda each: _METALLIC_PARTS.index(each.part), default=None)


def _to_make(marked: Marked, mark: Mark, profile: Profile | None, reasons: tuple[str, ...]) -> MarkToMake:
    if profile is None:
        return MarkToMake(mark, None, None, reasons)
    depth, height = (least_mm(profile, c, marked, mark) for c in (Criterion.MIN_DEPTH_MM, Criterion.MIN_HEIGHT_MM))
    return MarkToMake(mark, depth, height, reasons)
