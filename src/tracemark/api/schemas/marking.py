from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Count, FindingOut, Line, State, Weapon, WholeDay, Word
from tracemark.api.schemas.weapons import Components, DescriptionIn, MarkOut, Marks
from tracemark.kernel import Finding
from tracemark.marking import (
    CheckSystem,
    Circumstance,
    Marked,
    MarkingPlan,
    MarkToMake,
    PlanLine,
    Profile,
    ProfileVersion,
    Scheme,
    Span,
    grade_of,
    next_number,
    skipped,
)
from tracemark.recordkeeping import NumberBlock
from tracemark.weapons import weapon_text

ProfileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,40}$")]
Instrument = Literal["ITI", "MOSAIC", "FP"]
Instruments = Annotated[list[Instrument], Field(min_length=1, max_length=3)]


class CheckIn(Coming):
    """A weapon with what it bears, and why and when it is asked. `profile` is a national law by name, "" for none."""

    description: DescriptionIn
    components: Components = Field(default_factory=list)
    marks: Marks = Field(default_factory=list)
    circumstance: Circumstance
    on: WholeDay
    state: State = ""
    profile: ProfileName = ""

    def noun(self) -> Marked:
        """Return it as the rooms know it."""
        return Marked(
            description=self.description.noun(),
            components=tuple(each.noun() for each in self.components),
            marks=tuple(each.noun() for each in self.marks),
            circumstance=self.circumstance,
            on=self.on,
            state=self.state,
        )


class GradedFinding(FindingOut):
    """A finding with its weight: `required`, `encouraged` or `not_assessed`."""

    grade: str

    @classmethod
    def graded(cls, finding: Finding, grade: str, to: str) -> "GradedFinding":
        """Put a finding and its weight into words."""
        return cls(**FindingOut.of(finding, to).model_dump(), grade=grade)


class ChecksOut(BaseModel):
    """What the instruments ask and the weapon lacks, and what the national law asks."""

    instruments: list[GradedFinding]
    profile: list[GradedFinding]

    @classmethod
    def of(cls, found: list[Finding], by_law: list[Finding], profile: Profile | None, to: str) -> "ChecksOut":
        """Return findings as they go out."""
        return cls(
            instruments=[GradedFinding.graded(each, grade_of(each.code).value, to) for each in found],
            profile=[GradedFinding.graded(each, profile.grade_of(each.code).value, to) for each in by_law]
            if profile
            else [],
        )


class SchemeIn(Coming):
    """How numbers are written: prefix, digits padded with zeros, check characters of ISO 7064."""

    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9./-]{0,20}$")] = ""
    digits: Annotated[int, Field(strict=True, ge=1, le=12)] = 7
    check: CheckSystem = CheckSystem.NONE

    def noun(self) -> Scheme:
        """Return it as the rooms know it.

        Raises:
            ValueError: the check does not cover the prefix.
        """
        return Scheme(self.prefix, self.digits, self.check)


class BlockIn(Coming):
    """Numbers to be allocated to a maker or the national marking office, first and last included."""

    holder: Word
    scheme: SchemeIn
    first: Count
    last: Count
    purpose: Line = ""


class SpanOut(BaseModel):
    """Numbers from `first` to `last`, both included, as they are written."""

    first: str
    last: str

    @classmethod
    def of(cls, span: Span, scheme: Scheme) -> "SpanOut":
        """Return a span as it goes out."""
        return cls(first=scheme.write(span.first), last=scheme.write(span.last))


class ReservationIn(Coming):
    """How many numbers are wanted, and the name of the marking session they are for."""

    count: Annotated[int, Field(strict=True, ge=1, le=500)]
    plan: Line = ""


class ReservedOut(BaseModel):
    """Numbers as they will be stamped. They count as used from now on."""

    numbers: list[str]


class UsedIn(Coming):
    """Numbers that the block's holder says were stamped, as they are written, first and last included."""

    first: Word
    last: Word

    def noun(self, scheme: Scheme) -> Span:
        """Return them as the rooms know them.

        Raises:
            ValueError: they are not written as the scheme says, or the last comes before the first.
        """
        return Span(scheme.read(self.first), scheme.read(self.last))


class ClosingIn(Coming):
    """Why no more numbers are to be given out."""

    note: Line = ""


class BlockOut(BaseModel):
    """A block of numbers. `skipped` were passed over and are never given out again; `next` is null at the end.

    `event` is the event that allocated it, by which it is known; null for one allocated before numbers were sealed.
    """

    event: int | None
    holder: str
    prefix: str
    digits: int
    check: CheckSystem
    first: str
    last: str
    allocated_on: str
    closed_on: str | None
    purpose: str
    used: list[SpanOut]
    skipped: list[SpanOut]
    next: str | None

    @classmethod
    def of(cls, known: NumberBlock) -> "BlockOut":
        """Return a block as it goes out, with the use made of it."""
        block, used = known.block, known.used
        scheme, following = block.scheme, next_number(block, used)
        return cls(
            event=known.allocated,
            holder=block.holder,
            prefix=scheme.prefix,
            digits=scheme.digits,
            check=scheme.check,
            first=scheme.write(block.first),
            last=scheme.write(block.last),
            allocated_on=block.allocated_on.isoformat(),
            closed_on=str(known.closed_on) if known.closed_on else None,
            purpose=block.purpose,
            used=[SpanOut.of(each, scheme) for each in used],
            skipped=[SpanOut.of(each, scheme) for each in skipped(block, used)],
            next=scheme.write(following) if following <= block.last and not known.closed_on else None,
        )


class BlocksOut(BaseModel):
    """Every block ever allocated, in the order of allocation."""

    items: list[BlockOut]


def _default_instruments() -> list[Instrument]:
    return ["ITI", "MOSAIC"]


class PlanIn(Coming):
    """A lot to be marked. `numbers` are those reserved for it, as they are written."""

    weapons: Annotated[list[Weapon], Field(min_length=1, max_length=500)]
    circumstance: Circumstance
    on: WholeDay
    numbers: Annotated[list[Word], Field(max_length=500)] = Field(default_factory=list)
    profile: ProfileName = ""
    instruments: Instruments = Field(default_factory=_default_instruments)


class MarkToMakeOut(BaseModel):
    """A mark to be stamped, the least size the law asks in mm (null: it is silent), and the codes it puts right."""

    mark: MarkOut
    min_depth_mm: str | None
    min_height_mm: str | None
    reasons: list[str]

    @classmethod
    def of(cls, made: MarkToMake) -> "MarkToMakeOut":
        """Return a mark to be made as it goes out."""
        return cls(
            mark=MarkOut.of(made.mark),
            min_depth_mm=None if made.min_depth_mm is None else str(made.min_depth_mm),
            min_height_mm=None if made.min_height_mm is None else str(made.min_height_mm),
            reasons=list(made.reasons),
        )


class PlanLineOut(BaseModel):
    """What one weapon lacks now, and what will be stamped on it."""

    weapon: str
    findings: list[FindingOut]
    marks: list[MarkToMakeOut]

    @classmethod
    def of(cls, line: PlanLine, to: str) -> "PlanLineOut":
        """Return a line as it goes out."""
        return cls(
            weapon=weapon_text(line.weapon),
            findings=[FindingOut.of(each, to) for each in line.findings],
            marks=[MarkToMakeOut.of(each) for each in line.marks],
        )


class PlanOut(BaseModel):
    """What will be stamped where, weapon by weapon."""

    lines: list[PlanLineOut]
    marks_to_make: int

    @classmethod
    def of(cls, plan: MarkingPlan, to: str) -> "PlanOut":
        """Return a plan as it goes out."""
        return cls(lines=[PlanLineOut.of(each, to) for each in plan.lines], marks_to_make=plan.marks_to_make)


class LawIn(Coming):
    """A State's own law as TOML text under a name, to be looked at."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    text: Annotated[str, StringConstraints(min_length=1, max_length=64 * 1024, pattern=r"^[^\x00]*$")]


class LawVersionIn(LawIn):
    """A version of a State's own law, with the days it holds, both included; `valid_until` null leaves it open."""

    valid_from: WholeDay
    valid_until: WholeDay | None = None


class LawOut(BaseModel):
    """What a law says: its title, its State, and how many requirements."""

    name: str
    title: str
    state: str
    requirements: int

    @classmethod
    def of(cls, law: Profile) -> "LawOut":
        """Return a law as it goes out."""
        return cls(name=law.name, title=law.title, state=law.state, requirements=len(law.requirements))


class LawVersionOut(LawOut):
    """A version of a law. What comes with the project has no days of its own: its requirements have."""

    valid_from: str | None
    valid_until: str | None
    added_by: str
    added_at: str
    text: str

    @classmethod
    def version(cls, version: ProfileVersion) -> "LawVersionOut":
        """Return a version as it goes out."""
        until = version.valid_until.isoformat() if version.valid_until else None
        return cls(
            **LawOut.of(version.profile).model_dump(),
            valid_from=version.valid_from.isoformat(),
            valid_until=until,
            added_by=version.added_by,
            added_at=version.added_at,
            text=version.text,
        )

    @classmethod
    def shipped(cls, law: Profile) -> "LawVersionOut":
        """Return a law that comes with the project."""
        told = LawOut.of(law).model_dump()
        return cls(**told, valid_from=None, valid_until=None, added_by="", added_at="", text="")


class LawsOut(BaseModel):
    """The laws that come with the project, then every version of the State's own, by name and the day it begins."""

    items: list[LawVersionOut]
