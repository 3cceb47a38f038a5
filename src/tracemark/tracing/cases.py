from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, current
from tracemark.weapons import WeaponId


class CaseState(StrEnum):
    """Where a trace stands. A case at home goes from open to judged to answered; `reopened` counts as open."""

    OPEN = "open"
    JUDGED = "judged"
    ANSWERED = "answered"


class Verdict(StrEnum):
    """What an officer finds of a candidate. A machine score never answers by itself."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Outcome(StrEnum):
    """What came of a trace. Source: ITI 20, SDG 16.4.2."""

    TRACED = "traced"
    TRACED_PARTLY = "traced_partly"
    NOT_IN_REGISTER = "not_in_register"
    RECORDS_INCOMPLETE = "records_incomplete"
    UNMARKED = "unmarked"
    ASK_ANOTHER_STATE = "ask_another_state"


class Priority(StrEnum):
    """How soon an answer is needed. No instrument sets levels; a State gives them deadlines. Source: ITI 18."""

    ROUTINE = "routine"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class ComponentReading:
    """What an examiner read on one part, as `read_mark_text` understands it; `part` is a Part's value or ""."""

    text: str
    part: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class TraceRequest:
    """What a trace asks about a recovered weapon. Source: ITI 17.

    `readings` are of the marks, each component apart; the features are catalogue codes or "". `free_text` keeps the
    examiner's own words. `purpose` is the intended use of what is found; `confidentiality_limits` says what the law
    does not let us keep to ourselves (ITI 16).
    """

    recovered: WeaponId
    readings: tuple[ComponentReading, ...]
    purpose: str
    illicit_because: tuple[str, ...] = ()
    legal_basis: str = ""
    circumstances: str = ""
    kind: str = ""
    maker: str = ""
    model: str = ""
    calibre: str = ""
    country: str = ""
    year: int | None = None
    free_text: str = ""
    priority: Priority = Priority.ROUTINE
    urgent_because: str = ""
    confidentiality_limits: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form kept in the record, version 1; what is unknown is left out."""
        found: dict[str, Plain] = {
            name: value
            for name in (
                "purpose",
                "legal_basis",
                "circumstances",
                "kind",
                "maker",
                "model",
                "calibre",
                "country",
                "free_text",
                "urgent_because",
                "confidentiality_limits",
                "year",
            )
            if (value := getattr(self, name))
        }
        found["illicit_because"] = list(self.illicit_because)
        found["priority"] = self.priority.value
        found["readings"] = [{"text": each.text, "part": each.part, "method": each.method} for each in self.readings]
        return found

    @classmethod
    def of_plain(cls, recovered: WeaponId, plain: Mapping[str, Any]) -> "TraceRequest":
        """Read the JSON form back."""
        readings = tuple(ComponentReading(**each) for each in plain["readings"])
        changed = {
            "readings": readings,
            "priority": Priority(plain["priority"]),
            "illicit_because": tuple(plain["illicit_because"]),
        }
        return cls(recovered=recovered, **{"purpose": "", **plain, **changed})


@dataclass(frozen=True, slots=True)
class Judgement:
    """One officer's finding on one candidate, with the score that was shown and the version of the weights."""

    other_weapon: WeaponId
    verdict: Verdict
    by: str
    posterior: str = ""
    weights: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TraceCase:
    """A trace, folded from its events. `id` is `T-` and the position of the event that opened it."""

    id: str
    request: TraceRequest
    state: CaseState
    opened_at: str
    opened_by: str
    authority: str
    judgements: tuple[Judgement, ...] = ()
    outcome: Outcome | None = None
    answer: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def identified_as(self) -> WeaponId | None:
        """The weapon an officer found to be the same, by the last judgement on each candidate."""
        last = {judgement.other_weapon: judgement.verdict for judgement in self.judgements}
        return next((weapon for weapon, verdict in last.items() if verdict is Verdict.SAME), None)


def case_id(position: int) -> str:
    """Return the identity of the case that the event at `position` opened."""
    return f"T-{position}"


def fold_cases(events: Iterable[Sealed]) -> dict[str, TraceCase]:
    """Fold a recovered weapon's events into its trace cases, by id."""
    cases: dict[str, TraceCase] = {}
    for sealed in sorted(current(events), key=lambda each: each.position):
        if sealed.event.kind is EventKind.TRACE_REQUESTED:
            opened = _opened(sealed)
            cases[opened.id] = opened
        elif sealed.event.kind in _CASE_STEPS and sealed.event.details["case"] in cases:
            details: Mapping[str, Any] = sealed.event.details
            cases[details["case"]] = _CASE_STEPS[sealed.event.kind](cases[details["case"]], sealed)
    return cases


def _opened(sealed: Sealed) -> TraceCase:
    event = sealed.event
    request: Any = event.details["request"]
    return TraceCase(
        id=case_id(sealed.position),
        request=TraceRequest.of_plain(event.weapon, request),
        state=CaseState.OPEN,
        opened_at=sealed.recorded_at.isoformat(),
        opened_by=event.by,
        authority=event.authority,
    )


def _judged(case: TraceCase, sealed: Sealed) -> TraceCase:
    details: Mapping[str, Any] = sealed.event.details
    judgement = Judgement(
        other_weapon=WeaponId(details["other_weapon"]),
        verdict=Verdict(details["judgement"]),
        by=sealed.event.by,
        posterior=details.get("posterior", ""),
        weights=details.get("weights", ""),
        note=details.get("note", ""),
    )
    judgements: Sequence[Judgement] = (*case.judgements, judgement)
    judged = replace(case, judgements=tuple(judgements))
    return replace(judged, state=CaseState.JUDGED if judged.identified_as else CaseState.OPEN)


def _answered(case: TraceCase, sealed: Sealed) -> TraceCase:
    details: Mapping[str, Any] = sealed.event.details
    return replace(case, state=CaseState.ANSWERED, outcome=Outcome(details["outcome"]), answer=details)


_CASE_STEPS = {EventKind.JUDGED: _judged, EventKind.TRACE_ANSWERED: _answered}
