from collections.abc import Callable, Iterator, Mapping
from datetime import date

from tracemark.kernel import Actor, Clock, Finding, Plain
from tracemark.participation.consultations import (
    Consultation,
    ConsultationDraft,
    ConsultationRefused,
    Done,
    FollowUp,
    Speaker,
    consultation_of,
)
from tracemark.participation.drafts import MOST_LINE, MOST_TEXT
from tracemark.participation.queries import submissions
from tracemark.participation.voices import PARTICIPATION, Voice
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    append_step,
    dossiers_named,
    event_kinds,
    require_step,
)

_NAMED = 5
"""How many of what waits are named."""


def open_consultation(
    *, draft: ConsultationDraft, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Consultation:
    """Ask others about something, for some time; from now on the consultation is public where the site is.

    Raises:
        NotPermitted: the actor may not consult.
        ConsultationRefused: title or text is missing, the days cannot be, or it is about a dossier that there is not.

    Source: BMS7 MEAS.5.
    """
    require_step(EventKind.CONSULTATION_OPENED, actor, stores)
    today = clock.now().date()
    if found := list(_draft_findings(draft, today, stores)):
        raise ConsultationRefused(found)
    with stores.atomic():
        name = stores.dossiers.next_name("consultation", today.year)
        details: dict[str, Plain] = {
            "contents": draft.plain(),
            "due": draft.closes.isoformat(),
            "about": draft.about.strip(),
        }
        append_step(EventKind.CONSULTATION_OPENED, name, details, actor, stores, clock)
    return consultation_of(name, stores.dossiers.events(name))


def extend_consultation(
    *, consultation: str, closes: date, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Consultation:
    """Move the closing day to a later one, and say why.

    Raises:
        NotPermitted: the actor may not consult.
        ConsultationRefused: there is none of this name, it is closed, the day is not later, or no reason is given.
    """

    def details(known: Consultation) -> dict[str, Plain]:
        if closes <= max(known.draft.closes, clock.now().date()):
            raise _refused("participation.consultation_not_later", field="closes", closes=str(known.draft.closes))
        return {"due": closes.isoformat(), "reason": _text(reason, "reason", MOST_LINE)}

    return _step(EventKind.CONSULTATION_EXTENDED, consultation, details, actor, stores, clock)


def invite(
    *, consultation: str, voice: Voice, body: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Consultation:
    """Note that an organisation was invited.

    Raises:
        NotPermitted: the actor may not consult.
        ConsultationRefused: there is none of this name, it is closed, nobody is named, or it was invited already.
    """

    def details(known: Consultation) -> dict[str, Plain]:
        named = _text(body, "body", MOST_LINE)
        if any(each.body.casefold() == named.casefold() for each in known.invitations):
            raise _refused("participation.consultation_invited_twice", field="body", body=named)
        return {"voice": voice.value, "contents": {"body": named}}

    return _step(EventKind.CONSULTATION_INVITED, consultation, details, actor, stores, clock)


def record_hearing(
    *,
    consultation: str,
    on: date,
    place: str,
    summary: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consultation:
    """Record a hearing that was held: where, when, and what came of it. Who spoke follows step by step.

    Raises:
        NotPermitted: the actor may not consult.
        ConsultationRefused: there is none of this name, it is closed, place or summary is missing, or the day lies
            before the consultation or ahead.
    """

    def details(known: Consultation) -> dict[str, Plain]:
        if not known.draft.opens <= on <= clock.now().date():
            raise _refused("participation.hearing_outside", field="on", opens=known.draft.opens.isoformat())
        told = _text(summary, "summary", MOST_TEXT)
        return {"contents": {"place": _text(place, "place", MOST_LINE), "summary": told}}

    return _step(EventKind.CONSULTATION_HEARD, consultation, details, actor, stores, clock, on)


def record_speaker(
    *,
    consultation: str,
    hearing: int,
    speaker: Speaker,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consultation:
    """Record for which organisation somebody spoke at a hearing, and what was said in brief. Persons are not named.

    Raises:
        NotPermitted: the actor may not consult.
        ConsultationRefused: there is no such consultation or hearing, it is closed, or something is missing.
    """

    def details(known: Consultation) -> dict[str, Plain]:
        _require_hearing(known, hearing)
        told: dict[str, Plain] = {"hearing": hearing, "body": _text(speaker.body, "body", MOST_LINE)}
        return {"voice": speaker.voice.value, "contents": {**told, "said": _text(speaker.said, "said", MOST_TEXT)}}

    return _step(EventKind.CONSULTATION_SPOKEN, consultation, details, actor, stores, clock)


def follow_up(
    *,
    consultation: str,
    answer: FollowUp,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consultation:
    """Say what was done with a submission or a hearing; said again, the newest counts.

    What was taken up names where, what was not, why.

    Raises:
        NotPermitted: the actor may not consult.
        ConsultationRefused: it is no submission that was decided on and no hearing of this consultation, or where or
            why is missing.
    """

    def details(known: Consultation) -> dict[str, Plain]:
        taken, matter = answer.done is not Done.NOT_TAKEN_UP, answer.matter
        contents: dict[str, Plain] = {
            "where": _text(answer.where, "where", MOST_LINE) if taken else "",
            "why": _text(answer.why, "why", MOST_TEXT) if answer.done is not Done.TAKEN_UP else answer.why.strip(),
        }
        if matter.isdecimal():
            _require_hearing(known, int(matter))
            return {"outcome": answer.done.value, "contents": {**contents, "hearing": int(matter)}}
        if matter not in {each.name for each in submissions(known.name, stores) if each.standing == "accepted"}:
            raise _refused("participation.no_such_matter", field="matter", matter=matter)
        return {"outcome": answer.done.value, "contents": contents, "matter": matter}

    return _step(EventKind.CONSULTATION_FOLLOWED_UP, consultation, details, actor, stores, clock)


def close_consultation(
    *, consultation: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Consultation:
    """Close a consultation once its days are over and each submission and hearing has its answer.

    Raises:
        NotPermitted: the actor may not consult.
        ConsultationRefused: there is none of this name, it is closed, its closing day is not over, something waits,
            or nothing is said.
    """

    def details(known: Consultation) -> dict[str, Plain]:
        if clock.now().date() <= known.draft.closes:
            raise _refused("participation.consultation_runs", closes=known.draft.closes.isoformat())
        if waiting := waiting_matters(known, stores):
            listed = ", ".join(waiting[:_NAMED])
            raise _refused("participation.consultation_unanswered", count=len(waiting), matters=listed)
        return {"note": _text(note, "note", MOST_TEXT)}

    return _step(EventKind.CONSULTATION_CLOSED, consultation, details, actor, stores, clock)


def waiting_matters(known: Consultation, stores: RecordkeepingStores) -> list[str]:
    """Return the submissions that nobody decided on or followed up, and the hearings that nobody followed up."""
    told = submissions(known.name, stores)
    waits = [each.name for each in told if each.standing == "received"]
    waits += [each.name for each in told if each.standing == "accepted" and not known.followed(each.name)]
    return waits + [str(each.number) for each in known.hearings if not known.followed(str(each.number))]


def _draft_findings(draft: ConsultationDraft, today: date, stores: RecordkeepingStores) -> Iterator[Finding]:
    for field, most in (("title", MOST_LINE), ("text", MOST_TEXT)):
        if not getattr(draft, field).strip():
            yield _finding("participation.consultation_text_missing", field=field)
        elif len(getattr(draft, field)) > most:
            yield _finding("participation.text_long", field=field, most=most)
    if draft.closes < max(draft.opens, today):
        yield _finding("participation.consultation_days", field="closes")
    for named in dossiers_named({"about": draft.about.strip()}):
        try:
            stores.dossiers.dossier(named)
        except KeyError:
            yield _finding("participation.about_unknown", field="about", about=named)


def _step(
    kind: EventKind,
    name: str,
    details: Callable[[Consultation], Mapping[str, Plain]],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    on: date | None = None,
) -> Consultation:
    require_step(kind, actor, stores)
    with stores.atomic():
        try:
            known = consultation_of(name, stores.dossiers.events(name))
        except KeyError:
            raise _refused("participation.no_such_consultation", consultation=name) from None
        if known.standing not in event_kinds()[kind].follows:
            raise _refused("participation.consultation_over", consultation=name)
        append_step(kind, name, details(known), actor, stores, clock, on)
        return consultation_of(name, stores.dossiers.events(name))


def _require_hearing(known: Consultation, number: int) -> None:
    if not 0 < number <= len(known.hearings):
        raise _refused("participation.no_such_hearing", field="hearing", hearing=str(number))


def _text(text: str, field: str, most: int) -> str:
    if not text.strip():
        raise _refused("participation.consultation_text_missing", field=field)
    if len(text) > most:
        raise _refused("participation.text_long", field=field, most=most)
    return text.strip()


def _finding(code: str, /, **facts: Plain) -> Finding:
    return Finding(code, PARTICIPATION, facts)


def _refused(code: str, /, **facts: Plain) -> ConsultationRefused:
    return ConsultationRefused([_finding(code, **facts)])
