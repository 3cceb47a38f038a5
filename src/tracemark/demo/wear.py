"""Marks of the fictional State read again: whole at first, then worn, as was planted by method, material and depth."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from random import Random

from tracemark import practices
from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY, Desk, Pool
from tracemark.demo.lives import TELLER, service_holders
from tracemark.kernel import PartialDate, Plain, cite
from tracemark.marking import Mark, MarkKind, Surface
from tracemark.practices import Backing, Content, PracticeSubject, Telling
from tracemark.recordkeeping import Event, EventKind, Sealed, Status, WeaponState, append, current, event_kinds
from tracemark.weapons import Material

_ROUNDS = (date(2010, 5, 17), date(2015, 5, 18), date(2020, 5, 18), date(2026, 9, 28))
_HOLDERS, _OF_EACH, _OTHERS = 12, 1_000, 7
"""How many holders are looked at and how many weapons of each: those with polymer, and one in so many of the others."""
_SHALLOW = Decimal("0.0762")
_YEARS = {"plate": 60.0, "metal": 90.0, "deep": 16.0, "shallow": 6.0}
"""The scale, in years, of how long marks last by how they were made: nothing measured, only planted."""

_OWN = Content(
    subject=PracticeSubject.MARKING,
    backing=Backing.EXPERIENCE,
    as_of=date(2026, 9, 30),
    state="XT",
    commitments=(cite("ITI 7(5)"), cite("ITI 8(b)")),
    sources=("Marking workshop of Taravia, report of 2026 (a State that never was)",),
    tellings={
        "en": Telling(
            title="Read a sample of import marks again every few years",
            context="Weapons with polymer frames whose import mark was set by laser, at depths that differed by lot.",
            done="At each yearly count a clerk reads the import mark of some weapons of each lot by eye and notes "
            "how much of it could be read. The record keeps method and depth of each mark from the day it is made.",
            evidence="Many marks of less than 0.0762 mm were not whole after some ten years; those on the plate were.",
            cost="Two minutes a weapon; no equipment.",
        ),
        "fr": Telling(
            title="Relire tous les quelques ans un échantillon de marques d’importation",
            context="Armes à carcasse en polymère dont la marque d’importation est au laser, à des profondeurs "
            "variant selon le lot.",
            done="À chaque comptage annuel, un agent lit à l’œil la marque de quelques armes de chaque lot "
            "et note ce qui a pu être lu. Le registre garde la méthode et la profondeur de chaque marque.",
            evidence="Bien des marques de moins de 0,0762 mm n’étaient plus entières après dix ans ; "
            "celles de la plaque l’étaient.",
            cost="Deux minutes par arme ; aucun équipement.",
        ),
    },
)  # fmt: skip


def read_marks_again(desk: Desk, seed: int) -> None:
    """Record rounds of inspections, years apart, and publish a practice that says what they showed."""
    random, pool = Random(f"{seed}/wear"), Pool(desk.node)
    found = [state for holder in islice(service_holders(), _HOLDERS) for state in pool.take(holder, _OF_EACH)]
    taken = [each for place, each in enumerate(found) if _has_polymer(each) or not place % _OTHERS]
    lives = desk.node.stores.records.of_weapons([each.weapon for each in taken])
    events = [event for state in taken for event in _looks(state, lives[state.weapon], random)]
    with desk.node.stores.atomic():
        append(events=events, stores=desk.node.stores, clock=desk)
    _publish(desk)


def _looks(state: WeaponState, life: Sequence[Sealed], random: Random) -> Iterator[Event]:
    """Yield the inspections of one mark of a weapon; none where it is not said in what year it was made."""
    marks = [each for each in state.marks if each.kind in (MarkKind.IMPORT, MarkKind.MANUFACTURE)]
    mark = random.choice(marks) if marks else None
    since = max((each.year or state.description.year or _ROUNDS[1].year for each in marks), default=_ROUNDS[1].year)
    if mark is None:
        return
    made = mark.year or state.description.year or since
    fails = made + random.weibullvariate(_YEARS[_way(mark, state)], 2.2)
    for day in _ROUNDS:
        if day.year > since + 1 and _in_hand(life, day):
            whole = day.year + 0.5 < fails
            details: dict[str, Plain] = {
                "mark": mark.id,
                "legible_percent": 100 if whole else random.randrange(40, 95, 5),
            }
            yield Event(state.weapon, EventKind.INSPECTED, PartialDate.of(day), REGISTRY, TELLER, details)


def _has_polymer(state: WeaponState) -> bool:
    return any(each.material is Material.POLYMER for each in state.components)


def _in_hand(life: Sequence[Sealed], day: date) -> bool:
    """Whether a weapon was held or issued on a day, and could be looked at."""
    told = [each for each in current(life) if each.event.happened.first <= day]
    led = [to for each in told if (to := event_kinds()[each.event.kind].to)]
    return bool(led) and led[-1] in (Status.HELD, Status.ISSUED)


def _way(mark: Mark, state: WeaponState) -> str:
    if mark.surface is Surface.EMBEDDED_PLATE:
        return "plate"
    parts = {each.part: each.material for each in state.components}
    if mark.part is None or parts.get(mark.part) is not Material.POLYMER:
        return "metal"
    return "deep" if mark.depth_mm is not None and mark.depth_mm >= _SHALLOW else "shallow"


def _publish(desk: Desk) -> None:
    writes = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    name = practices.draft_practice(content=_OWN, **writes)
    practices.review_practice(name=name, **desk.by("demo-approver", REGISTRY, Role.APPROVER))
    practices.publish_practice(name=name, **writes)
