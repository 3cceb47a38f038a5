from datetime import date

from tracemark.authorities import Permission, require
from tracemark.correspondence.messages import Received
from tracemark.correspondence.peers import Peer, key_id, peer_of
from tracemark.correspondence.ports import CorrespondenceStores
from tracemark.kernel import Actor
from tracemark.recordkeeping import RecordkeepingStores, Sealed, every_dossier, own_events


class Directory:
    """The other nodes as machines look them up; what the record says of each is folded once until it says more."""

    def __init__(self, stores: RecordkeepingStores) -> None:
        self._stores = stores
        self._folded: dict[str, tuple[int, Peer]] = {}

    def all(self) -> list[Peer]:
        """Every node that was ever proposed, the newest first."""
        return [self._peer(each.name, each.last) for each in every_dossier("peer", None, self._stores)]

    def find(self, name: str) -> Peer | None:
        """Return the node of a name that was confirmed once, whether or not its key was revoked since."""
        return next((each for each in self.all() if each.name == name and each.keys), None)

    def of_key(self, named: str) -> Peer | None:
        """Return the node that ever signed with the key of an id."""
        known = (each for each in self.all() if each.keys)
        return next((each for each in known if named in map(key_id, (key.public_key for key in each.keys))), None)

    def _peer(self, name: str, last: int) -> Peer:
        known = self._folded.get(name)
        if known is None or known[0] != last:
            known = self._folded[name] = (last, peer_of(name, self._stores.dossiers.events(name)))
        return known[1]


def peer_list(*, actor: Actor, stores: RecordkeepingStores) -> list[Peer]:
    """List the other nodes by name.

    Raises:
        NotPermitted: the actor may not read the directory.
    """
    require(actor, Permission.PEER_READ)
    return sorted(Directory(stores).all(), key=lambda each: (each.name, each.dossier))


def peer_record(*, peer: str, actor: Actor, stores: RecordkeepingStores) -> Peer:
    """Read another node.

    Raises:
        NotPermitted: the actor may not read the directory.
        KeyError: there is none.
    """
    require(actor, Permission.PEER_READ)
    return peer_of(peer, stores.dossiers.events(peer))


def is_stale(peer: Peer, today: date) -> bool:
    """Whether a node's contact has not confirmed within its interval."""
    return peer.is_known and bool(peer.due) and peer.due < today.isoformat()


def since_revocation(*, peer: str, actor: Actor, stores: CorrespondenceStores) -> list[Received]:
    """List what was let in from a node after the instant from which its key is revoked: to be looked at again.

    Raises:
        NotPermitted: the actor may not read the directory.
        KeyError: there is no such node.
    """
    known = peer_record(peer=peer, actor=actor, stores=stores)
    since = min((each.until for each in known.keys if each.revoked), default="")
    found = stores.inbox.page(sender=known.name, limit=1000) if since else []
    return [each for each in found if each.received_at >= since]


def peer_history(*, peer: str, actor: Actor, stores: RecordkeepingStores) -> list[Sealed]:
    """List the events of a node in the order of the record.

    Raises:
        NotPermitted: the actor may not read the directory.
    """
    require(actor, Permission.PEER_READ)
    return own_events(peer, stores.dossiers.events(peer))
