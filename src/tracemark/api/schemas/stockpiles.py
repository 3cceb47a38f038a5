from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Day, FindingOut, Flag, Line, Said, Sha256, Text, WholeDay, Word, Year
from tracemark.api.schemas.fields import Count as Whole
from tracemark.api.schemas.fields import Weapon as WeaponText
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind
from tracemark.stockpiles import (
    Conclusion,
    Count,
    Covers,
    Deed,
    Destruction,
    DestructionRecord,
    Function,
    Investigation,
    Look,
    Lot,
    LotTold,
    MissingReport,
    Move,
    Plan,
    Risk,
    Sighted,
    Site,
    SiteRecord,
    SiteTold,
    risk_of,
)
from tracemark.weapons import WeaponId, weapon_text

DossierName = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[0-9]{4}-[0-9]{6}$")]
"""`ST-2026-000017`."""

_MOST_LINES = 3_000
Lines = Annotated[list[Word], Field(max_length=_MOST_LINES)]
WeaponTexts = Annotated[list[WeaponText], Field(min_length=1, max_length=_MOST_LINES)]


class SiteIn(Coming):
    """A site. `office` is a holder's code, `keeper` the custodian's account; `answers` say yes or no to risk questions.

    `every_days` is how often it is counted at the least, 0 where nobody says.
    """

    place: Word
    office: Line = ""
    keeper: Line = ""
    function: Function = Function.STORE
    racks: Annotated[list[Word], Field(max_length=500, default_factory=list)]
    every_days: Annotated[int, Field(strict=True, ge=0, le=3660)] = 0
    note: Text = ""
    answers: Annotated[dict[str, Literal["yes", "no"]], Field(default_factory=dict)]

    def noun(self) -> SiteTold:
        """Return it as the rooms know it."""
        return SiteTold(**{**self.given(), "place": self.place})


class RiskOut(BaseModel):
    """How exposed a site is, in percent; null where nothing was answered. The questions by their codes."""

    score: int | None
    lacking: list[str]
    unanswered: list[str]

    @classmethod
    def of(cls, risk: Risk) -> "RiskOut":
        """Return a risk as it goes out."""
        lacking, unanswered = ([each.code for each in some] for some in (risk.lacking, risk.unanswered))
        return cls(score=risk.score, lacking=lacking, unanswered=unanswered)


class SiteOut(BaseModel):
    """A site as its events tell it."""

    name: str
    authority: str
    place: str
    office: str
    keeper: str
    function: Function
    racks: list[str]
    every_days: int
    due: str
    counted: str
    open: bool
    risk: RiskOut

    @classmethod
    def of(cls, site: Site) -> "SiteOut":
        """Return a site as it goes out."""
        names = ("name", "authority", "place", "office", "keeper", "function", "every_days", "due", "counted", "open")
        risk = RiskOut.of(risk_of(site.answers))
        return cls(racks=list(site.racks), risk=risk, **{name: getattr(site, name) for name in names})


class SitesOut(BaseModel):
    """Sites, newest first; of those that are late, the longest first."""

    items: list[SiteOut]


class InSiteOut(BaseModel):
    """A weapon of a site, and whether it is there or issued from there."""

    weapon: str
    rack: str
    present: bool


class SiteRecordOut(BaseModel):
    """A site with its weapons, counts and ammunition lots. While a count goes on, `weapons` is null: it is blind."""

    site: SiteOut
    weapons: list[InSiteOut] | None
    counts: list[str]
    lots: list[str]

    @classmethod
    def of(cls, record: SiteRecord) -> "SiteRecordOut":
        """Return it as it goes out."""
        held = [
            InSiteOut(weapon=weapon_text(state.weapon), rack=where.rack, present=where.present)
            for state, where in record.weapons
        ]
        blind = any(each.open for each in record.counts)
        return cls(
            site=SiteOut.of(record.site),
            weapons=None if blind else held,
            counts=[each.name for each in record.counts],
            lots=[each.name for each in record.lots],
        )


class PutIn(Coming):
    """Which weapons are put into a site: each by its label's code, `W-` and its number, or a serial one alone bears."""

    lines: Annotated[Lines, Field(min_length=1)]
    rack: Line = ""


class WeaponsOut(BaseModel):
    """Weapons by identity."""

    weapons: list[str]

    @classmethod
    def of(cls, weapons: Sequence[WeaponId]) -> "WeaponsOut":
        """Return them as they go out."""
        return cls(weapons=list(map(weapon_text, weapons)))


class CountIn(Coming):
    """Why a site is counted, and by when."""

    reason: Line = ""
    due: WholeDay | None = None


class LookIn(Coming):
    """What was seen in one pass. `since` is the position of the record's last event when it began; null: unknown."""

    lines: Lines
    covers: Covers = Covers.SITE
    rack: Line = ""
    since: Whole | None = None

    def noun(self) -> Look:
        """Return it as the rooms know it."""
        return Look(self.lines, self.covers, self.rack, self.since)


class PassOut(BaseModel):
    """What became of the lines: weapons of this site, weapons that belong elsewhere, lines unread; why, in words."""

    seen: list[str]
    extra: list[str]
    unread: list[str]
    findings: list[FindingOut]

    @classmethod
    def of(cls, entered: Sighted, findings: list[FindingOut]) -> "PassOut":
        """Return it as it goes out."""
        seen, extra = (list(map(weapon_text, some)) for some in (entered.seen, entered.extra))
        return cls(seen=seen, extra=extra, unread=list(entered.unread), findings=findings)


class CountOut(BaseModel):
    """A count. While it is open, nothing is told of what is expected."""

    name: str
    site: str
    standing: str
    opened_on: str
    passes: int
    found: int | None
    missing: list[str] | None
    extra: list[str] | None
    unread: list[str] | None
    investigation: str

    @classmethod
    def of(cls, count: Count) -> "CountOut":
        """Return a count as it goes out."""
        closed = count.standing == "closed"
        return cls(
            name=count.name,
            site=count.site,
            standing=count.standing,
            opened_on=count.opened_on,
            passes=len(count.passes),
            found=count.found if closed else None,
            missing=list(map(weapon_text, count.missing)) if closed else None,
            extra=list(map(weapon_text, count.extra)) if closed else None,
            unread=list(count.unread) if closed else None,
            investigation=count.investigation,
        )


class RemarkIn(Coming):
    """Some words on a step; they may be left out."""

    note: Text = ""


class MissingIn(Coming):
    """Which missing weapons of an investigation are lost or stolen, when, and when that was reported."""

    weapons: WeaponTexts
    kind: Literal["lost", "stolen"]
    happened: Day
    reported_on: Day
    place: Line = ""
    circumstances: Text = ""

    def noun(self) -> MissingReport:
        """Return it as the rooms know it."""
        days = (self.happened, self.reported_on)
        return MissingReport(self.weapons, EventKind(self.kind), *days, self.place, self.circumstances)


class FindingIn(Coming):
    """What an investigation found."""

    finding: Conclusion
    note: Text = ""


class InvestigationOut(BaseModel):
    """An investigation. `finding` is "" while it is open."""

    name: str
    reason: str
    site: str
    count: str
    missing: list[str]
    extra: list[str]
    due: str
    finding: str

    @classmethod
    def of(cls, known: Investigation) -> "InvestigationOut":
        """Return an investigation as it goes out."""
        names = ("name", "reason", "site", "count", "due", "finding")
        weapons = {name: list(map(weapon_text, getattr(known, name))) for name in ("missing", "extra")}
        return cls(**{name: getattr(known, name) for name in names}, **weapons)


class InvestigationsOut(BaseModel):
    """Investigations, newest first."""

    items: list[InvestigationOut]


class PlanDestructionIn(Coming):
    """Which weapons are to be destroyed, by which method (`stockpiles/methods.toml`), where and why."""

    weapons: WeaponTexts
    method: Word
    place: Word
    reason: Line = ""
    due: WholeDay | None = None

    def noun(self) -> Plan:
        """Return it as the rooms know it."""
        return Plan(self.weapons, self.method, self.place, self.reason, self.due.isoformat() if self.due else "")


class DecideDestructionIn(Coming):
    """Whether a plan is approved; where it is not, `note` says why."""

    approve: Flag
    note: Text = ""


class DeedIn(Coming):
    """When and where a plan was carried out. `photos` are the SHA-256 of pictures that the node keeps."""

    happened: Day
    place: Word
    photos: Annotated[list[Sha256], Field(max_length=40, default_factory=list)]
    note: Text = ""

    def noun(self) -> Deed:
        """Return it as the rooms know it."""
        return Deed(self.happened, self.place, self.photos, self.note)


class WithdrawIn(Coming):
    """Why a plan is withdrawn."""

    reason: Said


class WitnessOut(BaseModel):
    """Who saw a destruction."""

    name: str
    authority: str
    on: str


class DestructionOut(BaseModel):
    """A destruction. `came_back` are weapons of it that were recovered after they had been destroyed; null in lists."""

    name: str
    authority: str
    standing: str
    method: str
    place: str
    weapons: list[str]
    photos: list[str]
    witnesses: list[WitnessOut]
    came_back: list[str] | None

    @classmethod
    def of(cls, known: Destruction, record: DestructionRecord | None = None) -> "DestructionOut":
        """Return a destruction as it goes out."""
        return cls(
            name=known.name,
            authority=known.authority,
            standing=known.standing,
            method=known.method,
            place=known.place,
            weapons=list(map(weapon_text, known.weapons)),
            photos=list(known.photos),
            witnesses=[WitnessOut(name=each.name, authority=each.authority, on=each.on) for each in known.witnesses],
            came_back=[weapon_text(weapon) for weapon, _ in record.came_back] if record else None,
        )


class DestructionsOut(BaseModel):
    """Destructions, newest first."""

    items: list[DestructionOut]


class WaitingOut(BaseModel):
    """A weapon in custody on which nobody has decided, since when, and how many days that is."""

    weapon: str
    custodian: str
    since: str
    days: int


class DispositionsOut(BaseModel):
    """Weapons in custody that wait for a decision, the longest first."""

    items: list[WaitingOut]


class LotIn(Coming):
    """An ammunition lot that came into a site, by the number its maker gave it; `quantity` in rounds."""

    site: DossierName
    lot: Word
    quantity: Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)]
    happened: Day
    calibre: Line = ""
    maker: Line = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    year: Year | None = None
    rack: Line = ""
    note: Text = ""

    def noun(self) -> LotTold:
        """Return it as the rooms know it."""
        names = ("lot", "quantity", "calibre", "maker", "country", "year", "rack", "note")
        return LotTold(**{name: getattr(self, name) for name in names})


class MoveIn(Coming):
    """A step of an ammunition lot. What is issued is issued `to` somebody; what is destroyed, by a `method`."""

    kind: Literal["lot_added", "lot_issued", "lot_returned", "lot_counted", "lot_expended", "lot_destroyed"]
    quantity: Whole
    happened: Day
    to: Line = ""
    giver: Line = Field("", alias="from")
    method: Line = ""
    note: Text = ""

    def noun(self) -> Move:
        """Return it as the rooms know it."""
        told = {"to": self.to, "from": self.giver, "method": self.method, "note": self.note}
        details: dict[str, Plain] = {name: value for name, value in told.items() if value}
        return Move(EventKind(self.kind), self.quantity, self.happened, details)


class LotOut(BaseModel):
    """An ammunition lot: rounds in store, rounds out, and by how many the last count differed from the record."""

    name: str
    lot: str
    site: str
    rack: str
    calibre: str
    balance: int
    issued: int
    variance: int
    steps: list[dict[str, Any]]

    @classmethod
    def of(cls, lot: Lot) -> "LotOut":
        """Return a lot as it goes out."""
        names = ("name", "lot", "site", "rack", "calibre", "balance", "issued", "variance")
        steps: list[dict[str, Any]] = [
            {
                "position": each.position,
                "kind": each.kind.value,
                "on": each.on,
                "quantity": each.quantity,
                "balance": each.balance,
                "by": each.by,
            }
            for each in lot.steps
        ]
        return cls(steps=steps, **{name: getattr(lot, name) for name in names})


class LotsOut(BaseModel):
    """Ammunition lots, newest first."""

    items: list[LotOut]
