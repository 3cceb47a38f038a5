"""A small register for the API to serve: twelve pistols of one lot, one of them lost, and an account for each role."""

from django.contrib.auth import get_user_model

from tracemark import recordkeeping
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.kernel import Actor, PartialDate, Plain
from tracemark.node import Node
from tracemark.recordkeeping import Event, EventKind, person_holder
from tracemark.weapons import WeaponId

REGISTRY, DEPOT, DEALER = "XT-REG", "XT-DEPOT", "XT-DEALER"
WEAPONS = 12
PERSON_WEAPON = 12
PERSON = {"name": "a name made up for a test"}
SALT = bytes(range(32))


def seed(node: Node) -> None:
    """Write agencies, accounts, weapons, one loss and one private holder."""
    stores = node.stores
    stores.agencies.put(Agency(REGISTRY, "The registry", AgencyKind.REGISTRY, "XT", competent=True))
    stores.agencies.put(Agency(DEPOT, "The depot", AgencyKind.ARMED_FORCES, "XT", parent=REGISTRY))
    stores.agencies.put(Agency(DEALER, "A dealer", AgencyKind.DEALER, "XT"))
    for role in Role:
        get_user_model().objects.create(username=role.value, authority=REGISTRY, roles=[role.value])
    officer = Actor(Role.REGISTRY_OFFICER.value, REGISTRY, frozenset({Role.REGISTRY_OFFICER.value}))
    holder = recordkeeping.keep_person(data=PERSON, salt=SALT, actor=officer, stores=stores)
    assert holder == person_holder(recordkeeping.commit(PERSON, SALT))
    events = [_registered(number, holder) for number in range(1, WEAPONS + 1)]
    events.append(_event(2, EventKind.LOST, "2024-05", {"place": "a road"}))
    with stores.atomic():
        recordkeeping.append(events=events, stores=stores, clock=node.clock)


def _registered(number: int, person: str) -> Event:
    serial = f"KT{number:05d}X"
    details: dict[str, Plain] = {
        "weapon": {"kind": "pistol", "maker": "glock", "model": "glock/17", "calibre": "9x19", "country": "AT"},
        "holder": person if number == PERSON_WEAPON else DEPOT,
        "components": [{"part": "frame", "control": True, "material": "polymer", "metal_plate": True}],
        "marks": [{"kind": "manufacture", "part": "frame", "text": serial, "serial": serial, "maker": "glock"}],
    }
    return _event(number, EventKind.REGISTERED, "2019-05-17", details)


def _event(number: int, kind: EventKind, happened: str, details: dict[str, Plain]) -> Event:
    return Event(WeaponId(number), kind, PartialDate.parse(happened), REGISTRY, "registry_officer", details)
