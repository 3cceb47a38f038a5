from ninja import Router
from ninja.responses import Status as Answer

from tracemark import correspondence, node
from tracemark.api.access import Call, needs
from tracemark.api.schemas.peers import CardIn, DigitsIn, PeerOut, PeersOut, RevocationIn, RotationIn
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission

router = Router(tags=["peers"])


@router.get("/peers", response=PeersOut, operation_id="list_peers")
@needs(Permission.PEER_READ)
def list_peers(request: Call) -> PeersOut:
    """List the other nodes, by name."""
    return PeersOut(items=[_told(request, each) for each in correspondence.peer_list(**request.auth.reading)])


@router.post("/peers", response={201: PeerOut}, operation_id="propose_peer")
@needs(Permission.PEER_WRITE)
def propose_peer(request: Call, body: CardIn) -> Answer[PeerOut]:
    """Propose another node by its signed card; a second person confirms it."""
    card = node.open_card(body.card)
    name = correspondence.propose_peer(card=card, every_days=body.every_days, **request.auth.acting)
    return Answer(201, _told(request, correspondence.peer_of(name, request.auth.node.stores.dossiers.events(name))))


@router.get("/peers/{peer}", response=PeerOut, operation_id="read_peer")
@needs(Permission.PEER_READ)
def read_peer(request: Call, peer: DossierName) -> PeerOut:
    """Give another node: its card, its keys, and whether its contact confirmed in time."""
    return _told(request, correspondence.peer_record(peer=peer, **request.auth.reading))


@router.post("/peers/{peer}/listing", response=PeerOut, operation_id="confirm_peer")
@needs(Permission.PEER_APPROVE)
def confirm_peer(request: Call, peer: DossierName, body: DigitsIn) -> PeerOut:
    """Confirm a node that another proposed, by the forty digits its people read out."""
    return _told(request, correspondence.list_peer(peer=peer, spoken=body.spoken, **request.auth.acting))


@router.post("/peers/{peer}/rotation", response=PeerOut, operation_id="rotate_peer_key")
@needs(Permission.PEER_WRITE)
def rotate_peer_key(request: Call, peer: DossierName, body: RotationIn) -> PeerOut:
    """Know a node by the key that follows its own: as it announced by letter, or as its word given here says."""
    if not body.rotation:
        return _told(request, node.take_up_key(request.auth.node, peer, request.auth.actor))
    told = node.open_rotation(body.rotation)
    return _told(
        request,
        correspondence.rotate_key(peer=peer, card=told.card, signed=body.rotation, by=told.by, **request.auth.acting),
    )


@router.post("/peers/{peer}/revocation", response=PeerOut, operation_id="revoke_peer_key")
@needs(Permission.PEER_WRITE)
def revoke_peer_key(request: Call, peer: DossierName, body: RevocationIn) -> PeerOut:
    """Revoke a node's key: nothing is let in from there any more."""
    found = correspondence.revoke_key(
        peer=peer, since=body.since, reason=body.reason, key=body.key, **request.auth.acting
    )
    return _told(request, found)


def _told(request: Call, peer: correspondence.Peer) -> PeerOut:
    today = request.auth.node.clock.now().date()
    announced = node.announced_key(request.auth.node, peer)
    return PeerOut.of(peer, stale=correspondence.is_stale(peer, today), announced=announced)
