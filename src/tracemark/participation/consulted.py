"""Questions about consultations: for the desk, and for everybody."""

from typing import Any

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Plain
from tracemark.participation.consultations import CONSULTATION, Consultation, FollowUp, Hearing, consultation_of
from tracemark.participation.queries import submissions
from tracemark.participation.voices import Contribution
from tracemark.recordkeeping import RecordkeepingStores, every_folded


def consultation_list(*, actor: Actor, stores: RecordkeepingStores) -> tuple[Consultation, ...]:
    """Return every consultation, the newest first.

    Raises:
        NotPermitted: the actor may not see the desk.
    """
    require(actor, Permission.CONSULTATION_READ)
    return public_consultations(stores)


def consultation_named(*, name: str, actor: Actor, stores: RecordkeepingStores) -> Consultation:
    """Return a consultation.

    Raises:
        NotPermitted: the actor may not see the desk.
        KeyError: there is none of this name.
    """
    require(actor, Permission.CONSULTATION_READ)
    return public_consultation(name, stores)


def public_consultations(stores: RecordkeepingStores) -> tuple[Consultation, ...]:
    """Return what everybody may see, the newest first: a consultation holds nothing that is not meant for all."""
    return tuple(every_folded("consultation", consultation_of, stores))


def public_consultation(name: str, stores: RecordkeepingStores) -> Consultation:
    """Return a consultation.

    Raises:
        KeyError: there is none of this name.
    """
    return consultation_of(name, stores.dossiers.events(name))


def what_was_done(known: Contribution, stores: RecordkeepingStores) -> FollowUp | None:
    """Return what was done with a submission; None where it is none, or nobody has said yet."""
    if not known.about.startswith(CONSULTATION):
        return None
    return public_consultation(known.about, stores).followed(known.name)


def receipt_plain(known: Contribution, stores: RecordkeepingStores) -> dict[str, Plain]:
    """Return what whoever holds a receipt is told of their contribution; none of its words."""
    done = what_was_done(known, stores)
    return {
        "contribution": known.name,
        "about": known.about,
        "question": known.question,
        "sort": known.sort.value,
        "standing": known.standing,
        "received_on": known.received_on,
        "decided_on": known.decided_on,
        "reason": known.reason,
        "answers": list(known.answers),
        "done": None if done is None else _done_plain(done),
    }


def consultation_plain(known: Consultation, stores: RecordkeepingStores) -> dict[str, Any]:
    """Return a consultation as it goes out: with its hearings, how many submissions stand how, and what was done."""
    draft = known.draft
    return {
        "consultation": known.name,
        "standing": known.standing,
        "title": draft.title,
        "text": draft.text,
        "about": draft.about,
        "opens": draft.opens.isoformat(),
        "closes": draft.closes.isoformat(),
        "invites": [each.value for each in draft.invites],
        "invited": [{"voice": each.voice.value, "organisation": each.body} for each in known.invitations],
        "submissions": {each.name: each.standing for each in submissions(known.name, stores)},
        "hearings": [_hearing_plain(each) for each in known.hearings],
        "done": {matter: _done_plain(each) for matter, each in known.follow_ups.items()},
        "note": known.note,
    }


def _done_plain(told: FollowUp) -> dict[str, Plain]:
    return {"done": told.done.value, "where": told.where, "why": told.why, "on": told.on}


def _hearing_plain(held: Hearing) -> dict[str, Any]:
    spoken = [{"voice": each.voice.value, "organisation": each.body, "said": each.said} for each in held.speakers]
    told = {"number": held.number, "on": held.on, "place": held.place, "summary": held.summary}
    return {**told, "speakers": spoken}
