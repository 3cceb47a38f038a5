from collections.abc import Sequence
from dataclasses import replace

from tracemark.authorities import Permission, require
from tracemark.correspondence import Message
from tracemark.kernel import Actor, Finding, Plain, cite, findings
from tracemark.recordkeeping import EventKind, require_step, weapon_record
from tracemark.tracing.actions import NOTE_BELOW, unlikely
from tracemark.tracing.cases import Judgement, Verdict
from tracemark.tracing.interstate.answers import ANSWER_RULES, TOLD, Datum, Result, StateAnswer, ToAnswer
from tracemark.tracing.interstate.attesting import attest
from tracemark.tracing.interstate.confiding import require_competent
from tracemark.tracing.interstate.deadlines import Due
from tracemark.tracing.interstate.handling import Handling
from tracemark.tracing.interstate.inquiries import Inquiry
from tracemark.tracing.interstate.known import known_data
from tracemark.tracing.interstate.messages import ACKNOWLEDGED, ANSWERED, CONSENTED, LOOKED, RETURNED
from tracemark.tracing.interstate.turns import (
    Bureau,
    InterstateRefused,
    Step,
    inquiry_named,
    refuse,
    seal,
    seal_in_life,
    tell,
)


def acknowledge_inquiry(*, inquiry: str, actor: Actor, bureau: Bureau) -> Inquiry:
    """Take an inquiry on, and tell the other State that it came.

    Raises:
        NotPermitted: the actor may not answer other States.
        EventRefused: it is acknowledged already.
        KeyError: there is no such inquiry.

    Source: ITI 19.
    """
    require_step(EventKind.INQUIRY_ACKNOWLEDGED, actor, bureau.stores)
    known = inquiry_named(inquiry, bureau.stores)
    due = bureau.deadlines.due(Due.ANSWER, known.priority, bureau.clock.now().date())
    return _take(EventKind.INQUIRY_ACKNOWLEDGED, known, ACKNOWLEDGED, {}, {"due": due}, actor, bureau)


def return_inquiry(*, inquiry: str, lacking: Sequence[str], note: str, actor: Actor, bureau: Bureau) -> Inquiry:
    """Send an inquiry back for what it lacks: codes of what ITI 17 asks, a note, or both.

    Raises:
        NotPermitted: the actor may not answer other States.
        InterstateRefused: it does not say what is lacking.
        EventRefused: it is answered or sent back already.
        KeyError: there is no such inquiry.

    Source: ITI 21.
    """
    require_step(EventKind.INQUIRY_RETURNED, actor, bureau.stores)
    if not lacking and not note.strip():
        raise refuse("tracing.lacking_unsaid", "ITI 21", dossier=inquiry)
    known = inquiry_named(inquiry, bureau.stores)
    told: dict[str, Plain] = {"lacking": list(lacking), "note": note}
    return _take(EventKind.INQUIRY_RETURNED, known, RETURNED, told, told, actor, bureau)


def judge_for_inquiry(*, inquiry: str, judgement: Judgement, actor: Actor, bureau: Bureau) -> Inquiry:
    """Record an officer's finding on a candidate for another State's weapon; found the same, in its life too.

    Raises:
        NotPermitted: the actor may not judge, or does not see the weapon.
        InterstateRefused: it is unlikely to be the same and no note says why, or another was found the same.
        KeyError: there is no such inquiry.

    Source: ITI 20.
    """
    require(actor, Permission.TRACE_JUDGE)
    require_step(EventKind.INQUIRY_JUDGED, actor, bureau.stores)
    require_competent(actor, bureau.stores)
    weapon_record(weapon=judgement.other_weapon, actor=actor, stores=bureau.stores)
    known = inquiry_named(inquiry, bureau.stores)
    same = judgement.verdict is Verdict.SAME
    _refuse(_unjudgeable(known, judgement) if same else [])
    details: dict[str, Plain] = {"judgement": judgement.verdict.value, "other_weapon": judgement.other_weapon}
    details |= {name: text for name in ("posterior", "weights", "note") if (text := getattr(judgement, name))}
    with bureau.stores.atomic():
        seal(Step(EventKind.INQUIRY_JUDGED, known.name, details), actor, bureau)
        if same:
            sought: dict[str, Plain] = {"matter": known.name, "from_state": known.from_state}
            seal_in_life(EventKind.TRACE_SOUGHT, judgement.other_weapon, sought, actor, bureau)
        return inquiry_named(inquiry, bureau.stores)


def data_for_answer(
    *, inquiry: str, actor: Actor, bureau: Bureau, handling: Handling | None = None
) -> tuple[Datum, ...]:
    """Return what our record can tell of the weapon that was judged the same; nothing where none was.

    Raises:
        NotPermitted: the actor may not answer other States, or does not see the weapon.
        KeyError: there is no such inquiry.

    Source: ITI 20.
    """
    require(actor, Permission.TRACE_REPLY)
    known = inquiry_named(inquiry, bureau.stores)
    if known.found is None:
        return ()
    record = weapon_record(weapon=known.found, actor=actor, stores=bureau.stores)
    names = {each.code: each.name for each in bureau.stores.agencies.all()}
    return known_data(record, own=bureau.own, names=names, handling=handling)


def answer_inquiry(*, inquiry: str, answer: StateAnswer, actor: Actor, bureau: Bureau) -> Inquiry:
    """Answer another State; what is told rests on an officer's judgement, with its chance and the weights' version.

    Raises:
        NotPermitted: the actor may not answer other States.
        InterstateRefused: the answer tells more or less than it says, or withholds without a ground and reasons.
        EventRefused: the inquiry was not acknowledged, was sent back, or is closed.
        KeyError: there is no such inquiry.

    Source: ITI 18, ITI 20, ITI 22, ITI 23.
    """
    require_step(EventKind.INQUIRY_ANSWERED, actor, bureau.stores)
    require_competent(actor, bureau.stores)
    known = inquiry_named(inquiry, bureau.stores)
    may_tell = data_for_answer(inquiry=inquiry, actor=actor, bureau=bureau)
    today = bureau.clock.now().date()
    _refuse(findings(ANSWER_RULES, ToAnswer(answer, may_tell, found=known.found is not None, today=today)))
    whole = _with_judgement(answer, known) if answer.result in TOLD else answer
    details: dict[str, Plain] = {"answer": whole.plain()}
    if answer.result is Result.DELAYED:
        details["due"] = answer.expected_on
    body: dict[str, Plain] = {"answer": whole.plain()}
    return _take(EventKind.INQUIRY_ANSWERED, known, ANSWERED, body, details, actor, bureau)


def consent_onward(*, inquiry: str, data: Sequence[str], actor: Actor, bureau: Bureau) -> Inquiry:
    """Let the State that asked pass on what we told it, by the names of the data.

    Raises:
        NotPermitted: the actor may not answer other States.
        InterstateRefused: none of it was told.
        KeyError: there is no such inquiry.

    Source: ITI 15(c).
    """
    require_step(EventKind.INQUIRY_NOTED, actor, bureau.stores)
    known = inquiry_named(inquiry, bureau.stores)
    told = {each.name.value for given in known.answers for each in given.answer.data}
    if not data or set(data) - told:
        raise refuse("tracing.never_told", "ITI 15(c)", dossier=inquiry, data=sorted(set(data) - told))
    body: dict[str, Plain] = {"data": list(data)}
    details: dict[str, Plain] = {"contents": {"consents": list(data)}}
    return _take(EventKind.INQUIRY_NOTED, known, CONSENTED, body, details, actor, bureau)


def ask_who_looked(*, inquiry: str, actor: Actor, bureau: Bureau) -> Inquiry:
    """Ask the State that we answered who looked at what we told it; its node reports that by itself.

    Raises:
        NotPermitted: the actor may not answer other States.
        InterstateRefused: nothing was told yet.
        KeyError: there is no such inquiry.

    Source: ITI 15(a).
    """
    require_step(EventKind.INQUIRY_NOTED, actor, bureau.stores)
    known = inquiry_named(inquiry, bureau.stores)
    if known.answer is None:
        raise refuse("tracing.nothing_told", "ITI 15(a)", dossier=inquiry)
    return _take(
        EventKind.INQUIRY_NOTED, known, LOOKED, {"of": "answer"}, {"contents": {"readers_asked": True}}, actor, bureau
    )


def _take(
    kind: EventKind,
    known: Inquiry,
    type_: str,
    body: dict[str, Plain],
    details: dict[str, Plain],
    actor: Actor,
    bureau: Bureau,
) -> Inquiry:
    """Post a message and seal the step that it tells, both or neither."""
    told = {**body, "request": known.number, "reference": known.name}
    message = Message(to=known.peer, type=type_, body=told, about=known.name, answers=known.messages[0])
    with bureau.stores.atomic():
        posted = tell(Step(kind, known.name, details), message, actor, bureau)
        if kind is EventKind.INQUIRY_ANSWERED:
            attest(known.name, posted, bureau)
        return inquiry_named(known.name, bureau.stores)


def _unjudgeable(known: Inquiry, judgement: Judgement) -> list[Finding]:
    facts: dict[str, Plain] = {"dossier": known.name, "weapon": judgement.other_weapon}
    if known.found is not None:
        return [Finding("tracing.inquiry_identified", cite("ITI 20"), {**facts, "as": known.found})]
    if unlikely(judgement) and not judgement.note.strip():
        return [Finding("tracing.note_missing", cite("ITI 20"), {**facts, "percent": round(NOTE_BELOW * 100)})]
    return []


def _with_judgement(answer: StateAnswer, known: Inquiry) -> StateAnswer:
    found = [each for each in known.judgements if each.other_weapon == known.found]
    return replace(answer, chance=found[-1].posterior, weights=found[-1].weights) if found else answer


def _refuse(found: Sequence[Finding]) -> None:
    if found:
        raise InterstateRefused(found)
