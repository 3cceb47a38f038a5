from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracemark.authorities import Permission, require, require_second_person
from tracemark.diversion.detections import Signal
from tracemark.diversion.followups import Onward, SignalRefused, follow_up
from tracemark.diversion.notices import Notice, notice_of, sign_notice
from tracemark.diversion.points import PointOfDiversion, point_findings, point_of
from tracemark.diversion.raised import SignalRecord, every_raised, signal_record
from tracemark.diversion.triage import RaisedSignal, Reading, Standing
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, cite
from tracemark.recordkeeping import Event, EventKind, append, append_step, require_step
from tracemark.tracing import TracingStores
from tracemark.weapons import WeaponId

_SIGNALS = cite("BMS7 DIV.1")
_MOST_WEAPONS, _MOST_EVENTS = 2_000, 4_000
"""How many weapons and events of a signal an event keeps: a sealed event holds 65,535 bytes."""

_NOWHERE = Onward()


@dataclass(frozen=True, slots=True)
class Raised:
    """What became of signals that were found: those raised anew, and how many were known already."""

    names: tuple[str, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an officer found of how weapons were diverted; `since` and `until` as far as they are known."""

    stage: str
    how: str
    grounds: Sequence[str]
    since: PartialDate | None = None
    until: PartialDate | None = None
    place: str = ""
    signal: str = ""
    case: str = ""


def raise_signals(*, signals: Iterable[Signal], actor: Actor, stores: TracingStores, clock: Clock) -> Raised:
    """Raise the signals that no dossier has yet: the same once and never again.

    One that was seen before on the same weapons is raised again only with an event that the earlier one did not name,
    and names it: so what was dismissed comes back with new evidence only.

    Raises:
        NotPermitted: the actor may not judge signals.

    Source: BMS7 DIV.1.
    """
    _require(EventKind.SIGNAL_RAISED, actor, stores)
    names, known = list[str](), 0
    with stores.atomic():
        before = _Before(every_raised(stores))
        for signal in signals:
            if before.tells(signal):
                known += 1
                continue
            name = stores.dossiers.next_name("signal", clock.now().year)
            details = _details(signal, before.earlier(signal))
            append_step(EventKind.SIGNAL_RAISED, name, details, actor, stores, clock)
            before.note(name, signal.identity, signal)
            names.append(name)
    return Raised(tuple(names), known)


def merge_signal(*, signal: str, into: str, note: str, actor: Actor, stores: TracingStores, clock: Clock) -> None:
    """Merge a signal into another that is about the same.

    Raises:
        NotPermitted: the actor may not judge signals.
        SignalRefused: one of them is not there or is judged already, or they are one.
    """
    _require(EventKind.SIGNAL_MERGED, actor, stores)
    with stores.atomic():
        _waiting(signal, actor, stores)
        if _waiting(into, actor, stores).raised.name == signal:
            raise _refused("diversion.merged_into_itself", signal=signal)
        append_step(EventKind.SIGNAL_MERGED, signal, {"into": into, "note": note}, actor, stores, clock)


def dismiss_signal(
    *, signal: str, readings: Sequence[Reading], note: str, actor: Actor, stores: TracingStores, clock: Clock
) -> None:
    """Dismiss a signal for one or more innocent readings; `note` may be "" unless the reading is `other`.

    Raises:
        NotPermitted: the actor may not judge signals.
        SignalRefused: it is not there or is judged already, or no reading is given.

    Source: PoA II.17.
    """
    _require(EventKind.SIGNAL_DISMISSED, actor, stores)
    if not readings or (Reading.OTHER in readings and not note.strip()):
        raise _refused("diversion.dismissed_unexplained", signal=signal)
    with stores.atomic():
        _waiting(signal, actor, stores)
        coded = list(dict.fromkeys(each.value for each in readings))
        details: dict[str, Plain] = {"readings": coded, "note": note}
        append_step(EventKind.SIGNAL_DISMISSED, signal, details, actor, stores, clock)


def escalate_signal(
    *,
    signal: str,
    note: str,
    actor: Actor,
    stores: TracingStores,
    clock: Clock,
    onward: Onward = _NOWHERE,
) -> None:
    """Escalate a signal to an investigation or a trace case, or to a second person alone; `note` says why.

    What it opens is opened in the same transaction.

    Raises:
        NotPermitted: the actor may not judge signals, or not open what follows.
        SignalRefused: it is not open, no ground is given, there is no such investigation or case, or one is named and
            opened at once; or a trace is to be opened, and none of the weapons was recovered.

    Source: ATT 11(4).
    """
    _require(EventKind.SIGNAL_ESCALATED, actor, stores)
    if not note.strip():
        raise _refused("diversion.escalated_unexplained", signal=signal)
    if onward.twice:
        raise _refused("diversion.named_and_opened", field="opens", signal=signal)
    with stores.atomic():
        raised = _waiting(signal, actor, stores).raised
        if raised.standing is not Standing.OPEN:
            raise _refused("diversion.signal_judged", signal=signal, standing=raised.standing.value)
        _require_linked(onward.investigation, onward.case, stores)
        details: dict[str, Plain] = {"note": note}
        details |= {"investigation": onward.investigation, "case": onward.case}
        if onward.opens:
            details |= follow_up(onward.opens, raised, note, actor, stores, clock)
        append_step(EventKind.SIGNAL_ESCALATED, signal, details, actor, stores, clock)


def confirm_signal(
    *, signal: str, note: str, actor: Actor, stores: TracingStores, clock: Clock, found: Found | None = None
) -> None:
    """Confirm an escalated signal as a second person. A weak one needs another, of another rule, merged into it.

    `found` codes, in the same transaction, where, when and how all of its weapons left lawful hands: who may confirm
    may say so with it. The note is its ground where it gives none; its signal is this one, whatever it names.

    Raises:
        NotPermitted: the actor may not confirm signals, or escalated this one.
        SignalRefused: it is not escalated, no ground is given, or it is weak and alone; or its coding is not sound, or
            concerns no weapon.

    Source: PoA II.17, BMS7 DIV.1.
    """
    _require(EventKind.SIGNAL_CONFIRMED, actor, stores)
    if not note.strip():
        raise _refused("diversion.confirmed_unexplained", signal=signal)
    with stores.atomic():
        record = _waiting(signal, actor, stores)
        if record.raised.standing is not Standing.ESCALATED:
            raise _refused("diversion.not_escalated", signal=signal)
        for each in (record.raised, *record.joined):
            require_second_person(each.escalated_by, actor)
        if not record.corroborated:
            raise _refused("diversion.weak_alone", signal=signal)
        append_step(EventKind.SIGNAL_CONFIRMED, signal, {"note": note}, actor, stores, clock)
        if found:
            coded = replace(found, signal=signal, grounds=found.grounds or [note])
            told = (record.raised, *record.joined)
            _establish([weapon for each in told for weapon in each.signal.weapons], coded, actor, stores, clock)


def establish_diversion(
    *, weapons: Sequence[WeaponId], found: Found, actor: Actor, stores: TracingStores, clock: Clock
) -> list[PointOfDiversion]:
    """Code where, when and how weapons, one or a batch, left lawful hands: for all of them or for none.

    What was established of a weapon before is replaced, and stays in its record.

    Raises:
        NotPermitted: the actor may not judge signals.
        SignalRefused: a weapon, the signal or the case is not there, no ground is given, or the coding is not sound.

    Source: SDG 16.4.2.
    """
    _require(EventKind.DIVERSION_ESTABLISHED, actor, stores)
    with stores.atomic():
        return _establish(weapons, found, actor, stores, clock)


def _establish(
    weapons: Sequence[WeaponId], found: Found, actor: Actor, stores: TracingStores, clock: Clock
) -> list[PointOfDiversion]:
    """Seal a point of diversion in the surrounding transaction."""
    wrong = point_findings(found.stage, found.how, found.since, found.until)
    grounds: list[Plain] = [each.strip() for each in found.grounds if each.strip()]
    if wrong or not grounds or not weapons:
        raise SignalRefused(wrong or [Finding("diversion.grounds_missing", cite("SDG 16.4.2"))])
    details: dict[str, Plain] = {
        "diverted_at": found.stage,
        "diverted_how": found.how,
        "diverted_on": str(found.since or ""),
        "diverted_until": str(found.until or ""),
        "grounds": grounds,
        "place": found.place,
        "signal": found.signal,
        "case": found.case,
    }
    _require_linked("", found.case, stores)
    if found.signal:
        _known(found.signal, actor, stores)
    known = stores.register.states(weapons)
    if missing := [each for each in weapons if each not in known]:
        raise _refused("diversion.no_such_weapon", weapon=missing[0])
    kind, on = EventKind.DIVERSION_ESTABLISHED, PartialDate.of(clock.now().date())
    said = {name: value for name, value in details.items() if value}
    events = [Event(each, kind, on, actor.authority, actor.name, said) for each in dict.fromkeys(weapons)]
    return [point_of(each) for each in append(events=events, stores=stores, clock=clock).sealed]


def share_signal(*, signal: str, to_state: str, state: str, actor: Actor, stores: TracingStores, clock: Clock) -> str:
    """Return a signal as a signed notice for another State or a region, and seal that it was shared.

    Raises:
        NotPermitted: the actor may not share signals.
        SignalRefused: it is not there, or was dismissed.

    Source: ATT 11(4).
    """
    _require(EventKind.SIGNAL_SHARED, actor, stores)
    with stores.atomic():
        record = _known(signal, actor, stores)
        if record.raised.standing is Standing.DISMISSED:
            raise _refused("diversion.shared_dismissed", signal=signal)
        bearers = stores.register.states(record.raised.signal.weapons)
        on = clock.now().date().isoformat()
        notice: Notice = notice_of(record.raised, bearers, state=state, to_state=to_state, on=on)
        append_step(EventKind.SIGNAL_SHARED, signal, {"to_state": to_state}, actor, stores, clock)
        return sign_notice(notice, stores.signer)


class _Before:
    """The signals raised before, to know one again."""

    def __init__(self, raised: Iterable[RaisedSignal]) -> None:
        self._identities = set[str]()
        self._alike: dict[tuple[str, tuple[WeaponId, ...]], list[tuple[str, frozenset[int]]]] = {}
        for each in raised:
            self.note(each.name, each.identity, each.signal)

    def note(self, name: str, identity: str, signal: Signal) -> None:
        self._identities.add(identity)
        self._alike.setdefault(_about(signal), []).append((name, frozenset(signal.evidence)))

    def tells(self, signal: Signal) -> bool:
        """Whether one of them says all that this one does."""
        evidence = set(signal.evidence[:_MOST_EVENTS])
        alike = self._alike.get(_about(signal), [])
        return signal.identity in self._identities or any(evidence <= known for _, known in alike)

    def earlier(self, signal: Signal) -> str:
        return max((name for name, _ in self._alike.get(_about(signal), [])), default="")


def _about(signal: Signal) -> tuple[str, tuple[WeaponId, ...]]:
    return signal.rule, tuple(sorted(signal.weapons[:_MOST_WEAPONS]))


def _details(signal: Signal, earlier: str) -> dict[str, Plain]:
    return {
        "rule": signal.rule,
        "identity": signal.identity,
        "stage": signal.stage.value,
        "strength": signal.strength.value,
        "concerned": list(signal.weapons[:_MOST_WEAPONS]),
        "evidence": list(signal.evidence[:_MOST_EVENTS]),
        "facts": dict(signal.facts or {}),
        "seen_on": signal.when,
        "place": signal.place,
        "earlier": earlier,
    }


def _require(kind: EventKind, actor: Actor, stores: TracingStores) -> None:
    require_step(kind, actor, stores)
    require(actor, Permission.SIGNAL_READ)


def _known(name: str, actor: Actor, stores: TracingStores) -> SignalRecord:
    try:
        return signal_record(name=name, actor=actor, stores=stores)
    except KeyError:
        raise _refused("diversion.signal_unknown", signal=name) from None


def _waiting(name: str, actor: Actor, stores: TracingStores) -> SignalRecord:
    """Return a signal that is not judged yet."""
    record = _known(name, actor, stores)
    standing = record.raised.standing
    if standing not in (Standing.OPEN, Standing.ESCALATED):
        raise _refused("diversion.signal_judged", signal=name, standing=standing.value)
    return record


def _require_linked(investigation: str, case: str, stores: TracingStores) -> None:
    try:
        if investigation and stores.dossiers.dossier(investigation).kind != "investigation":
            raise _refused("diversion.investigation_unknown", investigation=investigation)
    except KeyError:
        raise _refused("diversion.investigation_unknown", investigation=investigation) from None
    try:
        if case:
            stores.cases.get(case)
    except KeyError:
        raise _refused("diversion.case_unknown", case=case) from None


def _refused(code: str, **facts: Plain) -> SignalRefused:
    return SignalRefused([Finding(code, _SIGNALS, facts)])
