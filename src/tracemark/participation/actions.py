import base64
import secrets
from collections.abc import Iterator
from datetime import date
from itertools import islice

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, Plain
from tracemark.participation.consultations import CONSULTATION, Consultation
from tracemark.participation.consulted import public_consultation
from tracemark.participation.drafts import MOST_WAITING, ContributionDraft, draft_findings, year_of
from tracemark.participation.published import subjects
from tracemark.participation.queries import contribution_by_receipt, receipt_digest
from tracemark.participation.voices import (
    PARTICIPATION,
    Contribution,
    ContributionRefused,
    Receipt,
    contribution_of,
)
from tracemark.recordkeeping import (
    EventKind,
    Proposal,
    RecordkeepingStores,
    append_step,
    draw_person,
    event_kinds,
    every_dossier,
    put_erasure_forward,
    require_step,
)

_PUBLIC = "public"
"""In whose name the record has what somebody without an account wrote."""

_CODE_BYTES = 10


def receive_contribution(*, about: str, draft: ContributionDraft, stores: RecordkeepingStores, clock: Clock) -> Receipt:
    """Receive a contribution of somebody without an account, to be held until it is decided on.

    The door sees to it that the State takes contributions at all, and to how often. Words and names lie beside the
    record; the record holds a commitment to them. Of the receipt's code it holds a fingerprint only.

    Raises:
        KeyError: nothing of this name is public.
        ContributionRefused: it lacks something, holds markup, too many wait already, or the consultation it is about
            takes none on this day.

    Source: BMS7 MEAS.5.
    """
    now = clock.now()
    asked = [each.id for each in subjects(about, stores, now.date()) if each.counts or not draft.of_shadow]
    found = list(draft_findings(draft, now.year))
    if (draft.question or draft.of_shadow) and draft.question not in asked:
        found.append(Finding("participation.no_such_question", PARTICIPATION, {"field": "question"}))
    if about.startswith(CONSULTATION):
        found += _out_of_its_days(public_consultation(about, stores), now.date())
    if found:
        raise ContributionRefused(found)
    with stores.atomic():
        waiting = sum(1 for _ in islice(every_dossier("contribution", {"received"}, stores), MOST_WAITING))
        if waiting >= MOST_WAITING:
            raise _refused("participation.too_many_waiting")
        name = stores.dossiers.next_name("contribution", now.year)
        code = f"{name}-{_drawn_code()}"
        writing = draw_person(draft.words().plain())
        stores.persons.put(writing.commitment, writing.salt, writing.data)
        details: dict[str, Plain] = {
            "about": about,
            "question": draft.question,
            "year": year_of(draft),
            "sort": draft.sort.value,
            "voice": draft.voice.value,
            "writing": writing.holder,
            "receipt": receipt_digest(code),
        }
        outside = Actor(_PUBLIC, stores.dossiers.dossier(about).authority, frozenset())
        append_step(EventKind.CONTRIBUTION_RECEIVED, name, details, outside, stores, clock)
    return Receipt(name, code)


def withdraw_contribution(*, code: str, stores: RecordkeepingStores, clock: Clock) -> Contribution:
    """Take a contribution back, as whoever holds its receipt: it is shown no longer, and its words can be erased.

    Raises:
        KeyError: no contribution has such a receipt.
        ContributionRefused: it was taken back already.
    """
    with stores.atomic():
        known = contribution_by_receipt(code, stores)
        _standing(known.name, EventKind.CONTRIBUTION_WITHDRAWN, stores)
        outside = Actor(_PUBLIC, stores.dossiers.dossier(known.name).authority, frozenset())
        append_step(EventKind.CONTRIBUTION_WITHDRAWN, known.name, {}, outside, stores, clock)
    return contribution_by_receipt(code, stores)


def accept_contribution(*, name: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, note: str = "") -> None:
    """Accept a contribution: from now on it is shown beside what it is about. `note` is an answer, shown with it.

    Raises:
        NotPermitted: the actor may not decide on contributions.
        ContributionRefused: there is none of this name, or it is accepted or withdrawn.
    """
    require_step(EventKind.CONTRIBUTION_ACCEPTED, actor, stores)
    with stores.atomic():
        _standing(name, EventKind.CONTRIBUTION_ACCEPTED, stores)
        append_step(EventKind.CONTRIBUTION_ACCEPTED, name, {"note": note.strip()}, actor, stores, clock)


def refuse_contribution(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Refuse a contribution, or one that was accepted, and say why to whoever wrote it. It stays countable.

    Raises:
        NotPermitted: the actor may not decide on contributions.
        ContributionRefused: there is none of this name, it is refused or withdrawn, or no reason is given.
    """
    require_step(EventKind.CONTRIBUTION_REFUSED, actor, stores)
    if not reason.strip():
        raise _refused("participation.reason_missing", field="note")
    with stores.atomic():
        _standing(name, EventKind.CONTRIBUTION_REFUSED, stores)
        append_step(EventKind.CONTRIBUTION_REFUSED, name, {"reason": reason.strip()}, actor, stores, clock)


def answer_contribution(*, name: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Answer a contribution that was decided on; the answer is shown with it and to whoever holds the receipt.

    Raises:
        NotPermitted: the actor may not decide on contributions.
        ContributionRefused: there is none of this name, it is not decided on, or nothing is said.
    """
    require_step(EventKind.CONTRIBUTION_ANSWERED, actor, stores)
    if not note.strip():
        raise _refused("participation.answer_missing", field="note")
    with stores.atomic():
        _standing(name, EventKind.CONTRIBUTION_ANSWERED, stores)
        append_step(EventKind.CONTRIBUTION_ANSWERED, name, {"note": note.strip()}, actor, stores, clock)


def erase_contribution(
    *, name: str, legal_basis: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Proposal:
    """Propose to erase the words of a contribution, with name and contact; a second person decides. The rest stays.

    Raises:
        NotPermitted: the actor may not propose erasures.
        KeyError: there is none of this name, or its words were erased.
        ErasureRefused: no legal basis is given.
    """
    require(actor, Permission.PERSON_ERASE_PROPOSE)
    known = contribution_of(name, stores.dossiers.events(name))
    return put_erasure_forward(holder=known.writing, legal_basis=legal_basis, actor=actor, stores=stores, clock=clock)


def _out_of_its_days(known: Consultation, today: date) -> Iterator[Finding]:
    if not known.takes(today):
        days: dict[str, Plain] = {"opens": known.draft.opens.isoformat(), "closes": known.draft.closes.isoformat()}
        yield Finding("participation.consultation_not_open", PARTICIPATION, days)


def _standing(name: str, kind: EventKind, stores: RecordkeepingStores) -> Contribution:
    try:
        known = contribution_of(name, stores.dossiers.events(name))
    except KeyError:
        raise _refused("participation.no_such_contribution", contribution=name) from None
    if known.standing not in event_kinds()[kind].follows:
        raise _refused("participation.wrong_standing", contribution=name, standing=known.standing)
    return known


def _drawn_code() -> str:
    text = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def _refused(code: str, /, **facts: Plain) -> ContributionRefused:
    return ContributionRefused([Finding(code, PARTICIPATION, facts)])
