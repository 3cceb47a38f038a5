from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from tracemark.authorities import Permission, require, require_sight, sees_node, visible_agencies
from tracemark.kernel import Actor, Clock, Plain, instant_text
from tracemark.recordkeeping.amendments import Amendment, amendments_of
from tracemark.recordkeeping.chains import Custody, custody
from tracemark.recordkeeping.checkpoints import Checkpoint
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.history import WeaponState
from tracemark.recordkeeping.holders import holders_in, person_commitment
from tracemark.recordkeeping.lifecycle import Step, steps
from tracemark.recordkeeping.ports import EventFilter, RecordkeepingStores, RegisterFilter, Verified
from tracemark.recordkeeping.verification import Verification
from tracemark.weapons import NO_WEAPON, WeaponId


@dataclass(frozen=True, slots=True)
class WeaponRecord:
    """All the record says of one weapon: what it is now, each step of its life, and how far custody can be followed.

    The steps stand as corrected; `amendments` say what was put right, in the order of the record.
    """

    state: WeaponState
    steps: tuple[Step, ...]
    custody: Custody
    amendments: tuple[Amendment, ...] = ()

    def amended(self, position: int) -> tuple[Amendment, ...]:
        """What was put right of the event at a place of the record."""
        return tuple(each for each in self.amendments if each.corrects == position)


def weapon_record(*, weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> WeaponRecord:
    """Read one weapon's record.

    Raises:
        NotPermitted: the actor may not read the record, or does not see this weapon's holder.
        KeyError: the record has no such weapon.

    Source: ITI 11.
    """
    require(actor, Permission.RECORD_READ)
    state = stores.register.state(weapon)
    require_sight(actor, state.holder, stores.agencies.all())
    events = stores.records.of_weapon(weapon)
    life = steps(weapon, events)
    return WeaponRecord(state, tuple(life), custody(life), tuple(amendments_of(events)))


def record_naming(*, holder: str, weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> WeaponRecord:
    """Read the record of a weapon that names a holder, now or earlier, so that nobody tries holders one after another.

    What was corrected since counts: it stays in the record, and whom it names keeps the right to be told and erased.

    Raises:
        NotPermitted: the actor may not read the record, or does not see this weapon's holder.
        KeyError: the record has no such weapon, or nothing that was ever recorded of it names the holder.
    """
    record = weapon_record(weapon=weapon, actor=actor, stores=stores)
    if not any(holder in holders_in(sealed.event.details) for sealed in stores.records.of_weapon(weapon)):
        raise KeyError(holder)
    return record


def persons_named(*, weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> list[str]:
    """List the persons whom anything recorded of a weapon names, corrected or not, as holder texts, oldest first.

    Raises:
        NotPermitted: the actor may not read the record, or does not see this weapon's holder.
        KeyError: the record has no such weapon.

    Source: ITI 15.
    """
    require(actor, Permission.RECORD_READ)
    require_sight(actor, stores.register.state(weapon).holder, stores.agencies.all())
    told = (holders_in(sealed.event.details) for sealed in stores.records.of_weapon(weapon))
    return list(dict.fromkeys(each for names in told for each in names if person_commitment(each)))


def register_page(
    *,
    wanted: RegisterFilter,
    actor: Actor,
    stores: RecordkeepingStores,
    after: WeaponId = NO_WEAPON,
    limit: int = 50,
) -> list[WeaponState]:
    """Read one page of the register, of those weapons only whose holders the actor sees.

    Raises:
        NotPermitted: the actor may not read the record.
    """
    require(actor, Permission.RECORD_READ)
    return stores.register.page(wanted, holders=_holders(actor, stores), after=after, limit=limit)


def event_at(*, position: int, actor: Actor, stores: RecordkeepingStores) -> Sealed:
    """Read the event at a position of the record, as it was sealed.

    Raises:
        NotPermitted: the actor may not read the record, or does not see the holder of the event's weapon.
        KeyError: there is no such event.
    """
    require(actor, Permission.RECORD_READ)
    sealed = stores.records.at(position)
    if sealed.event.weapon != NO_WEAPON:
        require_sight(actor, stores.register.state(sealed.event.weapon).holder, stores.agencies.all())
    return sealed


def event_page(*, first: int, actor: Actor, stores: RecordkeepingStores, limit: int = 50) -> list[Sealed]:
    """List the events of the whole record from position `first` on, in the order of the record.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return list(islice(stores.records.all(first), limit))


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events that fit, newest first. `before` is where a search goes on, None at the end of the record."""

    events: tuple[Sealed, ...]
    before: int | None


def search_events(
    *,
    wanted: EventFilter,
    actor: Actor,
    stores: RecordkeepingStores,
    since: date | None = None,
    until: date | None = None,
    before: int = 0,
    limit: int = 100,
) -> EventPage:
    """Look back through the whole record, from position `before` or its end, for events recorded in a time that fit.

    One call looks at a stretch of the record at the most, so that a rare event in a long record costs several.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    records = stores.records
    head = records.head()
    end = _recorded_before(until + timedelta(days=1), stores) if until else (head.size if head else 0)
    end = min(end, before) if before else end
    begin = _recorded_before(since, stores) if since else 0
    first = begin if wanted.weapon else max(begin, end - _STRETCH)
    found = tuple(records.matching(wanted, first=first, end=end, limit=limit))
    going_on = found[-1].position if len(found) == limit else first
    return EventPage(found, going_on if going_on > begin else None)


def _recorded_before(day: date, stores: RecordkeepingStores) -> int:
    """How many events were recorded before a day (UTC); they stand in the order in which they were recorded."""
    head = stores.records.head()
    instant = datetime.combine(day, time(), UTC)
    return bisect_left(range(head.size if head else 0), instant, key=lambda at: stores.records.at(at).recorded_at)


_STRETCH = 200_000


def note_verification(*, found: Verification, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Keep that the record was verified: who did, when, up to which head, and how many faults were found.

    Raises:
        NotPermitted: the actor may not verify.
    """
    require(actor, Permission.RECORD_VERIFY)
    size, root = (found.head.size, found.head.root.hex()) if found.head else (0, "")
    with stores.atomic():
        stores.verifications.note(
            Verified(instant_text(clock.now()), actor.name, actor.authority, size, root, len(found.faults))
        )


def newest_verifications(*, actor: Actor, stores: RecordkeepingStores, count: int) -> list[Verified]:
    """List who last verified the record, and what was found, newest first.

    Raises:
        NotPermitted: the actor may not verify.
    """
    require(actor, Permission.RECORD_VERIFY)
    return stores.verifications.newest(count)


def newest_heads(*, actor: Actor, stores: RecordkeepingStores, count: int) -> list[Checkpoint]:
    """List the last signed heads, newest first.

    Raises:
        NotPermitted: the actor may not verify.
    """
    require(actor, Permission.RECORD_VERIFY)
    return stores.records.newest_checkpoints(count)


def newest_reads(*, actor: Actor, stores: RecordkeepingStores, count: int) -> list[Mapping[str, Plain]]:
    """List who last read anybody's personal data, when and why, newest first.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return stores.reads.newest(count)


def reads_of_person(*, holder: str, actor: Actor, stores: RecordkeepingStores) -> list[Mapping[str, Plain]]:
    """List who read a person's data, when and why, oldest first, so that the person can be told.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return stores.reads.of(holder.removeprefix("person:"))


def _holders(actor: Actor, stores: RecordkeepingStores) -> frozenset[str] | None:
    """The holders an actor sees; None for all, persons included."""
    return None if sees_node(actor) else visible_agencies(actor, stores.agencies.all())
