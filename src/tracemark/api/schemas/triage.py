from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import CaseId, Coming, Day, Limit, Line, Said, Text, Weapon, Word, plain_of
from tracemark.diversion import (
    STAGES,
    FollowUp,
    Found,
    Onward,
    PointOfDiversion,
    Precision,
    RaisedSignal,
    Reading,
    SignalFilter,
    SignalRecord,
    SignalStep,
    Stage,
    Standing,
    Strength,
    ways_of_diversion,
)
from tracemark.weapons import parse_weapon, weapon_text

SignalName = Annotated[str, StringConstraints(pattern=r"^SG-[0-9]{4}-[0-9]{6}$")]
"""`SG-2026-000017`."""
Rule = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")]
Recipient = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,19}$")]
"""The State or region that a notice is for, such as `XU`."""
AtStage = Annotated[str, Field(json_schema_extra={"enum": list(STAGES)}, pattern=f"^({'|'.join(STAGES)})$")]
How = Annotated[str, Field(pattern=f"^({'|'.join(ways_of_diversion())})$")]
"""A way out of lawful hands, as `diversion/points.toml` codes it."""
Grounds = Annotated[list[Word], Field(max_length=50)]


class SignalsAsked(BaseModel):
    """Which signals are listed: those that wait where no standing is named. `after` is the last of the page before."""

    standing: Standing | None = None
    strength: Strength | None = None
    stage: Stage | None = None
    rule: Rule | None = None
    weapon: Annotated[str, StringConstraints(pattern=r"^W-[1-9][0-9]{0,14}$")] | None = None
    after: SignalName | None = None
    limit: Limit = 50

    def wanted(self) -> SignalFilter:
        """Return it as the rooms know it."""
        asked: dict[str, Any] = {name: getattr(self, name) or "" for name in ("strength", "stage", "rule")}
        asked |= {"weapon": parse_weapon(self.weapon) if self.weapon else None}
        return SignalFilter(frozenset({self.standing}), **asked) if self.standing else SignalFilter(**asked)


class MergerIn(Coming):
    """Into which signal another is merged."""

    into: SignalName
    note: Text = ""


class DismissalIn(Coming):
    """For which innocent readings a signal is dismissed; `other` needs a note."""

    readings: Annotated[list[Reading], Field(min_length=1, max_length=len(Reading))]
    note: Text = ""


class EscalationIn(Coming):
    """Why a signal is escalated: to an investigation or a trace case that there is, or to one that it opens."""

    note: Said
    investigation: Annotated[str, StringConstraints(pattern=r"^(IV-[0-9]{4}-[0-9]{6})?$")] = ""
    case: CaseId | None = None
    opens: FollowUp | None = None

    def onward(self) -> Onward:
        """Return where it goes."""
        return Onward(self.investigation, self.case or "", self.opens)


class CodingIn(Coming):
    """Where, when and how weapons left lawful hands; `since` and `until` as far as they are known."""

    stage: AtStage
    how: How
    since: Day | None = None
    until: Day | None = None
    place: Line = ""
    grounds: Grounds = Field(default_factory=list)

    def noun(self) -> Found:
        """Return it as the rooms know it."""
        return Found(self.stage, self.how, self.grounds, self.since, self.until, self.place)


class ConfirmationIn(Coming):
    """On which grounds a second person confirms a signal, and, where it is known, its point of diversion."""

    note: Said
    point: CodingIn | None = None


class PointIn(CodingIn):
    """The weapons that were diverted, one or a batch, and how; the signal or the trace case that showed it."""

    weapons: Annotated[list[Weapon], Field(min_length=1, max_length=2_000)]
    signal: SignalName | None = None
    case: CaseId | None = None

    def noun(self) -> Found:
        """Return it as the rooms know it."""
        when = (self.since, self.until, self.place)
        return Found(self.stage, self.how, self.grounds, *when, self.signal or "", self.case or "")


class RecipientIn(Coming):
    """For which State or region a notice is signed."""

    to_state: Recipient


class SignalStepOut(BaseModel):
    """One step of a signal: what was done, by whom, when, and what was said."""

    kind: str
    by: str
    on: str
    event: int
    note: str
    readings: list[str]
    investigation: str
    case: str
    into: str
    to_state: str

    @classmethod
    def of(cls, step: SignalStep) -> "SignalStepOut":
        """Return a step as it goes out."""
        told = {name: getattr(step, name) for name in ("by", "on", "note", "investigation", "case", "into", "to_state")}
        return cls(kind=step.kind.value, event=step.position, readings=list(step.readings), **told)


class SignalOut(BaseModel):
    """A signal: a reason to look, never a finding of guilt. `evidence` are places of the record.

    `explanation` and `innocent` say it in the caller's language; `corroborated` and `steps` are null in lists.
    """

    name: str
    standing: Standing
    rule: str
    stage: Stage
    strength: Strength
    weapons: list[str]
    evidence: list[int]
    when: str
    place: str
    facts: dict[str, Any]
    raised_on: str
    earlier: str
    joined: list[str]
    explanation: str
    innocent: str
    corroborated: bool | None
    steps: list[SignalStepOut] | None

    @classmethod
    def of(cls, raised: RaisedSignal, said: tuple[str, str], record: SignalRecord | None = None) -> "SignalOut":
        """Return a signal as it goes out; `said` is its explanation and its innocent reading."""
        found = raised.signal
        return cls(
            name=raised.name,
            standing=raised.standing,
            rule=found.rule,
            stage=found.stage,
            strength=found.strength,
            weapons=list(map(weapon_text, found.weapons)),
            evidence=list(found.evidence),
            when=found.when,
            place=found.place,
            facts=plain_of(dict(found.facts or {})),
            raised_on=raised.raised.on,
            earlier=raised.earlier,
            joined=list(raised.joined),
            explanation=said[0],
            innocent=said[1],
            corroborated=record.corroborated if record else None,
            steps=[SignalStepOut.of(each) for each in (raised.raised, *raised.steps)] if record else None,
        )


class SignalsOut(BaseModel):
    """Signals, the strongest first and of equal ones the oldest. `after` asks for the next page; null: the end."""

    items: list[SignalOut]
    after: str | None


class PointOut(BaseModel):
    """Where, when and how a weapon left lawful hands, as an officer found it."""

    weapon: str
    stage: str
    how: str
    grounds: list[str]
    since: str
    until: str
    place: str
    signal: str
    case: str
    decided_by: str
    decided_on: str
    event: int

    @classmethod
    def of(cls, point: PointOfDiversion) -> "PointOut":
        """Return a point as it goes out."""
        plain = {name: getattr(point, name) for name in ("stage", "how", "place", "signal", "case", "decided_by")}
        days = {name: str(getattr(point, name) or "") for name in ("since", "until", "decided_on")}
        return cls(weapon=weapon_text(point.weapon), grounds=list(point.grounds), event=point.position, **plain, **days)


class PointsOut(BaseModel):
    """Points of diversion."""

    items: list[PointOut]


class PrecisionOut(BaseModel):
    """How often a rule was right, as officers found: null while nobody judged; the Wilson interval of 95 %."""

    rule: str
    confirmed: int
    dismissed: int
    waiting: int
    share: float | None
    between: tuple[float, float] | None

    @classmethod
    def of(cls, found: Precision) -> "PrecisionOut":
        """Return it as it goes out."""
        return cls(**{name: getattr(found, name) for name in cls.model_fields})


class RulesOut(BaseModel):
    """How often each rule that found something was right."""

    items: list[PrecisionOut]
