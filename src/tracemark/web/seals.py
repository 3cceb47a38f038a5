from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, JsonResponse

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.kernel import Plain
from tracemark.recordkeeping import Checkpoint, ProofRefused, Sealed
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page


@dataclass(frozen=True, slots=True)
class Proof:
    """Shows that an event stands in the record a head seals. `shown` says whether the hashes really lead there."""

    sealed: Sealed
    head: Checkpoint
    hashes: Sequence[bytes]
    shown: bool

    def plain(self) -> dict[str, Plain]:
        """Return what another State's programmer needs to check it without us. Source: RFC 9162 2.1.3, C2SP tlog-checkpoint."""
        return {
            "position": self.sealed.position,
            "event": self.sealed.body.decode(),
            "leaf_hash": self.sealed.leaf.hex(),
            "size": self.head.size,
            "root_hash": self.head.root.hex(),
            "inclusion_proof": [each.hex() for each in self.hashes],
            "checkpoint": str(self.head),
        }


@needs(Permission.RECORD_READ)
def seal(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """List every event of a weapon, corrections included, with its place in the record and its leaf hash."""
    recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    records = desk.node.stores.records
    return page(desk, "web/weapon/seal.html", weapon=weapon, events=records.of_weapon(weapon), head=records.head())


@needs(Permission.RECORD_READ)
def event_seal(desk: Desk, weapon: WeaponId, position: int) -> HttpResponse:
    """Show one event as it was sealed, with a proof made on demand and checked before it is shown."""
    proof = _proof(desk, weapon, position)
    return page(desk, "web/weapon/event_seal.html", weapon=weapon, proof=proof, event=proof.sealed.event)


@needs(Permission.RECORD_READ)
def event_proof(desk: Desk, weapon: WeaponId, position: int) -> HttpResponse:
    """Give the proof as a file."""
    proof = _proof(desk, weapon, position).plain()
    answer = JsonResponse(proof, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{weapon_text(weapon)}-{position}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def _proof(desk: Desk, weapon: WeaponId, position: int) -> Proof:
    """Read the weapon first, so that nobody is given an event of a weapon out of their sight."""
    recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    records = desk.node.stores.records
    sealed, head = records.at(position), records.head()
    if sealed.event.weapon != weapon or head is None:
        raise Http404
    hashes = recordkeeping.inclusion_proof(position, head.size, recordkeeping.TileHashes(records.tiles()))
    return Proof(sealed, head, hashes, _shown(sealed, head, hashes))


def _shown(sealed: Sealed, head: Checkpoint, hashes: Sequence[bytes]) -> bool:
    try:
        recordkeeping.verify_inclusion(sealed.leaf, sealed.position, head.size, head.root, hashes)
    except ProofRefused:
        return False
    return recordkeeping.leaf_hash(sealed.body) == sealed.leaf
