from dataclasses import replace

from tracemark.instruments import shipped
from tracemark.kernel import Actor, Citation, Clock, Finding, Plain, Refused, cite
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    append_step,
    event_kinds,
    require_step,
)
from tracemark.review.dossiers import MeetingDossier
from tracemark.review.meetings import Calendar
from tracemark.review.positions import Position, Proposed, Settlement, Text, proposed_of

_REVIEW = cite("PoA IV.1b")
_MOST_TEXT = 4_000


class ReviewRefused(Refused):
    """What was asked does not fit a proposal, a position or a dossier for a meeting, or how it stands."""


def record_proposal(*, text: Text, calendar: Calendar, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Put a proposal for a meeting on record, and return its name.

    Raises:
        NotPermitted: the actor may not write for meetings.
        ReviewRefused: the meeting or the undertaking is unknown, or something is missing.
    """
    require_step(EventKind.MEETING_PROPOSAL_RECORDED, actor, stores)
    fit = _fit(text, calendar)
    with stores.atomic():
        name = stores.dossiers.next_name("meeting_proposal", clock.now().year)
        append_step(EventKind.MEETING_PROPOSAL_RECORDED, name, {"contents": fit.plain()}, actor, stores, clock)
    return name


def revise_proposal(
    *, name: str, text: Text, reason: str, calendar: Calendar, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Proposed:
    """Take down another text of a proposal, and why; positions stay as they were noted.

    Raises:
        NotPermitted: the actor may not write for meetings.
        ReviewRefused: there is none of this name, it is settled, nothing changes, or as `record_proposal`.
    """
    require_step(EventKind.MEETING_PROPOSAL_REVISED, actor, stores)
    fit = _fit(text, calendar)
    with stores.atomic():
        known = _open(name, EventKind.MEETING_PROPOSAL_REVISED, stores)
        if fit == known.text:
            raise _refuse("review.nothing_changes", dossier=name)
        details: dict[str, Plain] = {"contents": fit.plain(), "reason": _said(reason, "reason")}
        append_step(EventKind.MEETING_PROPOSAL_REVISED, name, details, actor, stores, clock)
        return proposed_of(name, stores.dossiers.events(name))


def note_position(
    *, name: str, position: Position, ours: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Proposed:
    """Note what a State or a group says to a proposal; a later one of the same takes its place.

    `ours` is the State whose node this is: instructions are for its delegation only.

    Raises:
        NotPermitted: the actor may not write for meetings.
        ReviewRefused: there is none of this name, it is settled, somebody is not named, or others are instructed.
    """
    require_step(EventKind.MEETING_POSITION_NOTED, actor, stores)
    by = _said(position.by, "by")
    if position.instructions.strip() and by != ours:
        raise _refuse("review.instructions_of_others", field="instructions", by=by, ours=ours)
    contents = {
        "by": by,
        "stance": position.stance.value,
        "reason": _short(position.reason, "reason"),
        "instructions": _short(position.instructions, "instructions"),
    }
    with stores.atomic():
        _open(name, EventKind.MEETING_POSITION_NOTED, stores)
        details: dict[str, Plain] = {"contents": {key: value for key, value in contents.items() if value}}
        append_step(EventKind.MEETING_POSITION_NOTED, name, details, actor, stores, clock)
        return proposed_of(name, stores.dossiers.events(name))


def settle_proposal(
    *, name: str, outcome: Settlement, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Proposed:
    """Say what became of a proposal.

    Raises:
        NotPermitted: the actor may not write for meetings.
        ReviewRefused: there is none of this name, it is settled, or no reason is given.
    """
    require_step(EventKind.MEETING_PROPOSAL_SETTLED, actor, stores)
    with stores.atomic():
        _open(name, EventKind.MEETING_PROPOSAL_SETTLED, stores)
        details: dict[str, Plain] = {"outcome": outcome.value, "reason": _said(reason, "reason")}
        append_step(EventKind.MEETING_PROPOSAL_SETTLED, name, details, actor, stores, clock)
        return proposed_of(name, stores.dossiers.events(name))


def keep_dossier(*, dossier: MeetingDossier, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Seal a dossier for a meeting as it was drawn, and return its name: what was taken there can be shown later.

    Raises:
        NotPermitted: the actor may not write for meetings.
    """
    require_step(EventKind.MEETING_DOSSIER_KEPT, actor, stores)
    details: dict[str, Plain] = {
        "contents": dossier.plain(),
        "head": dossier.head,
        "fingerprint": dossier.fingerprint,
        "note": _short(note, "note"),
    }
    with stores.atomic():
        name = stores.dossiers.next_name("meeting_dossier", clock.now().year)
        append_step(EventKind.MEETING_DOSSIER_KEPT, name, details, actor, stores, clock)
    return name


def withdraw_dossier(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Say that a kept dossier no longer stands, and why; it stays in the record.

    Raises:
        NotPermitted: the actor may not write for meetings.
        ReviewRefused: there is none of this name, it is withdrawn, or no reason is given.
    """
    require_step(EventKind.MEETING_DOSSIER_WITHDRAWN, actor, stores)
    with stores.atomic():
        _require_standing(name, EventKind.MEETING_DOSSIER_WITHDRAWN, stores)
        details: dict[str, Plain] = {"reason": _said(reason, "reason")}
        append_step(EventKind.MEETING_DOSSIER_WITHDRAWN, name, details, actor, stores, clock)


def refuse_meeting(meeting: str) -> ReviewRefused:
    """Return what says that no such meeting is known."""
    return _refuse("review.meeting_unknown", field="meeting", meeting=meeting)


def refuse_subject(subject: str) -> ReviewRefused:
    """Return what says that nothing is known here of a State or a region."""
    return _refuse("review.subject_unknown", field="subject", subject=subject)


def held_undertaking(text: str) -> Citation:
    """Return the paragraph that a text names.

    Raises:
        ReviewRefused: the library of instruments holds none such.
    """
    try:
        found = cite(text)
    except ValueError:
        raise _refuse("review.undertaking_unknown", field="undertaking", undertaking=text) from None
    if found not in shipped().versions:
        raise _refuse("review.undertaking_unknown", field="undertaking", undertaking=text)
    return found


def _fit(text: Text, calendar: Calendar) -> Text:
    if text.meeting not in calendar.meetings:
        raise refuse_meeting(text.meeting)
    told = {name: _said(getattr(text, name), name) for name in ("title", "proposed_by", "text")}
    return replace(text, undertaking=held_undertaking(str(text.undertaking)), symbol=text.symbol.strip(), **told)


def _open(name: str, kind: EventKind, stores: RecordkeepingStores) -> Proposed:
    _require_standing(name, kind, stores)
    return proposed_of(name, stores.dossiers.events(name))


def _require_standing(name: str, kind: EventKind, stores: RecordkeepingStores) -> None:
    terms = event_kinds()[kind]
    try:
        known = stores.dossiers.dossier(name)
    except KeyError:
        raise _refuse("review.dossier_unknown", dossier=name) from None
    if known.kind != terms.dossier:
        raise _refuse("review.dossier_unknown", dossier=name)
    if known.standing not in terms.follows:
        raise _refuse("review.dossier_over", dossier=name, standing=known.standing)


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise _refuse("review.text_missing", field=field)
    return _short(text, field)


def _short(text: str, field: str) -> str:
    if len(text) > _MOST_TEXT:
        raise _refuse("review.text_long", field=field, most=_MOST_TEXT)
    return text.strip()


def _refuse(code: str, /, **facts: Plain) -> ReviewRefused:
    return ReviewRefused([Finding(code, _REVIEW, facts)])
