from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Count, Day, Flag, Line, Said, Text, Weapon, WholeDay, Word, Written
from tracemark.kernel import PartialDate
from tracemark.transfers import (
    MOST_ITEMS,
    Answer,
    Application,
    Assessment,
    Authorises,
    Certificate,
    CertificateFile,
    Consignment,
    Denied,
    DossierStep,
    Embargo,
    FilePage,
    GoodsLine,
    Hit,
    Item,
    Journey,
    Licence,
    Party,
    PartyRole,
    Reconciliation,
    Reply,
    Risk,
)
from tracemark.weapons import NO_WEAPON, weapon_text

StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
Standing = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}$")]
"""Where a dossier stands, such as `refused`."""
Locode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[A-Z2-9]{3}$")]
"""A place as UN/LOCODE writes it."""
LicenceName = Annotated[str, StringConstraints(pattern=r"^EL-[0-9]{4}-[0-9]{6}$")]
ConsignmentName = Annotated[str, StringConstraints(pattern=r"^CN-[0-9]{4}-[0-9]{6}$")]
CertificateName = Annotated[str, StringConstraints(pattern=r"^EC-[0-9]{4}-[0-9]{6}$")]
PartyName = Annotated[str, StringConstraints(pattern=r"^PA-[0-9]{4}-[0-9]{6}$")]
EmbargoName = Annotated[str, StringConstraints(pattern=r"^EM-[0-9]{4}-[0-9]{6}$")]
Amount = Annotated[Decimal, Written(r"^[0-9]{1,15}(\.[0-9]{1,2})?$", Decimal)]
"""An amount of money as text."""
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Heading = Annotated[str, StringConstraints(pattern=r"^(930[1-7]([0-9]{2})?)?$")]
Quantity = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
Route = Annotated[list[Locode], Field(max_length=40)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=16_384, pattern=r"^[A-Za-z0-9_.\s-]+$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00]+$")]
Exemption = Annotated[str, StringConstraints(pattern=r"^(committee|notified|government|un_mission|protective)$")]


class GoodsIn(Coming):
    """Weapons of one sort: codes of the catalogue, how many, the worth of all, the customs heading."""

    kind: Word
    quantity: Quantity
    model: Line = ""
    calibre: Line = ""
    value: Amount | None = None
    currency: Currency = ""
    heading: Heading = ""

    def noun(self) -> GoodsLine:
        """Return it as the rooms know it."""
        worth = str(self.value) if self.value is not None else ""
        return GoodsLine(self.kind, self.quantity, self.model, self.calibre, worth, self.currency, self.heading)


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
        )


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


class ReasonIn(Coming):
    """A reason, which stays on record."""

    reason: Said


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


class DossierStepOut(BaseModel):
    """One step: its kind of event, who took it, when, and what was said."""

    kind: str
    by: str
    authority: str
    on: str
    event: int
    said: str

    @classmethod
    def of(cls, step: DossierStep) -> "DossierStepOut":
        """Return a step as it goes out."""
        told = {name: getattr(step, name) for name in ("by", "authority", "on", "said")}
        return cls(kind=step.kind.value, event=step.position, **told)


class LicenceOut(BaseModel):
    """A licence as it stands. `left` counts by goods line, from the first, what may still be packed."""

    name: str
    standing: str
    authority: str
    application: dict[str, Any]
    due: str
    left: list[int]
    received: list[int]
    risk: str
    embargoes_at_advice: list[str]
    hits_at_advice: list[dict[str, Any]]
    granted: bool | None
    exemption: str
    override: str
    certificate: str
    waiver: str
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
            embargoes_at_advice=list(advice.embargoes) if advice else [],
            hits_at_advice=[dict(each) for each in advice.hits] if advice else [],
            granted=decision.granted if decision else None,
            exemption=decision.exemption if decision else "",
            override=decision.override if decision else "",
            certificate=known.certificate,
            waiver=known.waiver,
            consignments=list(known.consignments),
            steps=[DossierStepOut.of(each) for each in known.steps],
        )


class FileOut(BaseModel):
    """A licence, a certificate or a consignment in a list."""

    name: str
    standing: str
    authority: str
    due: str


class FilesOut(BaseModel):
    """A page, newest first. `before` asks for the next page; null where nothing follows."""

    items: list[FileOut]
    before: int | None

    @classmethod
    def of(cls, page: FilePage) -> "FilesOut":
        """Return a page as it goes out."""
        items = [
            FileOut(name=each.name, standing=each.standing, authority=each.authority, due=each.due)
            for each in page.items
        ]
        return cls(items=items, before=page.before)


class JourneyIn(Coming):
    """Who sends to whom, under a licence or within the State."""

    sender: Word
    receiver: Word
    licence: LicenceName | None = None
    carrier: Line = ""
    route: Route = Field(default_factory=list)
    due: WholeDay | None = None
    note: Line = ""

    def noun(self) -> Journey:
        """Return it as the rooms know it."""
        due = self.due.isoformat() if self.due else ""
        return Journey(self.sender, self.receiver, self.licence or "", self.carrier, tuple(self.route), due, self.note)


class ItemIn(Coming):
    """A weapon of a list: by identity, by serial, or both; `line` is the licence's, from 1."""

    weapon: Weapon | None = None
    serial: Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")] = ""
    line: Count = 0

    def noun(self) -> Item:
        """Return it as the rooms know it."""
        return Item(self.weapon or NO_WEAPON, self.serial, self.line)


Items = Annotated[list[ItemIn], Field(min_length=1, max_length=MOST_ITEMS)]


class PackingIn(Coming):
    """Weapons to be put on the packing list."""

    items: Items


class OnIn(Coming):
    """When it happened."""

    on: Day

    @property
    def day(self) -> PartialDate:
        """The day as the rooms know it."""
        return self.on


class ShipmentIn(OnIn):
    """When and where it left, and when it ought to come."""

    place: Line = ""
    due: WholeDay | None = None


class PassageIn(OnIn):
    """A place that was passed."""

    place: Locode
    note: Line = ""


class ReceiptIn(OnIn):
    """What came, and where."""

    items: Items
    place: Line = ""


class MirrorIn(OnIn):
    """What the other side says it received or sent."""

    items: Items
    reported_by: StateCode


class VerificationIn(OnIn):
    """The other authority's certificate of delivery."""

    number: Word
    note: Line = ""


class VisitIn(OnIn):
    """A visit to the end user."""

    place: Word
    note: Text = ""


class ItemOut(BaseModel):
    """A weapon of a list."""

    weapon: str
    serial: str
    line: int

    @classmethod
    def of(cls, item: Item) -> "ItemOut":
        """Return an item as it goes out."""
        weapon = weapon_text(item.weapon) if item.weapon else ""
        return cls(weapon=weapon, serial=item.serial, line=item.line)


class ReconciliationOut(BaseModel):
    """A list beside the packing list, weapon by weapon."""

    agrees: bool
    matched: int
    missing: list[ItemOut]
    extra: list[ItemOut]
    twice: list[ItemOut]

    @classmethod
    def of(cls, found: Reconciliation | None) -> "ReconciliationOut | None":
        """Return a reconciliation as it goes out; nothing where there is none."""
        if found is None:
            return None
        lists = {name: list(map(ItemOut.of, getattr(found, name))) for name in ("missing", "extra", "twice")}
        return cls(agrees=found.agrees, matched=len(found.matched), **lists)


class ConsignmentOut(BaseModel):
    """A consignment as it stands. `receipt` is what our side received, `mirror` what the other side reports."""

    name: str
    standing: str
    authority: str
    licence: str
    moves: str
    sender: str
    receiver: str
    to_state: str
    route: list[str]
    due: str
    packed: list[ItemOut]
    shipped_on: str
    missed: list[str]
    strayed: list[str]
    receipt: ReconciliationOut | None
    mirror: ReconciliationOut | None
    verified: str
    overdue: bool
    steps: list[DossierStepOut]

    @classmethod
    def of(cls, known: Consignment, on: date) -> "ConsignmentOut":
        """Return a consignment as it goes out, as it stands on a day."""
        texts = ("name", "standing", "authority", "licence", "moves", "to_state", "due", "shipped_on", "verified")
        return cls(
            **{name: getattr(known, name) for name in texts},
            sender=known.from_holder,
            receiver=known.to_holder,
            route=list(known.route),
            packed=list(map(ItemOut.of, known.packed)),
            missed=known.missed,
            strayed=known.strayed,
            receipt=ReconciliationOut.of(known.receipt),
            mirror=ReconciliationOut.of(known.mirror),
            overdue=known.overdue(on),
            steps=[DossierStepOut.of(each) for each in known.steps],
        )


class CertificateIn(Coming):
    """The ten elements of an end-user certificate of this State."""

    goods: Annotated[list[GoodsIn], Field(min_length=1, max_length=40)]
    contract: Word
    contract_on: WholeDay | None = None
    destination: StateCode
    end_use: Said
    exporter: Word
    end_user: Word
    parties: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    office: Word
    office_from: WholeDay
    office_until: WholeDay
    valid_until: WholeDay
    no_retransfer: Flag = True
    undertakings: Text = ""

    def noun(self, issuer: str, on: date) -> Certificate:
        """Return it as the rooms know it."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        given |= {
            "goods": tuple(each.noun() for each in self.goods),
            "parties": tuple(self.parties),
            "contract_on": self.contract_on.isoformat() if self.contract_on else "",
        }
        return Certificate(number="", issuer=issuer, issued_on=on, **given)


class CertificateOut(BaseModel):
    """A certificate as it stands. `own`: this State gave it. `token` is what its QR code holds."""

    name: str
    standing: str
    own: bool
    certificate: dict[str, Any]
    token: str
    used_for: str
    used_on: str
    revoked_because: str
    steps: list[DossierStepOut]

    @classmethod
    def of(cls, known: CertificateFile) -> "CertificateOut":
        """Return a certificate as it goes out."""
        names = ("name", "standing", "own", "token", "used_for", "used_on", "revoked_because")
        told = {name: getattr(known, name) for name in names}
        steps = [DossierStepOut.of(each) for each in known.steps]
        return cls(certificate=dict(known.certificate.plain()), steps=steps, **told)


class UseIn(Coming):
    """Which licence of which State uses a certificate of ours."""

    by_state: StateCode
    used_for: Word


class CheckCertificateIn(Coming):
    """Another State's certificate, its key, and the day on which it ought to be good."""

    token: Token
    key: Key
    on: WholeDay


class CheckedOut(BaseModel):
    """What the certificate says; that key signed it, and it is good on that day."""

    certificate: dict[str, Any]


class EmbargoIn(Coming):
    """An embargo of this State itself."""

    state: StateCode
    since: WholeDay
    until: WholeDay | None = None
    symbol: Word
    non_state_only: Flag = False
    exemptions: Annotated[list[Exemption], Field(max_length=5)] = Field(default_factory=list)
    note: Line = ""

    def noun(self) -> Embargo:
        """Return it as the rooms know it."""
        scope = "non_state" if self.non_state_only else "all"
        return Embargo(
            "", self.state, self.since, self.until, self.symbol, scope, tuple(self.exemptions), note=self.note
        )


class LiftingIn(ReasonIn):
    """The last day of an embargo, and why it ends."""

    until: WholeDay


class EmbargoOut(BaseModel):
    """An embargo of the table or of this State; `confidence` tells how sure its days are."""

    code: str
    state: str
    since: str
    until: str | None
    symbol: str
    scope: str
    exemptions: list[str]
    confidence: str
    note: str

    @classmethod
    def of(cls, known: Embargo) -> "EmbargoOut":
        """Return an embargo as it goes out."""
        told = {name: getattr(known, name) for name in ("code", "state", "symbol", "scope", "confidence", "note")}
        until = known.until.isoformat() if known.until else None
        return cls(since=known.since.isoformat(), until=until, exemptions=list(known.exemptions), **told)


class EmbargoesOut(BaseModel):
    """Embargoes: the Security Council's, then the State's own."""

    items: list[EmbargoOut]


class DeniedIn(Coming):
    """An organisation, ship or aircraft to which nothing is to go. A natural person is never named."""

    name: Word
    aliases: Annotated[list[Word], Field(max_length=40)] = Field(default_factory=list)
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    reason: Said
    source: Line = ""

    def noun(self) -> Denied:
        """Return it as the rooms know it."""
        return Denied("", self.name, tuple(self.aliases), self.state, self.reason)


class DeniedOut(BaseModel):
    """A listed party, by the name of its dossier."""

    dossier: str
    name: str
    aliases: list[str]
    state: str
    reason: str

    @classmethod
    def of(cls, known: Denied) -> "DeniedOut":
        """Return a party as it goes out."""
        return cls(
            dossier=known.dossier, name=known.name, aliases=list(known.aliases), state=known.state, reason=known.reason
        )


class PartiesOut(BaseModel):
    """The parties that are listed now."""

    items: list[DeniedOut]


class NamesIn(Coming):
    """Names to be held against the list."""

    names: Annotated[list[Word], Field(min_length=1, max_length=200)]


class HitOut(BaseModel):
    """That a name looks like one of a listed party, and why. An officer judges whether it is."""

    name: str
    party: DeniedOut
    matched: str
    why: str

    @classmethod
    def of(cls, hit: Hit) -> "HitOut":
        """Return a likeness as it goes out."""
        return cls(name=hit.name, party=DeniedOut.of(hit.denied), matched=hit.matched, why=hit.likeness.value)


class HitsOut(BaseModel):
    """Every likeness that was found."""

    hits: list[HitOut]


class NamedOut(BaseModel):
    """The name of what was opened."""

    name: str
