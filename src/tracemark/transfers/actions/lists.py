from datetime import date

from tracemark.kernel import Actor, Clock, Finding, Plain, cite
from tracemark.recordkeeping import EventKind, RecordkeepingStores, dossier_step, require_step
from tracemark.transfers.actions.sealing import require_said, require_standing, seal, seen, today
from tracemark.transfers.embargoes import Embargo
from tracemark.transfers.refusals import TransferRefused
from tracemark.transfers.screening import Denied
from tracemark.weapons import catalogue

_EMBARGOED = cite("PoA II.15")


def list_party(*, denied: Denied, source: str = "", actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """List an organisation, ship or aircraft to which nothing is to go, and return the name of its dossier.

    A natural person's name is never entered: it would stay in the record for ever.

    Raises:
        NotPermitted: the actor may not.
        TransferRefused: name or reason is missing, or the State is not known.

    Source: PoA II.6.
    """
    kind = EventKind.PARTY_LISTED
    require_step(kind, actor, stores)
    details: dict[str, Plain] = {
        "name": require_said(denied.name, "name"),
        "reason": require_said(denied.reason, "reason"),
        "aliases": [each for text in denied.aliases if (each := text.strip())],
        "state": _state(denied.state) if denied.state else "",
        "symbol": source,
    }
    with stores.atomic():
        name = stores.dossiers.next_name("party", clock.now().year)
        seal([dossier_step(kind, name, details, today(clock), actor)], stores, clock)
    return name


def delist_party(*, party: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Take a party off the list. That it stood there stays on record.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it is off the list already, or no reason is given.
        KeyError: there is no such party.
    """
    _end(EventKind.PARTY_DELISTED, party, {"reason": require_said(reason, "reason")}, actor, stores, clock)


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


def _state(code: str) -> str:
    if code not in catalogue().states:
        raise TransferRefused([Finding("transfers.state_unknown", _EMBARGOED, {"field": "state", "texts": [code]})])
    return code
