from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import (
    Closed,
    Coming,
    Count,
    FindingOut,
    Flag,
    Limit,
    Line,
    Millimetres,
    Photo,
    State,
    Weapon,
    Year,
    plain_of,
)
from tracemark.kernel import Plain
from tracemark.marking import Mark, MarkKind, Method, Surface, fold_serial
from tracemark.recordkeeping import (
    Kept,
    RegisterFilter,
    Status,
    Step,
    WeaponRecord,
    WeaponState,
    component_plain,
)
from tracemark.weapons import (
    NO_WEAPON,
    Component,
    ComponentId,
    Description,
    Material,
    Origin,
    Part,
    WeaponId,
    weapon_text,
)

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Quality = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]


class WeaponQuery(Coming):
    """What is looked for; what is left out asks for nothing. `serial` is the beginning of a serial, as it is read."""

    serial: Line = ""
    status: Status | None = None
    kind: Line = ""
    maker: Line = ""
    model: Line = ""
    calibre: Line = ""
    holder: Line = ""
    after: Weapon = NO_WEAPON
    limit: Limit = 50

    def noun(self) -> RegisterFilter:
        """Return it as the rooms know it."""
        return RegisterFilter(
            serial=fold_serial(self.serial) if self.serial else "",
            status=self.status.value if self.status else "",
            kind=self.kind,
            maker=self.maker,
            model=self.model,
            calibre=self.calibre,
            holder=self.holder,
        )


class DescriptionIn(Coming):
    """What a weapon is, in codes of the catalogue; what is unknown is left out."""

    kind: Line = ""
    maker: Line = ""
    model: Line = ""
    calibre: Line = ""
    country: State = ""
    year: Year | None = None
    origin: Origin = Origin.UNKNOWN
    unmarked_because: Line = ""
    as_written: Annotated[dict[FieldName, Line], Field(max_length=20), Closed()] | None = None

    def noun(self) -> Description:
        """Return it as the rooms know it."""
        return Description(**self.given())

    def plain(self) -> dict[str, Plain]:
        """Return it as the record keeps it."""
        return self.noun().plain()


class ComponentIn(Coming):
    """A component. Without `id` it is new; with one it moves here from where it was recorded."""

    part: Part
    id: Count | None = None
    control: Flag = False
    material: Material = Material.UNKNOWN
    metal_plate: Flag | None = None

    def noun(self) -> Component:
        """Return it as the rooms know it."""
        return Component(ComponentId(self.id or 0), self.part, self.control, self.material, self.metal_plate)

    def plain(self) -> dict[str, Plain]:
        """Return it as the record keeps it."""
        return component_plain(self.noun())


class MarkIn(Coming):
    """A mark as it stands: `text` as read, in its own script, and what it says. Decimals are text."""

    kind: MarkKind
    text: Line = ""
    component: Count = 0
    part: Part | None = None
    place: Line = ""
    method: Method = Method.UNKNOWN
    surface: Surface = Surface.UNKNOWN
    depth_mm: Millimetres | None = None
    height_mm: Millimetres | None = None
    serial: Line = ""
    maker: Line = ""
    state: State = ""
    year: Year | None = None
    model: Line = ""
    calibre: Line = ""
    photo: Photo = ""
    qualities: Annotated[dict[Quality, Flag], Field(max_length=20), Closed()] | None = None

    def noun(self) -> Mark:
        """Return it as the rooms know it."""
        return Mark(**self.given())

    def plain(self) -> dict[str, Plain]:
        """Return it as the record keeps it."""
        return self.noun().plain()


Components = Annotated[list[ComponentIn], Field(max_length=40)]
Marks = Annotated[list[MarkIn], Field(max_length=40)]


class DescriptionOut(BaseModel):
    """What a weapon is; "" and null are unknown."""

    kind: str
    maker: str
    model: str
    calibre: str
    country: str
    year: int | None
    origin: Origin
    unmarked_because: str
    as_written: dict[str, str]

    @classmethod
    def of(cls, description: Description) -> "DescriptionOut":
        """Return a description as it goes out."""
        names = ("kind", "maker", "model", "calibre", "country", "year", "origin", "unmarked_because")
        return cls(
            **{name: getattr(description, name) for name in names}, as_written=dict(description.as_written or {})
        )


class ComponentOut(BaseModel):
    """A component; `metal_plate` is null where nobody looked."""

    id: int
    part: Part
    control: bool
    material: Material
    metal_plate: bool | None

    @classmethod
    def of(cls, component: Component) -> "ComponentOut":
        """Return a component as it goes out."""
        return cls(
            id=component.id,
            part=component.part,
            control=component.control,
            material=component.material,
            metal_plate=component.metal_plate,
        )


class MarkOut(BaseModel):
    """A mark. Depth and height are decimals as text, null where nobody measured."""

    id: int
    kind: MarkKind
    text: str
    component: int
    part: Part | None
    place: str
    method: Method
    surface: Surface
    depth_mm: str | None
    height_mm: str | None
    serial: str
    maker: str
    state: str
    year: int | None
    model: str
    calibre: str
    photo: str
    qualities: dict[str, bool]

    @classmethod
    def of(cls, mark: Mark) -> "MarkOut":
        """Return a mark as it goes out."""
        same = {name: getattr(mark, name) for name in cls.model_fields}
        for name in ("depth_mm", "height_mm"):
            same[name] = None if same[name] is None else str(same[name])
        return cls(**{**same, "qualities": dict(mark.qualities or {})})


class WeaponOut(BaseModel):
    """What the record says of one weapon now. `position` is that of its last event."""

    weapon: str
    description: DescriptionOut
    components: list[ComponentOut]
    marks: list[MarkOut]
    status: Status
    holder: str
    custodian: str
    place: str
    since: str | None
    position: int

    @classmethod
    def of(cls, state: WeaponState) -> "WeaponOut":
        """Return a weapon as it goes out."""
        return cls(
            weapon=weapon_text(state.weapon),
            description=DescriptionOut.of(state.description),
            components=[ComponentOut.of(each) for each in state.components],
            marks=[MarkOut.of(each) for each in state.marks],
            status=state.status,
            holder=state.holder,
            custodian=state.custodian,
            place=state.place,
            since=str(state.since) if state.since else None,
            position=state.position,
        )


class WeaponPage(BaseModel):
    """Weapons in the order of their identities. `next` goes into `after` for the next page; null at the end."""

    items: list[WeaponOut]
    next: str | None

    @classmethod
    def of(cls, found: list[WeaponState], limit: int) -> "WeaponPage":
        """Return a page of `limit` weapons; that one more was found says that there is a next."""
        shown = found[:limit]
        following = weapon_text(shown[-1].weapon) if len(found) > limit else None
        return cls(items=[WeaponOut.of(each) for each in shown], next=following)


class StepOut(BaseModel):
    """One event of a weapon's life, as corrected, with the status before and after it and what speaks against it."""

    position: int
    kind: str
    happened: str
    recorded_at: str
    authority: str
    by: str
    document: str
    details: dict[str, Any]
    before: Status
    after: Status
    who: str
    lawful: bool
    findings: list[FindingOut]

    @classmethod
    def of(cls, step: Step, to: str) -> "StepOut":
        """Return a step as it goes out."""
        event = step.sealed.event
        return cls(
            position=step.sealed.position,
            kind=event.kind.value,
            happened=str(event.happened),
            recorded_at=step.sealed.recorded_at.isoformat(),
            authority=event.authority,
            by=event.by,
            document=event.document,
            details=plain_of(event.details),
            before=step.before.status,
            after=step.after.status,
            who=step.who,
            lawful=step.lawful,
            findings=[FindingOut.of(each, to) for each in step.findings],
        )


class LifeOut(BaseModel):
    """A weapon's life, event by event, in the order in which it happened."""

    weapon: str
    items: list[StepOut]


class CustodyOut(BaseModel):
    """How far the record leads back to lawful hands. `days_to_recovery` is the least and the greatest number."""

    weapon: str
    last_lawful: StepOut | None
    holder: str
    left_on: str | None
    diverted: StepOut | None
    recovered: StepOut | None
    stage: str
    days_to_recovery: list[int] | None

    @classmethod
    def of(cls, record: WeaponRecord, to: str) -> "CustodyOut":
        """Return a chain of custody as it goes out."""
        found = record.custody
        return cls(
            weapon=weapon_text(record.state.weapon),
            last_lawful=StepOut.of(found.last_lawful, to) if found.last_lawful else None,
            holder=found.holder,
            left_on=str(found.left_on) if found.left_on else None,
            diverted=StepOut.of(found.diverted, to) if found.diverted else None,
            recovered=StepOut.of(found.recovered, to) if found.recovered else None,
            stage=found.stage,
            days_to_recovery=list(found.days_to_recovery) if found.days_to_recovery else None,
        )


class RetentionOut(BaseModel):
    """Until which day a weapon's record must be kept at the least, null for ever, and what asks it."""

    weapon: str
    until: str | None
    source: str

    @classmethod
    def of(cls, weapon: WeaponId, kept: Kept) -> "RetentionOut":
        """Return it as it goes out."""
        return cls(weapon=weapon_text(weapon), until=str(kept.until) if kept.until else None, source=kept.source)


def weapon_or_none(weapon: int) -> str | None:
    """Write a weapon's identity; None for an event that concerns no single weapon."""
    return None if weapon == NO_WEAPON else weapon_text(WeaponId(weapon))
