from collections.abc import Iterable, Iterator, Mapping
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

    `readings` are of the marks, each component apart; the features are catalogue codes or "", `country` the State of
    manufacture and `import_country` the one that the import mark names. `free_text` keeps the
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
    import_country: str = ""
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
                "import_country",
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
    """One officer's finding on one candidate, with the score that was shown and the version of the weights.

    `at` is the instant at which it was sealed, "" before.
    """

    other_weapon: WeaponId
    verdict: Verdict
    by: str
    posterior: str = ""
    weights: str = ""
    note: str = ""
    at: str = ""

    @classmethod
    def of_sealed(cls, sealed: Sealed) -> "Judgement":
        """Read it from the event that sealed it."""
        details: Mapping[str, Any] = sealed.event.details
        return cls(
            other_weapon=WeaponId(details["other_weapon"]),
            verdict=Verdict(details["judgement"]),
            by=sealed.event.by,
            posterior=details.get("posterior", ""),
            weights=details.get("weights", ""),
            note=details.get("note", ""),
            at=sealed.recorded_at.isoformat(),
        )


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An identification that two people voided: of which weapon, who proposed it and who approved, when and why."""

    weapon: WeaponId
    proposed_by: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class TraceCase:
    """A trace, folded from its events. `id` is `T-` and the position of the event that opened it.

    `identified_as` is the weapon an officer found to be the same, as long as that identification stands. `answer` holds
    the details of the last answer, with who gave it and when; where what it rested on was withdrawn, `outcome` is None
    and the case is open again.
    """

    id: str
    request: TraceRequest
    state: CaseState
    opened_at: str
    opened_by: str
    authority: str
    judgements: tuple[Judgement, ...] = ()
    outcome: Outcome | None = None
    answer: Mapping[str, Plain] = field(default_factory=dict)
    identified_as: WeaponId | None = None
    answered_at: str = ""
    answered_by: str = ""
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def answer_withdrawn(self) -> bool:
        """Whether an answer was given that no longer stands."""
        return bool(self.answer) and self.outcome is None


def case_id(position: int) -> str:
    """Return the identity of the case that the event at `position` opened."""
    return f"T-{position}"


def fold_cases(events: Iterable[Sealed]) -> dict[str, TraceCase]:
    """Fold a recovered weapon's events into its trace cases, by id.

    An identification that was voided since counts as never made: the case is open again, and an answer that rested on
    it no longer stands.
    """
    known, cases = list(events), dict[str, TraceCase]()
    for sealed in sorted(current(known), key=lambda each: each.position):
        if sealed.event.kind is EventKind.TRACE_REQUESTED:
            opened = _opened(sealed)
            cases[opened.id] = opened
        elif sealed.event.kind in _CASE_STEPS and sealed.event.details["case"] in cases:
            details: Mapping[str, Any] = sealed.event.details
            cases[details["case"]] = _CASE_STEPS[sealed.event.kind](cases[details["case"]], sealed)
    for case, withdrawal in _withdrawals(known):
        if case in cases:
            cases[case] = replace(cases[case], withdrawn=(*cases[case].withdrawn, withdrawal))
    return cases


def _withdrawals(events: Iterable[Sealed]) -> Iterator[tuple[str, Withdrawal]]:
    """Yield each identification that was voided, with the case it belonged to, in the order they were voided."""
    known = {sealed.position: sealed for sealed in events}
    for sealed in sorted(known.values(), key=lambda each: each.position):
        details: Mapping[str, Any] = sealed.event.details
        wrong = known.get(details["corrects"]) if sealed.event.kind is EventKind.CORRECTED else None
        if wrong and details.get("void") and wrong.event.kind is EventKind.IDENTIFIED:
            of: Mapping[str, Any] = wrong.event.details
            proposed_by, by, at = details["proposed_by"], sealed.event.by, sealed.recorded_at.isoformat()
            yield of["case"], Withdrawal(WeaponId(of["as"]), proposed_by, by, at, details["reason"])


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
    return replace(case, judgements=(*case.judgements, Judgement.of_sealed(sealed)))


def _identified(case: TraceCase, sealed: Sealed) -> TraceCase:
    details: Mapping[str, Any] = sealed.event.details
    return replace(case, state=CaseState.JUDGED, identified_as=WeaponId(details["as"]))


def _answered(case: TraceCase, sealed: Sealed) -> TraceCase:
    """An answer names the weapon it rests on: it stands where that identification does."""
    details: Mapping[str, Any] = sealed.event.details
    given = replace(case, answer=details, answered_at=sealed.recorded_at.isoformat(), answered_by=sealed.event.by)
    if details.get("other_weapon") != case.identified_as:
        return given
    return replace(given, state=CaseState.ANSWERED, outcome=Outcome(details["outcome"]))


_CASE_STEPS = {
    EventKind.JUDGED: _judged,
    EventKind.IDENTIFIED: _identified,
    EventKind.TRACE_ANSWERED: _answered,
}
