from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.authorities import AgencyKind
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.tracing import Sex

UNKNOWN = "unknown"
FOLLOW_UPS = (6, 12)
"""After how many months a fellow is asked what became of the training."""


@dataclass(frozen=True, slots=True)
class Nominee:
    """What the record keeps of a nominee: nothing that says who it is.

    `agency` is None, `age_band` and `sex` are unknown and `languages` none where the State did not tell; `reason` then
    says why. `earlier_fellow` is whether this person took part before, None where that is not known. `until` is the
    last day on which the State lets the name be used, None for no such day.
    """

    state: str
    agency: AgencyKind | None
    sex: Sex
    age_band: str
    languages: tuple[str, ...]
    first_choice: bool = False
    earlier_fellow: bool | None = None
    reason: str = ""
    until: date | None = None

    @property
    def blanks(self) -> list[str]:
        """What the State did not tell."""
        told = {
            "agency": self.agency is not None,
            "sex": self.sex is not Sex.UNKNOWN,
            "age_band": self.age_band != UNKNOWN,
            "languages": bool(self.languages),
            "earlier_fellow": self.earlier_fellow is not None,
        }
        return [name for name, known in told.items() if not known]

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what is not known is left out."""
        told: dict[str, Plain] = {
            "state": self.state,
            "agency": self.agency.value if self.agency else None,
            "sex": self.sex.value,
            "age_band": self.age_band,
            "languages": list(self.languages),
            "first_choice": self.first_choice,
            "earlier_fellow": self.earlier_fellow,
            "until": self.until.isoformat() if self.until else None,
        }
        return {name: value for name, value in told.items() if value is not None}

    @classmethod
    def of_plain(cls, told: Mapping[str, Any], reason: str = "") -> "Nominee":
        """Read it from the record."""
        return cls(
            state=told["state"],
            agency=AgencyKind(told["agency"]) if "agency" in told else None,
            sex=Sex(told["sex"]),
            age_band=told["age_band"],
            languages=tuple(told["languages"]),
            first_choice=told["first_choice"],
            earlier_fellow=told.get("earlier_fellow"),
            reason=reason,
            until=date.fromisoformat(told["until"]) if "until" in told else None,
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a nominee is: kept beside the record, so that it can be erased, and read with a purpose only."""

    name: str
    post: str = ""
    contact: str = ""

    def plain(self) -> dict[str, Plain]:
        """As it is kept; what is empty is left out."""
        told = {"name": self.name, "post": self.post, "contact": self.contact}
        return {name: " ".join(text.split()) for name, text in told.items() if text.strip()}

    @classmethod
    def of(cls, told: Mapping[str, Plain]) -> "Identity":
        """Read what `plain` wrote."""
        return cls(**{name: str(text) for name, text in told.items()})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a fellow's State told so many months after the course.

    `in_post`: still works on small arms control; None where nobody knows. `applied` are the codes of the modules that
    are used at work; `trained` how many colleagues were trained by the fellow since.
    """

    month: int
    on: date
    in_post: bool | None
    applied: tuple[str, ...] = ()
    trained: int = 0
    note: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        told: dict[str, Plain] = {
            "month": self.month,
            "in_post": self.in_post,
            "applied": list(self.applied),
            "trained": self.trained,
            "note": self.note,
        }
        return {name: value for name, value in told.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class NominationStep:
    """One step of a nomination: what was done, when, by whom and why."""

    kind: EventKind
    on: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Nomination:
    """A nomination as its events tell it: received, waiting, selected, declined, withdrawn or certified.

    `person` stands for the nominee (`person:` and a commitment). `decision` is what was sealed with the decision: the
    points and what it would have taken. `passed` are the modules named on the certificate. `peer` is the node of whose
    letter it came, and `number` its name there; "" for one that an officer received.
    """

    name: str
    cohort: str
    authority: str
    nominee: Nominee
    person: str
    received_on: date
    standing: str = "received"
    reason: str = ""
    decision: Mapping[str, Any] | None = None
    passed: tuple[str, ...] = ()
    certified_on: date | None = None
    certified_by: str = ""
    follow_ups: tuple[FollowUp, ...] = ()
    steps: tuple[NominationStep, ...] = ()
    peer: str = ""
    number: str = ""


def nomination_of(name: str, events: Sequence[Sealed]) -> Nomination:
    """Fold a nomination's events.

    Raises:
        KeyError: none of them opens it.
    """
    return fold_steps(name, events, _received, _after)


def _received(sealed: Sealed, told: Mapping[str, Any]) -> Nomination:
    return Nomination(
        name=told["dossier"],
        cohort=told["cohort"],
        authority=sealed.event.authority,
        nominee=Nominee.of_plain(told["contents"], told.get("reason", "")),
        person=told["nominee"],
        received_on=sealed.event.happened.first,
        steps=(_step(sealed, told),),
        peer=told.get("peer", ""),
        number=told.get("number", ""),
    )


_LEADS_TO: Mapping[EventKind, str] = {
    EventKind.NOMINATION_SELECTED: "selected",
    EventKind.NOMINATION_WAITLISTED: "waiting",
    EventKind.NOMINATION_DECLINED: "declined",
    EventKind.NOMINATION_WITHDRAWN: "withdrawn",
    EventKind.NOMINATION_CERTIFIED: "certified",
}


def _after(known: Nomination, sealed: Sealed, told: Mapping[str, Any]) -> Nomination:
    event, contents = sealed.event, told.get("contents", {})
    known = replace(known, steps=(*known.steps, _step(sealed, told)))
    if event.kind is EventKind.NOMINATION_FOLLOWED_UP:
        return replace(known, follow_ups=(*known.follow_ups, _follow_up(contents, event.happened.first)))
    known = replace(known, standing=_LEADS_TO[event.kind])
    if event.kind is EventKind.NOMINATION_CERTIFIED:
        passed = tuple(contents["passed"])
        return replace(known, passed=passed, certified_on=event.happened.first, certified_by=event.by)
    if event.kind is EventKind.NOMINATION_WITHDRAWN:
        return replace(known, reason=told["reason"])
    return replace(known, decision=contents, reason=told.get("reason", ""))


def _follow_up(told: Mapping[str, Any], on: date) -> FollowUp:
    return FollowUp(
        told["month"], on, told.get("in_post"), tuple(told["applied"]), told["trained"], told.get("note", "")
    )


def _step(sealed: Sealed, told: Mapping[str, Any]) -> NominationStep:
    return NominationStep(sealed.event.kind, str(sealed.event.happened), sealed.event.by, told.get("reason", ""))
