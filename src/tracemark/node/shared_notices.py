"""Notices of signals, refusals and embargoes as letters to other nodes, and those that came of them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracemark import diversion, recordkeeping, secretariat, transfers
from tracemark.authorities import Level, Permission, require
from tracemark.correspondence import EnvelopeRefused, Message, Peer, Posted, Received, refuse_envelope
from tracemark.diversion import Notice
from tracemark.kernel import Actor, Plain, Refused
from tracemark.node.levels import received_of, states_of
from tracemark.node.nodes import Node
from tracemark.node.notices import verify_notice
from tracemark.recordkeeping import VerifierKey
from tracemark.secretariat import WARNING_TYPE, LeastNotice
from tracemark.transfers import Denial, Embargo, Hit

NOTICE_TYPE = "tracemark.notice/1"
EMBARGO_TYPE = "tracemark.embargo-notice/1"
_SENT = (NOTICE_TYPE, EMBARGO_TYPE, WARNING_TYPE)


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """A notice that came: from whose node, whose State, when (RFC 3339, UTC), and what it says."""

    peer: str
    state: str
    at: str
    notice: Notice | Denial | Embargo


def send_notice(node: Node, about: str, to: str, actor: Actor) -> str:
    """Post a signal, a refused licence or an own embargo to another node; that it was shared is sealed.

    A State's node is sent the whole notice, signed; a region or the world only its least. Return the message's id.

    Raises:
        NotPermitted: the actor may not share it.
        SharingRefused: nobody of that name is known, or `about` is none of the three.
        KeyError: there is no such dossier.
        SignalRefused: the signal was dismissed.
        TransferRefused: the licence was not refused.

    Source: ATT 11(4), ATT 11(5), PoA II.15.
    """
    peer = node.directory.find(to)
    if peer is None or not peer.is_known:
        raise secretariat.refuse_sharing("correspondence.recipient_unknown", peer=to)
    with node.stores.atomic():
        message = _message(node, about, peer, actor)
        return node.stores.outbox.post(message, at=node.clock.now())


def send_notices(node: Node, about: str, to: Sequence[str], actor: Actor) -> Sequence[str]:
    """Post a notice to several nodes, or to none where one of them cannot be told; return their names.

    Raises:
        NotPermitted, SharingRefused, KeyError, SignalRefused, TransferRefused: as `send_notice`.
    """
    with node.stores.atomic():
        for each in to:
            send_notice(node, about, each, actor)
    return to


def sent_notices(node: Node, about: str) -> list[Posted]:
    """Return the notices of a signal, a refusal or an embargo that were posted, the newest first; at most 50."""
    return [each for each in node.stores.outbox.page(about=about) if each.message.type in _SENT]


def take_notice(node: Node, received: Received) -> None:
    """Take in a notice, once the record's key of its node signed it.

    Raises:
        EnvelopeRefused: this is no State's node, or the notice is none or is not signed with that key.
    """
    if node.level is not Level.NATIONAL:
        raise refuse_envelope("secretariat.only_the_least", peer=received.sender)
    try:
        _notice_in(node, received)
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def take_embargo(_: Node, received: Received) -> None:
    """Take in word of another State's embargo.

    Raises:
        EnvelopeRefused: it is none.
    """
    try:
        read_embargo(received.body)
    except (KeyError, TypeError, ValueError):
        raise refuse_envelope("transfers.embargo_unfit", peer=received.sender) from None


def take_least(node: Node, received: Received) -> None:
    """Take in the least of a notice.

    Raises:
        EnvelopeRefused: this is a State's node, or it is none.
    """
    if node.level is Level.NATIONAL:
        raise refuse_envelope("secretariat.not_for_a_state", peer=received.sender, type=received.type)
    try:
        secretariat.read_least(states_of(node).get(received.sender, ""), received.body)
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def told_notices(node: Node) -> list[ToldNotice]:
    """Return the notices that other States told this node, the newest first."""
    states, found = states_of(node), list[ToldNotice]()
    for received in received_of(node, NOTICE_TYPE):
        file = recordkeeping.read_file(str(received.body["notice"]))
        is_denial = file.type.startswith("tracemark.denial-notice/")
        notice = Denial(**file.notice) if is_denial else Notice(**file.notice)
        found.append(ToldNotice(received.sender, states.get(received.sender, ""), received.received_at, notice))
    for received in received_of(node, EMBARGO_TYPE):
        embargo = read_embargo(received.body)
        found.append(ToldNotice(received.sender, states.get(received.sender, ""), received.received_at, embargo))
    return sorted(found, key=lambda each: each.at, reverse=True)


def told_least(node: Node) -> Iterator[LeastNotice]:
    """Yield the least of each notice that States told this node, in the order in which they came."""
    states = states_of(node)
    for received in received_of(node, WARNING_TYPE):
        yield secretariat.read_least(states.get(received.sender, ""), received.body)


def told_hits(node: Node, names: list[str]) -> list[Hit]:
    """Hold names against the parties of refusals that other States told."""
    denials = (each for each in told_notices(node) if isinstance(each.notice, Denial))
    return transfers.screen(names, [listed for each in denials for listed in transfers.denied_in(each.notice)])  # type: ignore[arg-type]


def told_embargoes(node: Node, state: str, on: date) -> list[ToldNotice]:
    """Return the embargoes of other States on a destination that hold on a day, as they told them."""
    told = ((each, each.notice) for each in told_notices(node))
    return [each for each, notice in told if isinstance(notice, Embargo) and notice.state == state and notice.holds(on)]


def read_embargo(told: Mapping[str, Any]) -> Embargo:
    """Read an embargo that came. Raises KeyError, TypeError or ValueError where it is none."""
    texts = {name: str(told[name])[:400] for name in ("code", "state", "symbol", "scope", "note")}
    until = date.fromisoformat(told["until"]) if told["until"] else None
    exemptions = tuple(map(str, told["exemptions"]))[:20]
    if texts["scope"] not in {"all", "non_state"} or len(texts["state"]) != len("XX"):
        raise ValueError(texts["scope"])
    return Embargo(**texts, since=date.fromisoformat(told["since"]), until=until, exemptions=exemptions)


def _message(node: Node, about: str, peer: Peer, actor: Actor) -> Message:
    to_state, acting = peer.card.state or peer.name, {"actor": actor, "stores": node.stores, "clock": node.clock}
    least = peer.card.level is not Level.NATIONAL
    if about.startswith("EM-"):
        return _embargo_message(node, about, peer, actor, least=least)
    if about.startswith("EL-"):
        text = transfers.share_refusal(licence=about, for_state=to_state, state=node.state, **acting)  # type: ignore[arg-type]
    elif about.startswith("SG-"):
        text = diversion.share_signal(signal=about, to_state=to_state, state=node.state, **acting)  # type: ignore[arg-type]
    else:
        raise secretariat.refuse_sharing("secretariat.no_notice", about=about)
    if least:
        told = json.loads(text)["notice"]
        return Message(peer.name, WARNING_TYPE, _least(node.state, told).plain(), about=about)
    return Message(peer.name, NOTICE_TYPE, {"notice": text}, about=about)


def _embargo_message(node: Node, about: str, peer: Peer, actor: Actor, *, least: bool) -> Message:
    require(actor, Permission.SCREENING_WRITE)
    found = next((each for each in transfers.own_embargoes(node.stores) if each.code == about), None)
    if found is None:
        raise KeyError(about)
    if least:
        on = node.clock.now().date().isoformat()
        told = LeastNotice(node.state, about, on, "embargo", "", found.state, {})
        return Message(peer.name, WARNING_TYPE, told.plain(), about=about)
    body: dict[str, Plain] = {name: getattr(found, name) for name in ("code", "state", "symbol", "scope", "note")}
    until = found.until.isoformat() if found.until else ""
    body |= {"since": found.since.isoformat(), "until": until, "exemptions": list(found.exemptions)}
    return Message(peer.name, EMBARGO_TYPE, body, about=about)


def _least(state: str, told: Mapping[str, Any]) -> LeastNotice:
    if "rule" in told:
        sorts = Counter(str(each["kind"]) for each in told["weapons"])
        return LeastNotice(state, told["reference"], told["issued_on"], told["rule"], told["strength"], "", sorts)
    counted = Counter[str]()
    for each in told["goods"]:
        counted[str(each["kind"])] += int(each["quantity"])
    return LeastNotice(state, told["reference"], told["issued_on"], "refusal", told["risk"], told["to_state"], counted)


def _notice_in(node: Node, received: Received) -> Notice | Denial:
    peer = node.directory.find(received.sender)
    text = str(received.body.get("notice"))
    keys = [each.public_key for each in peer.keys if not each.revoked] if peer else []
    if not keys:
        raise refuse_envelope("correspondence.recipient_unknown", peer=received.sender)
    return verify_notice(text, str(VerifierKey(received.sender, keys[-1])))
