"""What every store promises of the record."""

from dataclasses import replace

import pytest

from tests.recordkeeping.sealed_logs import verify_ed25519
from tests.stores.lives import RECORDED_AT, Stores, happened, keep, keep_and_fail, keep_many, registered
from tracemark.recordkeeping import (
    Checkpoint,
    Event,
    EventFilter,
    EventKind,
    Found,
    Frontier,
    Sealed,
    seal_event,
    verify_log,
)
from tracemark.recordkeeping.checkpoints import VerifierKey, verify_checkpoint
from tracemark.weapons import NO_WEAPON, WeaponId


def of_positions(sealed: list[Sealed]) -> list[int]:
    return [each.position for each in sealed]


def test_an_empty_record(stores: Stores) -> None:
    assert (stores.records.size(), stores.records.head(), list(stores.records.all())) == (0, None, [])
    assert (list(stores.records.found()), list(stores.records.checkpoints())) == ([], [])
    assert stores.records.of_weapon(WeaponId(1)) == []


def test_what_was_sealed_is_read_back_as_it_was(stores: Stores) -> None:
    kept = keep(stores, registered(1, "АБ-12 ٣"), registered(2, "B2"), happened(1, "lost"))
    assert list(stores.records.all()) == kept
    assert list(stores.records.all(first=2)) == kept[2:]
    assert list(stores.records.found()) == [Found([0, 1, 2], b"".join(each.leaf for each in kept))]
    assert stores.records.at(1) == kept[1]
    assert stores.records.newest(2) == [kept[2], kept[1]]
    assert stores.records.size() == 3


def test_the_latest_event_of_a_kind_that_concerns_no_weapon(stores: Stores) -> None:
    def adopted(version: str) -> Event:
        details = {"weights": version, "fingerprint": "ab", "proposed_by": "ana"}
        return replace(registered(1, "B2"), weapon=NO_WEAPON, kind=EventKind.WEIGHTS_ADOPTED, details=details)

    assert stores.records.latest(EventKind.WEIGHTS_ADOPTED) is None
    kept = keep(stores, registered(1, "A1"), adopted("v3"), adopted("v4"), happened(1, "lost"))
    assert stores.records.latest(EventKind.WEIGHTS_ADOPTED) == kept[2]
    assert stores.records.latest(EventKind.LOST) is None


def test_events_of_weapons_in_the_order_of_the_record(stores: Stores) -> None:
    kept = keep(stores, registered(1, "A1"), registered(2, "B2"), happened(1, "lost"))
    assert stores.records.of_weapon(WeaponId(1)) == [kept[0], kept[2]]
    wanted = [WeaponId(1), WeaponId(2), WeaponId(3)]
    assert stores.records.of_weapons(wanted) == {1: [kept[0], kept[2]], 2: [kept[1]], 3: []}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EventFilter(), [2, 1, 0]),
        (EventFilter(kind="lost"), [2]),
        (EventFilter(weapon=WeaponId(1)), [2, 0]),
        (EventFilter(account="officer", authority="XT-REG"), [2, 1, 0]),
        (EventFilter(account="%"), []),
        (EventFilter(account="_fficer"), []),
        (EventFilter(authority="officer"), []),
    ],
)
def test_events_are_looked_for(wanted: EventFilter, found: list[int], stores: Stores) -> None:
    keep(stores, registered(1, "A1"), registered(2, "B2"), happened(1, "lost"))
    assert of_positions(stores.records.matching(wanted, first=0, end=3, limit=9)) == found
    assert of_positions(stores.records.matching(wanted, first=0, end=3, limit=1)) == found[:1]
    assert of_positions(stores.records.matching(wanted, first=1, end=2, limit=9)) == [at for at in found if at == 1]


def test_no_such_event(stores: Stores) -> None:
    keep(stores, registered(1, "A1"))
    with pytest.raises(KeyError):
        stores.records.at(1)


def test_events_must_follow_what_is_sealed(stores: Stores) -> None:
    keep(stores, registered(1, "A1"))
    early = seal_event(registered(2, "B2"), position=0, recorded_at=RECORDED_AT)
    with pytest.raises(ValueError, match="do not follow the 1"), stores.atomic():
        stores.records.extend([early], stores.signer)
    assert stores.records.size() == 1


def test_each_transaction_leaves_a_signed_head(stores: Stores) -> None:
    kept = [*keep(stores, registered(1, "A1")), *keep(stores, registered(2, "B2"), registered(3, "C3"))]
    heads = list(stores.records.checkpoints())
    roots = [Frontier().extend([each.leaf for each in kept[:size]]).root for size in (1, 3)]
    assert [(head.origin, head.size, head.root) for head in heads] == [
        (stores.signer.name, 1, roots[0]),
        (stores.signer.name, 3, roots[1]),
    ]
    assert (stores.records.newest_checkpoints(1), stores.records.newest_checkpoints(9)) == (heads[1:], heads[::-1])
    assert stores.records.head() == heads[1]
    for head in heads:
        verify_checkpoint(head, [VerifierKey(stores.signer.name, stores.signer.public_key)], verify_ed25519)


def test_a_record_of_several_tiles_verifies(stores: Stores) -> None:
    for first, count in ((1, 300), (301, 1), (302, 255), (557, 512)):
        keep_many(stores, count, first)
    key = VerifierKey(stores.signer.name, stores.signer.public_key)

    def signed(checkpoint: Checkpoint) -> object:
        return verify_checkpoint(checkpoint, [key], verify_ed25519)

    records = stores.records
    with stores.snapshot():
        found = verify_log(
            records.found(),
            records.tiles(),
            records.checkpoints(),
            verify_signature=signed,
            every_signature=True,
        )
    assert (found.events, found.faults, found.ok) == (1068, (), True)


def test_tiles_in_order_and_at_random(stores: Stores) -> None:
    keep_many(stores, 1100)
    leaves = [each.leaf for each in stores.records.all()]
    tiles = stores.records.tiles()
    for index in (0, 1, 2, 3, 1, 0):
        tile = tiles.tile(0, index)
        assert tile is not None
        assert tile.hashes == b"".join(leaves[index * 256 : index * 256 + 256])
    assert (tiles.tile(0, 4), tiles.tile(1, 0), tiles.tile(0, 400)) == (None, None, None)
    assert tiles.roots(0, 1, 2) == [tile.root for index in (1, 2) if (tile := tiles.tile(0, index))]
    assert len(tiles.roots(0, 0, 256)) == 4
    assert tiles.pending(1024) == b"".join(leaves[1024:])


def test_nothing_is_left_of_what_failed(stores: Stores) -> None:
    keep(stores, registered(1, "A1"))
    before = list(stores.records.checkpoints()), list(stores.records.all())
    with pytest.raises(ZeroDivisionError):
        keep_and_fail(stores, registered(2, "B2"))
    assert (list(stores.records.checkpoints()), list(stores.records.all())) == before
    with pytest.raises(KeyError):
        stores.register.state(WeaponId(2))
    assert stores.register.bearing(["B2"]) == {}


def test_of_nested_transactions_only_the_part_that_failed_is_undone(stores: Stores) -> None:
    with stores.atomic():
        keep(stores, registered(1, "A1"))
        with pytest.raises(ZeroDivisionError):
            keep_and_fail(stores, registered(2, "B2"))
        keep(stores, registered(3, "C3"))
    assert [each.event.weapon for each in stores.records.all()] == [1, 3]


def test_events_that_mention_a_text_come_in_order(stores: Stores) -> None:
    keep(stores, registered(1, "A1"), happened(1, "lost", place="Порт"), registered(2, "B2"))
    assert [each.position for each in stores.records.mentioning("registered")] == [0, 2]
    assert [each.position for each in stores.records.mentioning("Порт")] == [1]
    assert list(stores.records.mentioning('"photo')) == []
