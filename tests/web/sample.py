"""A register small enough to know by heart: six weapons, three agencies, one private person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tracemark import recordkeeping
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.kernel import Actor, PartialDate, Plain
from tracemark.node import Stores
from tracemark.recordkeeping import Event, EventKind
from tracemark.weapons import NO_WEAPON, WeaponId, component_id

OFFICER = Actor("officer", "XT-REG", frozenset({Role.REGISTRY_OFFICER}))
PERSON: dict[str, Plain] = {"name": "Somebody Fictional", "born_on": "1980"}


@dataclass(frozen=True, slots=True)
class Sample:
    """What the tests look for, by name. `person` is the commitment to the data of the pistol's owner."""

    pistol: WeaponId
    rifle: WeaponId
    revolver: WeaponId
    shotgun: WeaponId
    launcher: WeaponId
    home_made: WeaponId
    person: str


@dataclass
class StillClock:
    """A present that stands still."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 9, 30, 12, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment


def fill(stores: Stores) -> Sample:
    """Write the sample into an empty register."""
    clock = StillClock()
    with stores.atomic():
        for agency in (
            Agency(
                "XT-REG", "National Firearms Registry", AgencyKind.REGISTRY, "XT", competent=True, contact_point=True
            ),
            Agency("XT-ARMY", "Army", AgencyKind.ARMED_FORCES, "XT"),
            Agency("XT-ARMY-1", "Army depot Amberly", AgencyKind.ARMED_FORCES, "XT", "XT-ARMY"),
            Agency("XT-POL", "National Police", AgencyKind.POLICE, "XT", competent=True),
            Agency("XT-D01", "Amberly Sporting Arms", AgencyKind.DEALER, "XT"),
        ):
            stores.agencies.put(agency)
        pistol, rifle, revolver, shotgun, launcher, home_made = map(WeaponId, stores.register.next_weapons(6))
        person = recordkeeping.keep_person(data=PERSON, salt=bytes(32), actor=OFFICER, stores=stores)
        events = [
            *_life_of_pistol(pistol, person),
            *_life_of_rifle(rifle, revolver),
            _registered(
                revolver, "2016-03", _weapon("revolver", "smith_wesson", "smith_wesson/586", "357_magnum", "US", 2009),
                "XT-D01", _parts("frame", "cylinder", "barrel"), [_mark("manufacture", "frame", "CAK4711")],
            ),
            _registered(
                shotgun, "2018", _weapon("pump_action_shotgun", "mossberg", "mossberg/500", "12_ga", "US", 2014),
                "XT-D01", _parts("receiver", "barrel", "bolt"), [_mark("manufacture", "receiver", "U771204")],
            ),
            _registered(
                launcher, "2019-11-04", _weapon("portable_anti_tank_launcher", "", "", "", "", None),
                "XT-ARMY-1", _parts("launch_tube"), [_mark("manufacture", "launch_tube", "РГ-118-204")],
            ),
            Event(home_made, EventKind.FOUND, PartialDate.parse("2025-06"), "XT-POL", OFFICER.name,
                  {"place": "Brackwater ferry", "custodian": "XT-POL",
                   "weapon": {"kind": "", "origin": "home_made", "unmarked_because": "never_marked"}}),
        ]  # fmt: skip
        recordkeeping.append(events=events, stores=stores, clock=clock)
    return Sample(pistol, rifle, revolver, shotgun, launcher, home_made, person.removeprefix("person:"))


def _life_of_pistol(weapon: WeaponId, person: str) -> list[Event]:
    marks = [
        {**_mark("manufacture", "frame", "KXR2041"), "maker": "glock", "state": "AT", "method": "laser",
         "surface": "embedded_plate", "depth_mm": "0.0762", "height_mm": "1.6"},
        _mark("component", "slide", "2041"),
    ]  # fmt: skip
    import_mark = {"kind": "import", "part": "frame", "text": "XT 14", "state": "XT", "year": 2014, "method": "laser"}
    described = _weapon("pistol", "glock", "glock/19", "9x19", "AT", 2012)
    return [
        _event(weapon, "imported", "2014-02-11", from_state="AT", holder="XT-D01", licence="IM-204", weapon=described,
               components=[{"part": "frame", "control": True, "material": "polymer", "metal_plate": True},
                           {"part": "slide", "material": "steel"}, {"part": "barrel", "material": "steel"}],
               marks=marks),
        _event(weapon, "marked", "2014-03-02", marks=[import_mark]),
        _event(weapon, "transferred", "2015-07-20", holder=person, **{"from": "XT-D01"}),
        _event(weapon, "stolen", "2021-10", place="Cindermoor", circumstances="taken from a locked cabinet"),
        _event(weapon, "seized", "2023-05-17", place="Dunholm", custodian="XT-POL", circumstances="vehicle check"),
    ]  # fmt: skip


def _life_of_rifle(weapon: WeaponId, donor: WeaponId) -> list[Event]:
    parts = _parts("lower_receiver", "upper_receiver", "bolt", "barrel")
    import_mark: Mapping[str, Plain] = {
        "kind": "import",
        "part": "upper_receiver",
        "text": "XT 05",
        "state": "XT",
        "year": 2005,
    }
    marks: list[Plain] = [_mark("manufacture", "lower_receiver", "W218841"), import_mark]
    described = _weapon("assault_rifle", "colt", "colt/m4a1", "5_56x45", "US", 2003)
    return [
        _registered(weapon, "2005-01-31", described, "XT-ARMY-1", parts, marks),
        _event(weapon, "issued", "2010-04-01", to="XT-ARMY-1/unit-3"),
        _event(weapon, "returned", "2011-09-12", place="Amberly depot, store 4"),
        _event(weapon, "reassembled", "2017-05-05", removed=[component_id(weapon, 4)],
               fitted=[{"part": "barrel", "id": component_id(donor, 3), "material": "steel"}], note="barrel worn"),
        _event(weapon, "counted", "2024-12", place="Amberly depot, store 4", count="yearly"),
    ]  # fmt: skip


def _registered(weapon: WeaponId, on: str, described: Plain, holder: str, components: Plain, marks: Plain) -> Event:
    return _event(weapon, "registered", on, weapon=described, holder=holder, components=components, marks=marks)


def _event(subject: WeaponId, kind: str, on: str, /, **details: Any) -> Event:
    return Event(
        subject,
        EventKind(kind),
        PartialDate.parse(on),
        "XT-REG",
        OFFICER.name,
        details,
        document="" if subject == NO_WEAPON else "REG/7",
    )


def _weapon(kind: str, maker: str, model: str, calibre: str, country: str, year: int | None) -> Mapping[str, Plain]:
    given: dict[str, Plain] = {"kind": kind, "maker": maker, "model": model, "calibre": calibre, "country": country,
                               "origin": "industrial"}  # fmt: skip
    return {name: value for name, value in given.items() if value} | ({"year": year} if year else {})


def _parts(control: str, *others: str) -> list[Plain]:
    return [
        {"part": control, "control": True, "material": "steel"},
        *({"part": each, "material": "steel"} for each in others),
    ]


def _mark(kind: str, part: str, text: str) -> Mapping[str, Plain]:
    return {"kind": kind, "part": part, "text": text, "serial": text, "method": "stamped"}
