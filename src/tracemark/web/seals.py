import json

from django.http import Http404, HttpResponse, JsonResponse

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.node import Proof
from tracemark.recordkeeping import Amendment, ProofRefused, Sealed, WeaponRecord
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page


@needs(Permission.RECORD_READ)
def seal(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """List every event of a weapon, corrections included, with its place in the record and its leaf hash."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    records = desk.node.stores.records
    rows = [(each, *_corrections(each, record)) for each in records.of_weapon(weapon)]
    return page(desk, "web/weapon/seal.html", weapon=weapon, rows=rows, head=records.head())


@needs(Permission.RECORD_READ)
def event_seal(desk: Desk, weapon: WeaponId, position: int) -> HttpResponse:
    """Show one event as it was sealed, with a proof made on demand and checked before it is shown."""
    sealed, proof = _proved(desk, weapon, position)
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    corrected_by, corrects = _corrections(sealed, record)
    return page(
        desk,
        "web/weapon/event_seal.html",
        corrected_by=corrected_by,
        corrects=corrects,
        weapon=weapon,
        sealed=sealed,
        event=sealed.event,
        proof=proof,
        body=json.dumps(json.loads(sealed.body), ensure_ascii=False, indent=2),
        path=[each.hex() for each in proof.path],
        shown=_leads_to_head(sealed, proof),
    )


@needs(Permission.RECORD_READ)
def event_proof(desk: Desk, weapon: WeaponId, position: int) -> HttpResponse:
    """Give a file by which another State's programmer checks the event without us.

    Source: RFC 9162 2.1.3, C2SP tlog-checkpoint.
    """
    sealed, proof = _proved(desk, weapon, position)
    plain = {
        "position": position,
        "event": sealed.body.decode(),
        "leaf_hash": sealed.leaf.hex(),
        "size": proof.head.size,
        "root_hash": proof.head.root.hex(),
        "inclusion_proof": [each.hex() for each in proof.path],
        "checkpoint": str(proof.head),
        "key": str(desk.node.key),
    }
    answer = JsonResponse(plain, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{weapon_text(weapon)}-{position}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def _corrections(sealed: Sealed, record: WeaponRecord) -> tuple[tuple[Amendment, ...], Amendment | None]:
    """Return what put this event right, and what it put right itself."""
    corrects = (each for each in record.amendments if each.correction.position == sealed.position)
    return record.amended(sealed.position), next(corrects, None)


def _proved(desk: Desk, weapon: WeaponId, position: int) -> tuple[Sealed, Proof]:
    sealed = recordkeeping.event_at(position=position, actor=desk.actor, stores=desk.node.stores)
    if sealed.event.weapon != weapon:
        raise Http404
    return sealed, desk.node.prove(position, desk.actor)


def _leads_to_head(sealed: Sealed, proof: Proof) -> bool:
    head, leaf = proof.head, recordkeeping.leaf_hash(sealed.body)
    try:
        recordkeeping.verify_inclusion(leaf, sealed.position, head.size, head.root, proof.path)
    except ProofRefused:
        return False
    return True
