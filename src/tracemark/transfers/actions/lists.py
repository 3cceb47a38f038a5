from datetime import date

from tracemark.kernel import Actor, Clock, Finding, Plain, cite
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    dossier_step,
    draw_person,
    person_holder,
    put_erasure_forward,
    require_step,
)
from tracemark.transfers.actions.sealing import require_said, require_standing, seal, seen, today
from tracemark.transfers.embargoes import Embargo
from tracemark.transfers.parties import names_of
from tracemark.transfers.refusals import TransferRefused
from tracemark.transfers.screening import Denied
from tracemark.weapons import catalogue

_EMBARGOED = cite("PoA II.15")


def list_party(*, denied: Denied, source: str = "", actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """List a party to which nothing is to go, and return the name of its dossier.

    A natural person's names never enter the record, where they would stay for ever: they lie beside it, as other
    personal data do, and can be erased.

    Raises:
        NotPermitted: the actor may not.
        TransferRefused: name or reason is missing, or the State is not known.

    Source: PoA II.6.
    """
    kind = EventKind.PARTY_LISTED
    require_step(kind, actor, stores)
    details: dict[str, Plain] = {
        "name": require_said(denied.name, "name"),
        "aliases": [each for text in denied.aliases if (each := text.strip())],
        "reason": require_said(denied.reason, "reason"),
        "state": _state(denied.state) if denied.state else "",
        "symbol": source,
    }
    with stores.atomic():
        if denied.person:
            details |= {"name": _kept_beside(details["name"], details["aliases"], stores), "aliases": []}
        name = stores.dossiers.next_name("party", clock.now().year)
        seal([dossier_step(kind, name, details, today(clock), actor)], stores, clock)
    return name


def delist_party(*, party: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Take a party off the list. That it stood there stays on record.

    That the names of a natural person be erased is put forward with it, and waits for a second person.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it is off the list already, or no reason is given.
        KeyError: there is no such party.
    """
    said = require_said(reason, "reason")
    with stores.atomic():
        _end(EventKind.PARTY_DELISTED, party, {"reason": said}, actor, stores, clock)
        holder = str(stores.records.at(stores.dossiers.dossier(party).opened).event.details["name"])
        if names_of(holder, stores):
            put_erasure_forward(holder=holder, legal_basis=said, actor=actor, stores=stores, clock=clock)


def declare_embargo(*, embargo: Embargo, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Declare an embargo of the State itself and return its name; the code that it comes with is replaced by it.

    Raises:
        NotPermitted: the actor may not.
        TransferRefused: no document is named, the State is not known, or it ends before it begins.

    Source: PoA II.15.
    """
    kind = EventKind.EMBARGO_DECLARED
    require_step(kind, actor, stores)
    if embargo.until is not None and embargo.until < embargo.since:
        days = {"since": embargo.since.isoformat(), "until": embargo.until.isoformat()}
        raise TransferRefused([Finding("transfers.validity_reversed", _EMBARGOED, {"field": "until", **days})])
    details: dict[str, Plain] = {
        "to_state": _state(embargo.state),
        "valid_from": embargo.since.isoformat(),
        "valid_until": embargo.until.isoformat() if embargo.until else "",
        "symbol": require_said(embargo.symbol, "symbol"),
        "scope": embargo.scope,
        "exemptions": list(embargo.exemptions),
        "note": embargo.note,
    }
    with stores.atomic():
        name = stores.dossiers.next_name("embargo", clock.now().year)
        seal([dossier_step(kind, name, details, today(clock), actor)], stores, clock)
    return name


def lift_embargo(
    *, embargo: str, until: date, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Lift an embargo of the State itself; `until` is its last day.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it is lifted already, or no reason is given.
        KeyError: there is no such embargo.
    """
    details: dict[str, Plain] = {"valid_until": until.isoformat(), "reason": require_said(reason, "reason")}
    _end(EventKind.EMBARGO_LIFTED, embargo, details, actor, stores, clock)


def _end(
    kind: EventKind, name: str, details: dict[str, Plain], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    require_step(kind, actor, stores)
    with stores.atomic():
        dossier = seen(name, "party" if kind is EventKind.PARTY_DELISTED else "embargo", actor, stores)
        require_standing(dossier, kind)
        seal([dossier_step(kind, name, details, today(clock), actor)], stores, clock)


def _kept_beside(name: Plain, aliases: Plain, stores: RecordkeepingStores) -> str:
    kept = draw_person({"name": name, "aliases": aliases})
    stores.persons.put(kept.commitment, kept.salt, kept.data)
    return person_holder(kept.commitment)


def _state(code: str) -> str:
    if code not in catalogue().states:
        raise TransferRefused([Finding("transfers.state_unknown", _EMBARGOED, {"field": "state", "texts": [code]})])
    return code
