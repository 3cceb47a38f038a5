from collections.abc import Mapping
from datetime import datetime, timedelta

from tracemark.authorities import require_second_person
from tracemark.correspondence.peers import Card, Peer, key_id, peer_of
from tracemark.correspondence.refusals import refuse_peer
from tracemark.kernel import Actor, Clock, Plain, instant_text
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    append_step,
    event_kinds,
    every_folded,
    require_step,
)

EVERY_DAYS = 180
"""After how many days without a word of its contact a node is stale, unless somebody says otherwise."""

_OPEN_ENDPOINTS = ("https://", "http://127.0.0.1", "http://localhost")
_LIVE = ("proposed", "known", "revoked")


def propose_peer(
    *, card: Card, every_days: int = EVERY_DAYS, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> str:
    """Propose another node for the directory, and return its dossier; a second person confirms it.

    Raises:
        NotPermitted: the actor may not write the directory.
        PeerRefused: a node of this name is there already, or is ours; its endpoint is unsafe.

    Source: ITI 25.
    """
    require_step(EventKind.PEER_PROPOSED, actor, stores)
    _require_endpoint(card)
    if not 0 < every_days <= 3650:  # noqa: PLR2004 - ten years
        raise refuse_peer("correspondence.interval_unfit", field="every_days", days=every_days)
    with stores.atomic():
        known = every_folded("peer", peer_of, stores, _LIVE)
        if card.name == stores.signer.name or any(card.name == each.name for each in known):
            raise refuse_peer("correspondence.peer_known", field="card", peer=card.name)
        name = stores.dossiers.next_name("peer", clock.now().year)
        _tell(EventKind.PEER_PROPOSED, name, {"contents": card.plain(), "fresh_days": every_days}, actor, stores, clock)
    return name


def list_peer(*, peer: str, spoken: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Peer:
    """Confirm a node that another proposed, once the forty digits that its people read out are those of its card.

    Raises:
        NotPermitted: the actor may not confirm, or proposed it.
        PeerRefused: there is no such node, nothing waits for confirmation, or the digits are others.

    Source: ITI 25, PoA II.17.
    """
    with stores.atomic():
        known = _next(peer, EventKind.PEER_LISTED, actor, stores)
        require_second_person(known.proposed_by, actor)
        if known.proposed is None or _digits(spoken) != _digits(known.proposed.spoken):
            raise refuse_peer("correspondence.digits_differ", field="spoken", dossier=peer)
        due = _due(known, clock)
        return _tell(EventKind.PEER_LISTED, peer, {"due": due}, actor, stores, clock)


def decline_peer(*, peer: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Peer:
    """Decline a node or a key that was proposed, and say why.

    Raises:
        NotPermitted: the actor may not confirm.
        PeerRefused: there is no such node, nothing waits for confirmation, or no reason is given.
    """
    with stores.atomic():
        _next(peer, EventKind.PEER_DECLINED, actor, stores)
        return _tell(EventKind.PEER_DECLINED, peer, {"reason": _said(reason)}, actor, stores, clock)


def change_peer(*, peer: str, card: Card, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Peer:
    """Record that endpoint, contact, languages, level or competent authorities of a node changed, its keys not.

    Raises:
        NotPermitted: the actor may not write the directory.
        PeerRefused: there is no such node, its name or signing key differ, nothing changes, or the endpoint is unsafe.
    """
    _require_endpoint(card)
    with stores.atomic():
        known = _next(peer, EventKind.PEER_CHANGED, actor, stores)
        record_change(known, card, actor, stores, clock)
        return peer_of(peer, stores.dossiers.events(peer))


def confirm_peer(*, peer: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Peer:
    """Record that a node's contact confirmed that all holds.

    Raises:
        NotPermitted: the actor may not write the directory.
        PeerRefused: there is no such node, or it is not one that messages go to.
    """
    with stores.atomic():
        return record_confirmation(_next(peer, EventKind.PEER_CONFIRMED, actor, stores), actor, stores, clock)


def rotate_key(
    *, peer: str, card: Card, signed: str, by: bytes, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Peer:
    """Record that another signing key of a node follows; `signed` is the document, and `by` the key that signed it.

    Raises:
        NotPermitted: the actor may not write the directory.
        PeerRefused: there is no such node, the name is another's, it was not the key in use that signed, or the
            endpoint is unsafe.
    """
    _require_endpoint(card)
    with stores.atomic():
        known = _next(peer, EventKind.PEER_KEY_ROTATED, actor, stores)
        if card.name != known.name or by != known.card.signing_key or card.signing_key == by:
            raise refuse_peer("correspondence.rotation_unfit", dossier=peer, key=key_id(by))
        details: dict[str, Plain] = {"contents": card.plain(), "signed": signed}
        return _tell(EventKind.PEER_KEY_ROTATED, peer, details, actor, stores, clock)


def revoke_key(
    *, peer: str, since: datetime, reason: str, key: str = "", actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Peer:
    """Revoke a node's signing key from an instant on, and those that followed it: nothing is let in from there.

    `key` is the id of an earlier key; "" is the one in use. Who proposed the node may revoke at once, alone.

    Raises:
        NotPermitted: the actor may not write the directory.
        PeerRefused: there is no such node or key, the instant lies in the future, or no reason is given.
    """
    with stores.atomic():
        known = _next(peer, EventKind.PEER_KEY_REVOKED, actor, stores)
        found = [each for each in known.keys if key in ("", key_id(each.public_key)) and not each.revoked]
        if not found:
            raise refuse_peer("correspondence.no_such_key", field="key", dossier=peer, key=key)
        if since > clock.now():
            raise refuse_peer("correspondence.revoked_in_future", field="since", since=instant_text(since))
        details: dict[str, Plain] = {
            "key": found[-1].public_key.hex(),
            "revoked_at": instant_text(since),
            "reason": _said(reason),
        }
        return _tell(EventKind.PEER_KEY_REVOKED, peer, details, actor, stores, clock)


def propose_key(*, peer: str, card: Card, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Peer:
    """Propose the card with a new key of a node whose key was revoked; a second person confirms it as at first.

    Raises:
        NotPermitted: the actor may not write the directory.
        PeerRefused: there is no such node, its key was not revoked, the name is another's, or the key was revoked.
    """
    _require_endpoint(card)
    with stores.atomic():
        known = _next(peer, EventKind.PEER_KEY_PROPOSED, actor, stores)
        if card.name != known.name or card.signing_key in {each.public_key for each in known.keys}:
            raise refuse_peer("correspondence.key_unfit", field="card", dossier=peer)
        return _tell(EventKind.PEER_KEY_PROPOSED, peer, {"contents": card.plain()}, actor, stores, clock)


def record_change(known: Peer, card: Card, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record a changed card, inside a transaction, whoever tells it.

    Raises:
        PeerRefused: name or signing key differ, or nothing changes.
    """
    if (card.name, card.signing_key) != (known.name, known.card.signing_key) or card == known.card:
        raise refuse_peer("correspondence.card_unfit", field="card", dossier=known.dossier)
    _tell(EventKind.PEER_CHANGED, known.dossier, {"contents": card.plain()}, actor, stores, clock)


def record_confirmation(known: Peer, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Peer:
    """Record that all holds, inside a transaction, whoever tells it."""
    return _tell(EventKind.PEER_CONFIRMED, known.dossier, {"due": _due(known, clock)}, actor, stores, clock)


def _next(name: str, kind: EventKind, actor: Actor, stores: RecordkeepingStores) -> Peer:
    """Return a node of which the actor may take the next step, and that stands where it may follow."""
    require_step(kind, actor, stores)
    try:
        peer = peer_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse_peer("correspondence.peer_unknown", dossier=name) from None
    if peer.standing not in event_kinds()[kind].follows:
        raise refuse_peer("correspondence.peer_step", dossier=name, standing=peer.standing)
    return peer


def _tell(
    kind: EventKind, name: str, details: Mapping[str, Plain], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Peer:
    append_step(kind, name, details, actor, stores, clock)
    return peer_of(name, stores.dossiers.events(name))


def _due(known: Peer, clock: Clock) -> str:
    return (clock.now() + timedelta(days=known.every_days)).date().isoformat()


def _digits(text: str) -> str:
    return "".join(str(int(each)) for each in text if each.isdecimal())


def _said(reason: str) -> str:
    if not reason.strip():
        raise refuse_peer("correspondence.reason_missing", field="reason")
    return reason.strip()


def _require_endpoint(card: Card) -> None:
    if card.endpoint and not card.endpoint.startswith(_OPEN_ENDPOINTS):
        raise refuse_peer("correspondence.endpoint_unsafe", field="endpoint", endpoint=card.endpoint)
