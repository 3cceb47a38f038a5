from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Flag, Line, Said, State, Text, WholeDay, Word
from tracemark.api.schemas.transfers import DossierStepOut, GoodsIn, Key, ReasonIn, Route, StateCode, Token
from tracemark.transfers import Answer, Application, Assessment, Authorises, Licence, Party, PartyRole, Reply, Risk


class PartyIn(Coming):
    """An organisation that takes part. A natural person is never named."""

    role: PartyRole
    name: Word
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""


class LicenceIn(Coming):
    """What is asked for."""

    authorises: Authorises
    applicant: Word
    from_state: StateCode
    to_state: StateCode
    goods: Annotated[list[GoodsIn], Field(min_length=1, max_length=100)]
    valid_from: WholeDay
    valid_until: WholeDay
    parties: Annotated[list[PartyIn], Field(max_length=50)] = Field(default_factory=list)
    route: Route = Field(default_factory=list)
    end_use: Text = ""
    origin_state: State = ""
    needs_consent: Flag = False
    due: WholeDay | None = None
    note: Line = ""

    def noun(self) -> Application:
        """Return it as the rooms know it."""
        return Application(
            self.authorises,
            self.applicant,
            self.from_state,
            self.to_state,
            tuple(each.noun() for each in self.goods),
            self.valid_from,
            self.valid_until,
            tuple(Party(each.role, each.name, each.state) for each in self.parties),
            tuple(self.route),
            self.end_use,
            self.origin_state,
            self.needs_consent,
        )


class NotificationIn(Coming):
    """By which note the State that exported the goods first was notified, and by when it may answer."""

    number: Line = ""
    due: WholeDay | None = None
    note: Line = ""


class ConsentIn(Coming):
    """What that State answered, and under which number."""

    consents: Flag
    number: Word
    note: Line = ""


class RiskAnswerIn(Coming):
    """An answer to a question of the assessment, with its reason and what lessens the risk."""

    question: Word
    reply: Reply
    reason: Text = ""
    mitigation: Text = ""


class AssessmentIn(Coming):
    """The answers, and the risk on the whole with its reason."""

    answers: Annotated[list[RiskAnswerIn], Field(max_length=100)]
    risk: Risk
    reason: Said

    def noun(self) -> Assessment:
        """Return it as the rooms know it."""
        answers = (Answer(each.question, each.reply, each.reason, each.mitigation) for each in self.answers)
        return Assessment(tuple(answers), self.risk, self.reason)


class AdviceIn(ReasonIn):
    """To grant or to refuse, and why."""

    grant: Flag


class LicenceDecisionIn(AdviceIn):
    """What is decided and why; an exemption from an embargo, and why it is granted in spite of what was found."""

    exemption: Line = ""
    override: Text = ""


class IssueIn(Coming):
    """The end-user certificate that the licence rests on with the key of its State, or why it rests on none."""

    token: Token | None = None
    key: Key | None = None
    waiver: Line = ""


class LicenceOut(BaseModel):
    """A licence as it stands. `left` counts by goods line what may be packed; `earlier` are texts since revised."""

    name: str
    standing: str
    authority: str
    application: dict[str, Any]
    due: str
    left: list[int]
    received: list[int]
    risk: str
    answers: list[dict[str, Any]]
    embargoes_at_advice: list[str]
    hits_at_advice: list[dict[str, Any]]
    granted: bool | None
    exemption: str
    override: str
    certificate: str
    waiver: str
    notified_on: str
    answer_due: str
    consents: bool | None
    earlier: list[dict[str, Any]]
    consignments: list[str]
    steps: list[DossierStepOut]

    @classmethod
    def of(cls, known: Licence) -> "LicenceOut":
        """Return a licence as it goes out."""
        lines = range(1, len(known.application.goods) + 1)
        advice, decision = known.advice, known.decision
        return cls(
            name=known.name,
            standing=known.standing,
            authority=known.authority,
            application=dict(known.application.plain()),
            due=known.due,
            left=[known.left(line) for line in lines],
            received=[known.received.get(line, 0) for line in lines],
            risk=known.assessment.risk.value if known.assessment else "",
            answers=[dict(each.plain()) for each in known.assessment.answers] if known.assessment else [],
            embargoes_at_advice=list(advice.embargoes) if advice else [],
            hits_at_advice=[dict(each) for each in advice.hits] if advice else [],
            granted=decision.granted if decision else None,
            exemption=decision.exemption if decision else "",
            override=decision.override if decision else "",
            certificate=known.certificate,
            waiver=known.waiver,
            notified_on=known.notified.on if known.notified else "",
            answer_due=known.notified.due if known.notified else "",
            consents=known.consent.given if known.consent else None,
            earlier=[dict(each.plain()) for each in known.earlier],
            consignments=list(known.consignments),
            steps=[DossierStepOut.of(each) for each in known.steps],
        )
