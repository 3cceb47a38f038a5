from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, text_of, writer
from tracemark.cli.output import fail, fail_for, print_json, print_line

if TYPE_CHECKING:
    from tracemark.correspondence import Card, Peer
    from tracemark.node import Node

Name = Annotated[str, typer.Argument(metavar="PEER", help="The node's dossier, such as ND-2026-000001.")]
Reason = Annotated[str, typer.Option(help="Why, for those who read it later.")]
CardFile = Annotated[Path, typer.Argument(metavar="FILE", help="The file of the other node's signed card.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of the directory."""
    part = typer.Typer(
        help="The directory of other nodes: their keys, where letters go, and who answers.", no_args_is_help=True
    )
    part.command("card")(card)
    part.command("add")(add)
    part.command("confirm")(confirm)
    part.command("decline")(decline)
    part.command("change")(change)
    part.command("refresh")(refresh)
    part.command("announce")(announce)
    part.command("rotate")(rotate)
    part.command("revoke")(revoke)
    part.command("renew")(renew)
    part.command("list")(list_peers)
    app.add_typer(part, name="peer")


def card(
    next_key: Annotated[
        Path | None, typer.Option("--next-key", help="The file of a new signing key: say that it follows ours.")
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Print this node's signed card, or the word that another key follows, to be given to other nodes."""
    from tracemark import node as nodes

    node = node_at(db)
    try:
        text = nodes.successor(node, next_key) if next_key else nodes.signed_card(node)
    except nodes.KeyUnusable as error:
        fail_for(error)
    told = nodes.open_rotation(text).card if next_key else nodes.own_card(node)
    if as_json:
        print_json({"card": text, "spoken": told.spoken, "says": told.plain()})
        return
    typer.echo(text)
    print_line("cli.card_spoken", spoken=told.spoken)


def add(
    file: CardFile,
    every_days: Annotated[int, typer.Option(help="After how many days of silence it is stale.", min=1, max=3650)] = 180,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Propose another node by its signed card; a second person confirms it."""
    from tracemark import correspondence

    node = node_at(db)
    told = _card(file)
    name = correspondence.propose_peer(card=told, every_days=every_days, **_by(node, Role.POINT_OF_CONTACT))
    if as_json:
        print_json({"name": name, "peer": told.name, "spoken": told.spoken})
    else:
        print_line("cli.peer_proposed", peer=name, name=told.name, spoken=told.spoken)


def confirm(
    peer: Name,
    spoken: Annotated[str, typer.Argument(metavar="DIGITS", help="The forty digits that its people read out to you.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Confirm a node or a key that another person proposed."""
    from tracemark import correspondence

    node = node_at(db)
    found = correspondence.list_peer(peer=peer, spoken=spoken, **_by(node, Role.APPROVER))
    _tell(found, "cli.peer_listed", as_json=as_json)


def decline(peer: Name, reason: Reason, db: Db = None, as_json: Json = False) -> None:
    """Decline a node or a key that was proposed."""
    from tracemark import correspondence

    node = node_at(db)
    found = correspondence.decline_peer(peer=peer, reason=reason, **_by(node, Role.APPROVER))
    _tell(found, "cli.peer_declined", as_json=as_json)


def change(peer: Name, file: CardFile, db: Db = None, as_json: Json = False) -> None:
    """Take over what changed in a node's card; its signing key does not change this way."""
    from tracemark import correspondence

    node = node_at(db)
    found = correspondence.change_peer(peer=peer, card=_card(file), **_by(node, Role.POINT_OF_CONTACT))
    _tell(found, "cli.peer_changed", as_json=as_json)


def refresh(peer: Name, db: Db = None, as_json: Json = False) -> None:
    """Record that a node's contact confirmed, by voice or letter, that all holds."""
    from tracemark import correspondence

    node = node_at(db)
    found = correspondence.confirm_peer(peer=peer, **_by(node, Role.POINT_OF_CONTACT))
    _tell(found, "cli.peer_refreshed", as_json=as_json)


def announce(
    next_key: Annotated[Path, typer.Option("--next-key", help="The file of the new signing key.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Tell every known node by letter that a new key follows ours, signed by both; change the key once all have it."""
    from tracemark import node as nodes

    node = node_at(db)
    try:
        told = nodes.announce_key(node, next_key, writer(node, Role.POINT_OF_CONTACT))
    except nodes.KeyUnusable as error:
        fail_for(error)
    if as_json:
        print_json({"told": told})
    else:
        print_line("cli.key_announced", count=len(told))


def rotate(
    peer: Name,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The file of its word that another key follows; else what it announced."),
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Take over a node's new signing key, which its old one and the new one signed."""
    from tracemark import correspondence
    from tracemark import node as nodes

    node = node_at(db)
    if file is None:
        found = nodes.take_up_key(node, peer, writer(node, Role.POINT_OF_CONTACT))
    else:
        text = _text(file)
        told = nodes.open_rotation(text)
        by = _by(node, Role.POINT_OF_CONTACT)
        found = correspondence.rotate_key(peer=peer, card=told.card, signed=text, by=told.by, **by)
    _tell(found, "cli.peer_rotated", as_json=as_json)


def revoke(
    peer: Name,
    reason: Reason,
    since: Annotated[
        str, typer.Option(metavar="INSTANT", help="From when, such as 2026-05-06T12:00Z; now if left out.")
    ] = "",
    key: Annotated[str, typer.Option(metavar="ID", help="An earlier key; the one in use if left out.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Revoke a node's signing key at once: nothing is let in from there until a new one is confirmed."""
    from tracemark import correspondence

    node = node_at(db)
    at = _instant(since) if since else node.clock.now()
    by = _by(node, Role.POINT_OF_CONTACT)
    found = correspondence.revoke_key(peer=peer, since=at, reason=reason, key=key, **by)
    doubtful = correspondence.since_revocation(peer=peer, actor=operator(node, Role.AUDITOR), stores=node.stores)
    if as_json:
        print_json({**correspondence.peer_plain(found), "doubtful": [each.id for each in doubtful]})
    else:
        print_line("cli.peer_revoked", peer=peer, count=len(doubtful))


def renew(peer: Name, file: CardFile, db: Db = None, as_json: Json = False) -> None:
    """Propose the new key of a node whose key was revoked; a second person confirms it."""
    from tracemark import correspondence

    node = node_at(db)
    found = correspondence.propose_key(peer=peer, card=_card(file), **_by(node, Role.POINT_OF_CONTACT))
    _tell(found, "cli.peer_renewed", as_json=as_json)


def list_peers(
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those silent too long; status 1 if there are any.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List the other nodes: how each stands, until when its contact is fresh, and whether it announced a new key."""
    from tracemark import correspondence
    from tracemark import node as nodes

    node = node_at(db)
    today = node.clock.now().date()
    found = correspondence.peer_list(actor=operator(node, Role.AUDITOR), stores=node.stores)
    if stale:
        found = [each for each in found if correspondence.is_stale(each, today)]
    if as_json:
        print_json({"peers": [_plain(node, each, today) for each in found]})
    else:
        if not found:
            print_line("cli.peers_none_stale" if stale else "cli.peers_none")
        for each in found:
            line = "cli.peer_line_stale" if correspondence.is_stale(each, today) else "cli.peer_line"
            print_line(line, peer=each.dossier, name=each.name, standing=each.standing, due=each.due or "–")
            if key := nodes.announced_key(node, each):
                named = correspondence.key_id(key.card.signing_key)
                print_line("cli.peer_announced", at=key.at[:10], key=named, peer=each.dossier)
    if stale and found:
        raise typer.Exit(1)


def _plain(node: "Node", peer: "Peer", today: date) -> dict[str, Any]:
    from tracemark import correspondence
    from tracemark import node as nodes

    key = nodes.announced_key(node, peer)
    announced = {"id": correspondence.key_id(key.card.signing_key), "at": key.at} if key else None
    stale = correspondence.is_stale(peer, today)
    return {**correspondence.peer_plain(peer), "stale": stale, "announced": announced}


def _tell(peer: "Peer", code: str, *, as_json: bool) -> None:
    from tracemark import correspondence

    if as_json:
        print_json(correspondence.peer_plain(peer))
    else:
        print_line(code, peer=peer.dossier, name=peer.name, due=peer.due)


def _by(node: "Node", role: Role) -> dict[str, Any]:
    return {"actor": writer(node, role), "stores": node.stores, "clock": node.clock}


def _card(file: Path) -> "Card":
    from tracemark import node as nodes

    return nodes.open_card(_text(file))


def _text(file: Path) -> str:
    """The first line of a file: what follows it may be what people were told."""
    return text_of(file).strip().partition("\n")[0].strip()


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return fail("cli.not_an_instant", text=text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
