from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from tracemark import stockpiles
from tracemark.api.schemas.fields import Coming, Day, FindingOut, Line, Said, Text, WholeDay, Word
from tracemark.api.schemas.fields import Count as Whole
from tracemark.api.schemas.fields import Weapon as WeaponText
from tracemark.recordkeeping import EventKind
from tracemark.stockpiles import (
    Conclusion,
    Count,
    Covers,
    Function,
    Investigation,
    Look,
    MissingReport,
    Occasion,
    Sighted,
    Site,
    SiteRecord,
    SiteRisk,
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


class SiteRiskOut(BaseModel):
    """How exposed a site is, in percent; null where nothing was answered. The questions by their codes."""

    score: int | None
    lacking: list[str]
    unanswered: list[str]

    @classmethod
    def of(cls, risk: SiteRisk) -> "SiteRiskOut":
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
    risk: SiteRiskOut

    @classmethod
    def of(cls, site: Site) -> "SiteOut":
        """Return a site as it goes out."""
        names = ("name", "authority", "place", "office", "keeper", "function", "every_days", "due", "counted", "open")
        risk = SiteRiskOut.of(risk_of(site.answers))
        return cls(racks=list(site.racks), risk=risk, **{name: getattr(site, name) for name in names})


class SitesOut(BaseModel):
    """Sites, newest first; of those that are late, the longest first. `before` asks for the next page."""

    items: list[SiteOut]
    before: int | None


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


class CountsOut(BaseModel):
    """Counts, newest first. `before` asks for the next page; null where nothing follows."""

    items: list[CountOut]
    before: int | None


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


class OccasionIn(Coming):
    """What an investigation is opened for, where no count asked for it."""

    reason: Literal["report", "alarm", "inspection"]
    weapons: Annotated[list[WeaponText], Field(max_length=_MOST_LINES, default_factory=list)]
    site: Annotated[str, StringConstraints(pattern=r"^(ST-[0-9]{4}-[0-9]{6})?$")] = ""
    note: Text = ""

    def noun(self) -> Occasion:
        """Return it as the rooms know it."""
        return Occasion(stockpiles.Reason(self.reason), self.weapons, self.site, self.note)


class ProgressIn(Coming):
    """What an investigation brought out, and where it needs longer, by when it is to end."""

    note: Said
    due: WholeDay | None = None


class NoteOut(BaseModel):
    """What was said of an investigation, by whom and when."""

    note: str
    by: str
    on: str


class InvestigationOut(BaseModel):
    """An investigation. `finding` is "" while it is open."""

    name: str
    reason: str
    site: str
    count: str
    signal: str
    missing: list[str]
    extra: list[str]
    due: str
    finding: str
    notes: list[NoteOut]

    @classmethod
    def of(cls, known: Investigation) -> "InvestigationOut":
        """Return an investigation as it goes out."""
        names = ("name", "reason", "site", "count", "signal", "due", "finding")
        missing, extra = (list(map(weapon_text, some)) for some in (known.missing, known.extra))
        notes = [NoteOut(note=said, by=account, on=day) for said, account, day in known.notes]
        return cls(missing=missing, extra=extra, notes=notes, **{name: getattr(known, name) for name in names})


class InvestigationsOut(BaseModel):
    """Investigations, newest first. `before` asks for the next page; null where nothing follows."""

    items: list[InvestigationOut]
    before: int | None
