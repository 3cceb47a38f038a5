from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.recordkeeping.sealed_logs import ORIGIN, SealedLog, SeededSigner, fault
from tracemark.recordkeeping.checkpoints import Checkpoint, sign_checkpoint
from tracemark.recordkeeping.comparison import FaultKind
from tracemark.recordkeeping.trees import leaf_hash

# One event at a time, batches within a tile, batches across tiles; all end in a tile that is not full.
SINGLE, BATCHES, BULK = [1] * 600, [7] * 100, [1000]
SHAPES = [SINGLE, BATCHES, BULK, [3, 250, 3, 1, 400, 100]]

FORGED = leaf_hash(b"forged")


@pytest.fixture(params=SHAPES, ids=["single", "batches", "bulk", "mixed"])
def log(request: pytest.FixtureRequest) -> SealedLog:
    return SealedLog(request.param)


# Places in a full tile, at borders of tiles, and in the pending end.
@pytest.fixture(params=[0, 100, 255, 256, 511, 520, -1])
def at(request: pytest.FixtureRequest, log: SealedLog) -> int:
    place: int = request.param
    return range(len(log.rows))[place]


def test_an_untouched_record_is_sound(log: SealedLog) -> None:
    verification = log.verify(log.checkpoints[0], every_signature=True)
    assert (verification.ok, verification.faults) == (True, ())
    assert (verification.events, verification.head) == (len(log.rows), log.checkpoints[-1])


def test_the_empty_record_is_sound() -> None:
    assert SealedLog([]).verify().ok
    assert SealedLog([0]).verify().ok
    assert SealedLog([0, 256]).verify().ok
    assert SealedLog([256]).verify().ok
    assert SealedLog([512, 0, 0]).verify().ok


def test_a_body_changed(log: SealedLog, at: int) -> None:
    log.change(at)
    assert log.faults() == [(at, "changed", None)]


def test_a_row_deleted(log: SealedLog, at: int) -> None:
    del log.rows[at]
    assert log.faults() == [(at, "deleted", None)]


def test_a_row_deleted_and_the_later_ones_renumbered(log: SealedLog, at: int) -> None:
    del log.rows[at]
    log.renumber()
    assert log.faults() == [(at, "deleted", None)]


def test_a_row_inserted_and_the_later_ones_shifted(log: SealedLog, at: int) -> None:
    log.rows.insert(at, (at, b"forged"))
    log.renumber()
    assert log.faults() == [(at, "inserted", None)]


def test_two_rows_swapped(log: SealedLog, at: int) -> None:
    other = (at + 300) % len(log.rows)
    log.swap(at, other)
    assert log.faults() == [(min(at, other), "swapped", max(at, other))]


def test_a_row_moved(log: SealedLog) -> None:
    log.rows.insert(500, log.rows.pop(20))
    log.renumber()
    assert log.faults() == [(20, "moved", 500)]


def test_a_row_appended_without_a_seal(log: SealedLog) -> None:
    size = len(log.rows)
    log.rows.append((size, b"forged"))
    assert log.faults() == [(size, "unsealed", None)]


def test_the_last_rows_deleted(log: SealedLog) -> None:
    size = len(log.rows)
    del log.rows[size - 200 :]
    assert log.faults() == [(size - 200, "deleted", size - 1)]


def test_all_rows_deleted(log: SealedLog) -> None:
    size = len(log.rows)
    log.rows.clear()
    assert log.faults() == [(0, "deleted", size - 1)]


@pytest.mark.parametrize("root_too", [False, True])
def test_a_tile_changed_while_the_row_is_right(log: SealedLog, root_too: bool) -> None:
    log.edit_tile(300, FORGED, root_too=root_too)
    assert log.verify().faults == (fault(300, FaultKind.TILE_CHANGED, None, "tile/0/001"),)


def test_the_root_kept_with_a_tile_changed(log: SealedLog) -> None:
    log.seal.tiles[0, 1] = replace(log.seal.tiles[0, 1], root=FORGED)
    assert log.verify().faults == (fault(256, FaultKind.TILE_CHANGED, None, "tile/1/000"),)


def test_a_row_and_its_tile_changed_alike(log: SealedLog) -> None:
    log.change(300)
    log.edit_tile(300, FORGED, root_too=True)
    sealed_by = next(each for each in log.checkpoints if each.size > 300)
    before = max((each.size for each in log.checkpoints if each.size <= 300), default=0)
    single = sealed_by.size - before == 1
    assert log.faults() == [(before, "changed", None) if single else (before, "root_differs", sealed_by.size - 1)]


def test_a_row_and_its_tile_changed_alike_but_not_the_root_above(log: SealedLog) -> None:
    log.change(300)
    log.edit_tile(300, FORGED, root_too=False)
    first, kind, last = log.faults()[0]
    assert len(log.faults()) == 1
    assert kind in {"changed", "root_differs"}
    assert first is not None
    assert max(256, first) <= 300 <= (first if last is None else last) < 512


def test_a_row_and_its_pending_hash_changed_alike() -> None:
    log = SealedLog(SINGLE)
    log.change(590)
    log.edit_pending(590, FORGED)
    assert log.verify().faults == (fault(590, FaultKind.CHANGED, None, "tile/0/002.p/88"),)


def test_a_pending_hash_changed_while_the_row_is_right() -> None:
    for shape in SHAPES:
        log = SealedLog(shape)
        last = len(log.rows) - 1
        log.edit_pending(last, FORGED)
        [only] = log.verify().faults
        assert (only.event, only.fault) == (last, FaultKind.TILE_CHANGED)


def test_a_tile_changed_under_many_checkpoints() -> None:
    log = SealedLog(SINGLE)
    log.edit_tile(300, FORGED, root_too=True)
    log.change(400)
    assert log.verify().faults == (
        fault(300, FaultKind.TILE_CHANGED, None, "tile/0/001"),
        fault(400, FaultKind.CHANGED),
    )


def test_a_tile_missing(log: SealedLog) -> None:
    del log.seal.tiles[0, 1]
    assert log.verify().faults == (fault(256, FaultKind.TILE_MISSING, None, "tile/0/001"),)


def test_pending_hashes_missing(log: SealedLog) -> None:
    log.seal.pendings.clear()
    start, size = len(log.rows) // 256 * 256, len(log.rows)
    assert log.verify().faults == (
        fault(start, FaultKind.TILE_MISSING, None, f"tile/0/00{start // 256}.p/{size - start}"),
    )


def test_a_tile_missing_together_with_a_row() -> None:
    log = SealedLog(BATCHES)
    del log.seal.tiles[0, 1], log.rows[300]
    assert log.faults() == [(256, "tile_missing", None), (300, "deleted", None)]


def test_a_tile_missing_and_a_row_changed() -> None:
    log = SealedLog(SINGLE)
    del log.seal.tiles[0, 1]
    log.change(300)
    assert log.faults() == [(256, "tile_missing", None), (300, "changed", None)]


def test_a_tile_cut_short() -> None:
    log = SealedLog(BATCHES)
    tile = log.seal.tiles[0, 0]
    log.seal.tiles[0, 0] = replace(tile, hashes=tile.hashes[:-1])
    assert log.faults() == [(0, "tile_missing", None)]


@pytest.mark.parametrize(
    ("tamper", "event", "place", "kind"),
    [
        (lambda tile: replace(tile, hashes=tile.hashes[:320] + FORGED + tile.hashes[352:]), 2560, "tile/1/000", None),
        (lambda tile: replace(tile, root=FORGED), 0, "tile/2/000", None),
        (lambda _: None, 0, "tile/1/000", FaultKind.TILE_MISSING),
    ],
)
def test_a_tile_above_changed(tamper: Callable[..., object], event: int, place: str, kind: FaultKind | None) -> None:
    log = SealedLog([65_536, 1000])
    log.seal.tiles[1, 0] = tamper(log.seal.tiles[1, 0])  # type: ignore[assignment]
    assert log.verify().faults == (fault(event, kind or FaultKind.TILE_CHANGED, None, place),)


def test_a_tile_and_its_root_are_judged_by_the_tile_above() -> None:
    log = SealedLog([65_536, 1000])
    log.edit_tile(300, FORGED, root_too=True)
    assert log.verify().faults == (fault(300, FaultKind.TILE_CHANGED, None, "tile/0/001"),)


def test_a_checkpoint_changed(log: SealedLog) -> None:
    last = log.checkpoints[-1]
    log.checkpoints[-1] = replace(last, root=FORGED)
    place = f"checkpoint/{last.size}"
    assert log.verify().faults == (fault(last.size - 1, FaultKind.CHECKPOINT_CHANGED, None, place),)


def test_a_checkpoint_in_the_middle_changed() -> None:
    log = SealedLog(SINGLE)
    log.checkpoints[299] = replace(log.checkpoints[299], root=FORGED)
    assert log.verify().faults == (fault(299, FaultKind.CHECKPOINT_CHANGED, None, "checkpoint/300"),)


def test_a_checkpoint_that_claims_a_longer_record() -> None:
    log = SealedLog(BATCHES)
    log.checkpoints.append(replace(log.checkpoints[-1], size=10**12))
    assert log.faults() == [(10**12 - 1, "checkpoint_changed", None)]
    log.checkpoints[-1] = replace(log.checkpoints[-1], size=701)
    assert log.faults() == [(700, "checkpoint_changed", None)]


def test_a_signature_of_another_key() -> None:
    log = SealedLog(BATCHES)
    stranger = SeededSigner(seed=99)
    bare = [replace(each, signatures=()) for each in log.checkpoints]
    log.checkpoints[-1] = sign_checkpoint(bare[-1], stranger)
    assert log.verify().faults == (fault(699, FaultKind.SIGNATURE_REFUSED, None, "checkpoint/700"),)


def test_older_signatures_are_checked_when_asked() -> None:
    log = SealedLog(BATCHES)
    log.checkpoints[3] = replace(log.checkpoints[3], signatures=())
    assert log.verify().ok
    assert log.verify(every_signature=True).faults == (fault(27, FaultKind.SIGNATURE_REFUSED, None, "checkpoint/28"),)


def test_the_newest_checkpoints_missing() -> None:
    log = SealedLog(BATCHES)
    log.checkpoints = [each for each in log.checkpoints if each.size < 500]
    log.seal.pendings = [each for each in log.seal.pendings if each[0] < 500]
    assert log.faults() == [(497, "checkpoint_missing", None), (497, "unsealed", 699)]


def test_all_checkpoints_missing() -> None:
    log = SealedLog(BATCHES)
    log.checkpoints.clear()
    assert log.faults() == [(0, "checkpoint_missing", None), (0, "unsealed", 699)]
    assert log.verify().head is None


def test_an_older_state_put_back() -> None:
    log, kept = SealedLog(BATCHES[:60]), SealedLog(BATCHES).checkpoints[-1]
    assert log.verify().ok
    assert log.faults(kept) == [(420, "rolled_back", 699)]


def test_the_record_grew_from_a_checkpoint_kept_elsewhere(log: SealedLog) -> None:
    for kept in log.checkpoints[:: len(log.checkpoints) // 3 + 1]:
        assert log.verify(kept).ok


def test_a_record_written_anew_and_signed_with_the_right_key() -> None:
    log, kept = SealedLog(BATCHES), SealedLog([3] * 100).checkpoints[-1]
    assert log.verify(kept).ok
    forked = sign_checkpoint(Checkpoint(ORIGIN, 300, FORGED), log.signer)
    assert log.verify(forked).faults == (fault(299, FaultKind.FORKED, None, "checkpoint/300"),)


def test_a_checkpoint_of_another_record() -> None:
    log, other = SealedLog(BATCHES), SeededSigner()
    elsewhere = sign_checkpoint(replace(log.checkpoints[0], origin="other.example", signatures=()), other)
    assert log.faults(elsewhere) == [(6, "forked", None)]


def test_a_checkpoint_kept_elsewhere_that_nobody_signed() -> None:
    log = SealedLog(BATCHES)
    assert log.verify(replace(log.checkpoints[0], signatures=())).faults == (
        fault(6, FaultKind.SIGNATURE_REFUSED, None, "against"),
    )


def test_faults_of_several_kinds_are_all_named() -> None:
    log = SealedLog(BATCHES)
    log.change(3)
    log.swap(100, 690)
    log.seal.tiles[0, 1] = replace(log.seal.tiles[0, 1], root=FORGED)
    log.rows.insert(400, (400, b"forged"))
    log.renumber()
    assert log.faults() == [
        (3, "changed", None),
        (100, "swapped", 690),
        (256, "tile_changed", None),
        (400, "inserted", None),
    ]


def test_too_many_faults_end_the_search() -> None:
    log = SealedLog([11_000])
    log.rows = [(number, b"forged %d" % number) for number in range(11_000)]
    verification = log.verify()
    assert (verification.ok, verification.complete, len(verification.faults)) == (False, False, 10_000)
    assert verification.faults[0] == fault(0, FaultKind.CHANGED)
