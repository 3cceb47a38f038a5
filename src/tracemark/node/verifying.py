from collections.abc import Callable, Iterator, Sequence

from tracemark import exchange, recordkeeping
from tracemark.node.ports import Stores
from tracemark.recordkeeping import Checkpoint, Found, Verification, VerifierKey, verify_checkpoint, verify_log
from tracemark.weapons import NO_WEAPON


def verified(
    stores: Stores,
    key: VerifierKey,
    against: Checkpoint | None = None,
    told: Callable[[int], None] | None = None,
    *,
    every_head: bool = False,
    earlier_keys: Sequence[VerifierKey] = (),
) -> Verification:
    """Verify rows, tree and heads of a record, as the growth of `against` where it is given; `told` hears how far."""
    records = stores.records
    turns = recordkeeping.keys_in_turn(key, earlier_keys, records.of_weapon(NO_WEAPON) if every_head else ())
    return verify_log(
        _told_of(records.found(), told) if told else records.found(),
        records.tiles(),
        records.checkpoints(),
        verify_signature=lambda head: _signed_in_turn(head, turns),
        against=against,
        every_signature=every_head,
        origin=key.name,
    )


def _signed_in_turn(head: Checkpoint, turns: Sequence[tuple[VerifierKey, int | None]]) -> None:
    keys = [key for key, most in turns if most is None or head.size <= most]
    verify_checkpoint(head, keys, exchange.verify_signature)


def _told_of(found: Iterator[Found], told: Callable[[int], None]) -> Iterator[Found]:
    done = 0
    for each in found:
        done += len(each.positions)
        told(done)
        yield each
