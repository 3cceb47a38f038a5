"""What makes one look twice at a recovery before it is sealed for ever."""

from collections.abc import Iterator

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, Plain, cite
from tracemark.marking import Mark, fold_serial
from tracemark.recordkeeping import RegisterFilter, Status, WeaponState
from tracemark.tracing.ports import TracingStores
from tracemark.tracing.recoveries import Recovery

EARLIEST_YEAR = 1900
"""No recovery before it is entered by an officer: a year mistyped is likelier."""

_LONG_AGO_YEARS = 5
_COMPARED = 500
_SOURCE = cite("ITI 17(a)")


def recovery_doubts(*, recovery: Recovery, actor: Actor, stores: TracingStores, clock: Clock) -> list[Finding]:
    """Say what of a recovery may be a mistake, though it can be true: it is long ago, or it looks recorded already.

    Raises:
        NotPermitted: the actor may not record recoveries.
    """
    require(actor, Permission.RECOVERY_WRITE)
    found: list[Finding] = []
    if recovery.happened.last.year < clock.now().year - _LONG_AGO_YEARS:
        facts: dict[str, Plain] = {"happened": str(recovery.happened), "years": _LONG_AGO_YEARS}
        found.append(Finding("tracing.recovery_long_ago", _SOURCE, facts))
    there = RegisterFilter(status=Status.IN_CUSTODY, place=recovery.place, since=str(recovery.happened))
    known = stores.register.page(there, holders=None, limit=_COMPARED)
    alike = [state.weapon for state in known if _alike(recovery, state)]
    return [*found, *(Finding("tracing.recovery_alike", _SOURCE, {"weapon": each}) for each in alike)]


def impossibilities(recovery: Recovery) -> Iterator[Finding]:
    """Yield why a recovery cannot have happened when it says."""
    facts: dict[str, Plain] = {"field": "happened", "happened": str(recovery.happened)}
    if recovery.happened.first.year < EARLIEST_YEAR:
        yield Finding("tracing.recovery_too_early", _SOURCE, {**facts, "earliest": str(EARLIEST_YEAR)})
    made = recovery.description.year if recovery.description else None
    if made and recovery.happened.last.year < made:
        yield Finding("tracing.recovered_before_made", _SOURCE, {**facts, "made": str(made)})


def _alike(recovery: Recovery, state: WeaponState) -> bool:
    """Whether both were recovered with the same marks, and nothing said of the one contradicts the other."""
    described = recovery.description
    pairs = [(getattr(described, name, ""), getattr(state.description, name)) for name in ("kind", "maker", "model")]
    contradicted = any(one and other and one != other for one, other in pairs)
    return not contradicted and _texts(recovery.marks) == _texts(state.marks)


def _texts(marks: tuple[Mark, ...]) -> list[str]:
    return sorted(fold_serial(mark.text) or mark.text for mark in marks)
