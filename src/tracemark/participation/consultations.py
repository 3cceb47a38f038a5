from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tracemark.kernel import Plain, Refused
from tracemark.participation.voices import Voice
from tracemark.recordkeeping import EventKind, Sealed, fold_steps

CONSULTATION = "CS-"
"""How the names of consultations begin."""


class ConsultationRefused(Refused):
    """A consultation does not say what it has to, or a step does not fit how it stands."""


class Done(StrEnum):
    """What was done with a submission or a hearing."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"


@dataclass(frozen=True, slots=True)
class ConsultationDraft:
    """What others are asked about, from a day to a day, both included.

    `about` is the report, plan or meeting it is about: a dossier's name or words. `invites` are the kinds of
    participants it is meant for, empty for everybody. Source: BMS7 MEAS.5.
    """

    title: str
    text: str
    opens: date
    closes: date
    about: str = ""
    invites: tuple[Voice, ...] = ()

    def plain(self) -> dict[str, Plain]:
        """As the record keeps it, without the closing day and what it is about, which stand beside it."""
        invites: list[Plain] = [each.value for each in self.invites]
        return {"title": self.title, "text": self.text, "opens": self.opens.isoformat(), "invites": invites}


@dataclass(frozen=True, slots=True)
class Invitation:
    """An organisation that was invited, and for whom it speaks."""

    on: str
    voice: Voice
    body: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """For which organisation somebody spoke at a hearing, and what was said; never who it was."""

    voice: Voice
    body: str
    said: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """A hearing, numbered from 1 within its consultation."""

    number: int
    on: str
    place: str
    summary: str
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done with a submission (its name) or a hearing (its number): where it was taken up, and why or not."""

    matter: str
    done: Done
    where: str = ""
    why: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """The fold of one consultation's dossier: open or closed. Submissions are contributions about it.

    `follow_ups` go by submission or number of hearing; the newest of each counts. `extensions` are the closing days
    that were promised before, each with why it was moved.
    """

    name: str
    draft: ConsultationDraft
    standing: str = "open"
    invitations: tuple[Invitation, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    extensions: tuple[tuple[date, str], ...] = ()
    note: str = ""

    def takes(self, today: date) -> bool:
        """Whether submissions are taken on a day."""
        return self.standing == "open" and self.draft.opens <= today <= self.draft.closes

    def followed(self, matter: str) -> FollowUp | None:
        """Return what was done with a submission or a hearing; None where nobody has said yet."""
        return self.follow_ups.get(matter)


def consultation_of(name: str, events: Iterable[Sealed]) -> Consultation:
    """Fold a consultation's events.

    Raises:
        KeyError: none of them opens it.
    """
    return fold_steps(name, events, _opened, _after)


def _opened(_: Sealed, told: Mapping[str, Any]) -> Consultation:
    contents = told["contents"]
    return Consultation(
        told["dossier"],
        ConsultationDraft(
            title=contents["title"],
            text=contents["text"],
            opens=date.fromisoformat(contents["opens"]),
            closes=date.fromisoformat(told["due"]),
            about=told.get("about", ""),
            invites=tuple(map(Voice, contents["invites"])),
        ),
    )


def _after(known: Consultation, sealed: Sealed, told: Mapping[str, Any]) -> Consultation:
    change = _CHANGES.get(sealed.event.kind)
    return change(known, str(sealed.event.happened), told) if change else known


def _extended(known: Consultation, _: str, told: Mapping[str, Any]) -> Consultation:
    moved = (known.draft.closes, str(told["reason"]))
    later = replace(known.draft, closes=date.fromisoformat(told["due"]))
    return replace(known, draft=later, extensions=(*known.extensions, moved))


def _invited(known: Consultation, on: str, told: Mapping[str, Any]) -> Consultation:
    invited = Invitation(on, Voice(told["voice"]), told["contents"]["body"])
    return replace(known, invitations=(*known.invitations, invited))


def _heard(known: Consultation, on: str, told: Mapping[str, Any]) -> Consultation:
    held = Hearing(len(known.hearings) + 1, on, told["contents"]["place"], told["contents"]["summary"])
    return replace(known, hearings=(*known.hearings, held))


def _spoken(known: Consultation, _: str, told: Mapping[str, Any]) -> Consultation:
    contents = told["contents"]
    spoken = Speaker(Voice(told["voice"]), contents["body"], contents["said"])
    hearings = (
        replace(each, speakers=(*each.speakers, spoken)) if each.number == contents["hearing"] else each
        for each in known.hearings
    )
    return replace(known, hearings=tuple(hearings))


def _followed_up(known: Consultation, on: str, told: Mapping[str, Any]) -> Consultation:
    contents = told["contents"]
    matter = str(told.get("matter") or contents["hearing"])
    answer = FollowUp(matter, Done(told["outcome"]), contents["where"], contents["why"], on)
    return replace(known, follow_ups={**known.follow_ups, matter: answer})


def _closed(known: Consultation, _: str, told: Mapping[str, Any]) -> Consultation:
    return replace(known, standing="closed", note=told["note"])


_CHANGES: Mapping[EventKind, Callable[[Consultation, str, Mapping[str, Any]], Consultation]] = {
    EventKind.CONSULTATION_EXTENDED: _extended,
    EventKind.CONSULTATION_INVITED: _invited,
    EventKind.CONSULTATION_HEARD: _heard,
    EventKind.CONSULTATION_SPOKEN: _spoken,
    EventKind.CONSULTATION_FOLLOWED_UP: _followed_up,
    EventKind.CONSULTATION_CLOSED: _closed,
}
