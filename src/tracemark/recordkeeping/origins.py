from collections.abc import Iterable
from contextlib import suppress

from tracemark.authorities import require, require_listed
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite
from tracemark.recordkeeping.actions import append
from tracemark.recordkeeping.checkpoints import Checkpoint, NotACheckpoint, VerifierKey
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.kinds import EventKind, event_kinds
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.weapons import NO_WEAPON

_SOURCE = cite("ITI 11")


class OriginRefused(Refused):
    """The newest head was signed under another name or with another key, or a change of key is none."""


def require_origin(head: Checkpoint | None, key: VerifierKey) -> None:
    """Let pass a key under which the newest head was signed, so that no record goes on under another by mistake.

    A head whose signature is forged passes here: verification tells.

    Raises:
        OriginRefused: the head bears another name, or no signature of this key.
    """
    if head is None:
        return
    if head.origin != key.name:
        raise _refused("recordkeeping.other_origin", origin=head.origin, name=key.name)
    if not _signed(head, key):
        raise _refused("recordkeeping.other_key", key=key.key_id.hex(), signed=_ids(head))


def change_key(*, key: VerifierKey, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Sealed:
    """Seal that the record is signed with another key from here on, and why: the first event under the new one.

    `key` is that of the stores' signer. Heads signed before stay verifiable under the key that signed them.

    Raises:
        NotPermitted: the actor may not write the record, or acts for no listed agency.
        OriginRefused: nothing is sealed yet, the head bears another name or was signed with this key already, or no
            reason is given.
    """
    require(actor, event_kinds()[EventKind.KEY_CHANGED].permission)
    require_listed(actor, stores.agencies.all())
    if not reason.strip():
        raise _refused("recordkeeping.key_reason_missing")
    with stores.atomic():
        head = stores.records.head()
        if head is None or _signed(head, key):
            raise _refused("recordkeeping.key_not_changed", key=key.key_id.hex())
        if head.origin != key.name:
            raise _refused("recordkeeping.other_origin", origin=head.origin, name=key.name)
        details: dict[str, Plain] = {"key": str(key), "reason": reason}
        today = PartialDate.of(clock.now().date())
        event = Event(NO_WEAPON, EventKind.KEY_CHANGED, today, actor.authority, actor.name, details)
        return append(events=[event], stores=stores, clock=clock).sealed[0]


def keys_in_turn(
    own: VerifierKey, earlier: Iterable[VerifierKey], told: Iterable[Sealed]
) -> list[tuple[VerifierKey, int | None]]:
    """Return each key that may have signed a head, with the greatest size it may have signed; None for the present one.

    `earlier` are those that somebody vouches for from before the first change, `told` events among which the changes
    are: each tells its key, which serves until the next. What an altered event tells is no key; verification names it.
    """
    changes = [(each.position, each.event.details) for each in told if each.event.kind is EventKind.KEY_CHANGED]
    ends = [position for position, _ in changes]
    turns: list[tuple[VerifierKey, int | None]] = [(key, ends[0] if ends else None) for key in earlier]
    for (_, details), end in zip(changes, ends[1:], strict=False):
        with suppress(NotACheckpoint):
            turns.append((VerifierKey.parse(str(details.get("key", ""))), end))
    return [(own, None), *turns]


def _signed(head: Checkpoint, key: VerifierKey) -> bool:
    return any((each.name, each.key_id) == (key.name, key.key_id) for each in head.signatures)


def _ids(head: Checkpoint) -> list[str]:
    return [each.key_id.hex() for each in head.signatures]


def _refused(code: str, **facts: Plain) -> OriginRefused:
    return OriginRefused([Finding(code, _SOURCE, facts)])
