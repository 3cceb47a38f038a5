from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite
from tracemark.recordkeeping.actions import append_step, require_step
from tracemark.recordkeeping.checkpoints import Checkpoint
from tracemark.recordkeeping.dossiers import fold_steps
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.pages import every_folded
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.recordkeeping.witnessing import AlarmKind

_SEALED = cite("ITI 11")


class AlarmStanding(StrEnum):
    """Whether somebody said what was behind an alarm."""

    SOUNDED = "sounded"
    EXPLAINED = "explained"


class AlarmRefused(Refused):
    """An alarm cannot be explained as asked."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something seen of a record that ought not to be. `heads` are the signed heads that show it, as they were seen."""

    name: str
    kind: AlarmKind
    origin: str
    heads: tuple[str, ...]
    standing: AlarmStanding
    sounded_at: str
    explanation: str = ""
    explained_by: str = ""


def sound_alarm(
    *,
    kind: AlarmKind,
    origin: str,
    heads: Sequence[Checkpoint],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> str:
    """Seal what was seen of another record, with the signed heads as evidence, and return the alarm's name.

    The same alarm of the same heads is sounded once. `actor` is the node itself, or who looked.
    """
    notes = tuple(map(str, heads))
    with stores.atomic():
        for each in alarms_of(stores):
            if (each.kind, each.origin, each.heads) == (kind, origin, notes):
                return each.name
        name = stores.dossiers.next_name("alarm", clock.now().year)
        details: dict[str, Plain] = {"alarm": kind.value, "log": origin, "heads": list(notes)}
        append_step(EventKind.ALARM_SOUNDED, name, details, actor, stores, clock)
    return name


def explain_alarm(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Say what was behind an alarm. It stays on record with its evidence.

    Raises:
        NotPermitted: the actor may not.
        AlarmRefused: there is no such alarm, it was explained before, or no reason is given.
    """
    require_step(EventKind.ALARM_EXPLAINED, actor, stores)
    if not reason.strip():
        raise AlarmRefused([Finding("recordkeeping.alarm_needs_reason", _SEALED, {"alarm": name, "field": "reason"})])
    with stores.atomic():
        try:
            found = alarm_named(name, stores.dossiers.events(name))
        except KeyError:
            raise AlarmRefused([Finding("recordkeeping.no_such_alarm", _SEALED, {"alarm": name})]) from None
        if found.standing is AlarmStanding.EXPLAINED:
            raise AlarmRefused([Finding("recordkeeping.alarm_is_explained", _SEALED, {"alarm": name})])
        append_step(EventKind.ALARM_EXPLAINED, name, {"reason": reason.strip()}, actor, stores, clock)


def alarms(actor: Actor, stores: RecordkeepingStores) -> list[Alarm]:
    """Return every alarm, the newest first.

    Raises:
        NotPermitted: the actor may not see what is witnessed.
    """
    require(actor, Permission.WITNESS_READ)
    return alarms_of(stores)


def alarms_of(stores: RecordkeepingStores) -> list[Alarm]:
    """Return every alarm, the newest first, whoever may see it."""
    return list(every_folded("alarm", alarm_named, stores))


def alarm_named(name: str, events: Sequence[Sealed]) -> Alarm:
    """Fold an alarm's own events.

    Raises:
        KeyError: there is none of this name.
    """
    return fold_steps(name, events, lambda sealed, told: _sounded(name, sealed, told), _explained)


def _sounded(name: str, sealed: Sealed, told: Any) -> Alarm:  # noqa: ANN401 - plain data
    heads = tuple(map(str, told["heads"]))
    at = str(sealed.event.happened)
    return Alarm(name, AlarmKind(told["alarm"]), str(told["log"]), heads, AlarmStanding.SOUNDED, at)


def _explained(alarm: Alarm, sealed: Sealed, told: Any) -> Alarm:  # noqa: ANN401 - plain data
    return replace(
        alarm,
        standing=AlarmStanding.EXPLAINED,
        explanation=str(told.get("reason", "")),
        explained_by=sealed.event.by,
    )
