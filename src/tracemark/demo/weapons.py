from collections.abc import Iterator
from datetime import date
from random import Random

from tracemark.demo.lives import Life, live_in_private_hands, live_in_service
from tracemark.demo.lots import Lot
from tracemark.demo.nation import STATE
from tracemark.kernel import Plain
from tracemark.recordkeeping import Event, EventKind
from tracemark.weapons import Material, Part, WeaponId, parse_scheme

_REGISTRY = "XT-REG"
_DEPTHS = ("", "0.05", "0.09")
"""How deep, in millimetres, the laser was set to by lot; "" where nobody wrote it down."""


def lives(lot: Lot, seed: int) -> Iterator[tuple[WeaponId, list[Event]]]:
    """Yield each weapon of a lot with the events of its life, the same from the same seed."""
    random, scheme = Random(f"{seed}/{lot.number}"), parse_scheme(lot.model.serial_scheme)
    for place in range(lot.size):
        weapon = WeaponId(lot.first_weapon + place)
        life = Life(weapon, random, lot.day, lot.holder, f"{lot.holder} depot, store {lot.number % 9 + 1}")
        _arrive(life, lot, scheme.serial((lot.first_number + place) % scheme.capacity, lot.year), random)
        if lot.in_service:
            live_in_service(life)
        else:
            live_in_private_hands(life)
        yield weapon, life.events


def _arrive(life: Life, lot: Lot, serial: str, random: Random) -> None:
    """Tell how the weapon came on record: made here, or imported and given its import mark some weeks later."""
    control = lot.model.control_part
    second = Part.SLIDE if control is Part.FRAME else Part.BARREL
    details: dict[str, Plain] = {
        "weapon": {
            "kind": lot.model.kind,
            "maker": lot.model.maker,
            "model": lot.model.code,
            "calibre": lot.calibre,
            "country": lot.country,
            "year": lot.year,
            "origin": "industrial",
        },
        "components": [
            {"part": control.value, "control": True, "material": lot.model.frame_material.value},
            {"part": second.value, "material": "steel"},
        ],
        "marks": [
            _maker_mark(control, lot, serial),
            {"kind": "component", "part": second.value, "serial": serial[-4:], "text": serial[-4:]},
        ],
        "holder": lot.holder,
        "place": life.place,
        "lot": f"LOT-{lot.number}",
    }
    if lot.made_here:
        life.tell(EventKind.MANUFACTURED, "XT-WORKS", **details)
        return
    life.tell(EventKind.IMPORTED, _REGISTRY, from_state=lot.from_state, licence=f"IM-{lot.number}", **details)
    life.day += random.randint(5, 60)
    year = date.fromordinal(life.day).year
    life.tell(EventKind.MARKED, "XT-MARK", marks=[
        {"kind": "import", "part": control.value, "method": "laser", "state": STATE, "year": year,
         "text": f"{STATE} {year % 100:02d}", **({"depth_mm": depth} if (depth := _DEPTHS[lot.number % 3]) else {})},
    ])  # fmt: skip


def _maker_mark(control: Part, lot: Lot, serial: str) -> Plain:
    polymer = lot.model.frame_material is Material.POLYMER
    return {
        "kind": "manufacture",
        "part": control.value,
        "text": serial,
        "serial": serial,
        "maker": lot.model.maker,
        "state": lot.country,
        "method": "laser" if polymer else "stamped",
        "surface": "embedded_plate" if polymer else "metal",
    }
