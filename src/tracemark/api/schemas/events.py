from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from tracemark.api.parsing import UnfitValue
from tracemark.api.schemas.fields import (
    Coming,
    Count,
    Day,
    Line,
    Sha256,
    State,
    Text,
    Word,
    plain_of,
)
from tracemark.api.schemas.weapons import Components, DescriptionIn, Marks, WeaponOut, weapon_or_none
from tracemark.kernel import Actor, PartialDate, Plain
from tracemark.recordkeeping import Breach, Event, EventKind, Recorded, Sealed, TakenFrom, WeaponState
from tracemark.tracing import Ground, PersonInvolved, Sex
from tracemark.weapons import WeaponId

Recordable = Literal[
    "imported",
    "marked",
    "inspected",
    "exported",
    "shipped",
    "received",
    "transferred",
    "issued",
    "returned",
    "stored",
    "counted",
    "repaired",
    "reassembled",
    "converted",
    "lost",
    "stolen",
    "seized",
    "found",
    "surrendered",
    "retained",
    "released",
    "declared_surplus",
    "deactivated",
    "reactivated",
    "destroyed",
]
"""The kinds one may record of a weapon on record. What begins a record comes by intake; traces, corrections, numbers
and erasures have operations of their own."""

MOST_PARTS = 255
"""How many marks, and how many components, are ever told apart on one weapon."""

AgeBand = Literal["0-14", "15-17", "18-24", "25-34", "35-49", "50-64", "65+", "unknown"]
Grounds = Annotated[list[Ground], Field(max_length=5)]
Photos = Annotated[list[Sha256], Field(max_length=40)]


class PersonInvolvedIn(Coming):
    """Sex and age band of a person involved; never who they are."""

    role: Literal["possessor", "victim", "witness", "other"]
    sex: Sex = Sex.UNKNOWN
    age_band: AgeBand = "unknown"

    def noun(self) -> PersonInvolved:
        """Return them as the rooms know them."""
        return PersonInvolved(self.role, self.sex, self.age_band)

    def plain(self) -> dict[str, Plain]:
        """Return them as the record keeps them."""
        return {"role": self.role, "sex": self.sex.value, "age_band": self.age_band}


Persons = Annotated[list[PersonInvolvedIn], Field(max_length=40)]


class Details(Coming):
    """All that details may say; `/event-kinds` tells which kind of event requires and knows which of them."""

    weapon: DescriptionIn | None = None
    holder: Word | None = None
    components: Components | None = None
    marks: Marks | None = None
    place: Word | None = None
    lot: Line | None = None
    owner_sex: Sex | None = None
    from_state: State | None = None
    to_state: State | None = None
    licence: Line | None = None
    exemption: Line | None = None
    grade: Literal["A", "B", "C", "D", "E"] | None = None
    plan: Line | None = None
    mark: Count | None = None
    legible_percent: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    method: Word | None = None
    photo: Sha256 | None = None
    note: Text | None = None
    consignment: Line | None = None
    giver: Word | None = Field(None, alias="from")
    receiver: Word | None = Field(None, alias="to")
    price_band: Line | None = None
    until: Day | None = None
    condition: Line | None = None
    count: Line | None = None
    removed: Annotated[list[Count], Field(max_length=40)] | None = None
    fitted: Components | None = None
    calibre: Word | None = None
    circumstances: Text | None = None
    reported_on: Day | None = None
    custodian: Word | None = None
    grounds: Grounds | None = None
    persons: Persons | None = None
    photos: Photos | None = None
    legal_basis: Text | None = None
    unmarked: Line | None = None
    breach: Breach | None = None
    taken_from: TakenFrom | None = None
    decision: Line | None = None
    certificate: Line | None = None
    witnesses: Count | None = None
    site: Line | None = None
    rack: Line | None = None
    reason: Line | None = None

    def plain(self) -> dict[str, Plain]:
        """Return them as the record keeps them."""
        names = {"giver": "from", "receiver": "to"}
        return {names.get(name, name): _plain(value) for name, value in self.given().items() if value is not None}


class EventIn(Coming):
    """One thing that happened to a weapon. `document` is the reference of the paper behind it."""

    kind: Recordable
    happened: Day
    details: Details = Field(default_factory=lambda: Details.model_validate({}))
    document: Line = ""

    def noun(self, state: WeaponState, actor: Actor) -> Event:
        """Return it as the rooms know it, reported by the caller's agency.

        Raises:
            UnfitValue: the weapon would bear more marks or components than can be told apart.
        """
        details = self.details
        born = [each for each in (*(details.components or ()), *(details.fitted or ())) if not each.id]
        if len(state.marks) + len(details.marks or ()) > MOST_PARTS or state.components_born + len(born) > MOST_PARTS:
            raise UnfitValue({"body.details": "api.too_many_parts"})
        return self._event(state.weapon, actor)

    def _event(self, weapon: WeaponId, actor: Actor) -> Event:
        kind, details = EventKind(self.kind), self.details.plain()
        return Event(weapon, kind, self.happened, actor.authority, actor.name, details, self.document)


class EventOut(BaseModel):
    """A sealed event. `body` is its canonical JSON (RFC 8785); `leaf` is their leaf hash (RFC 9162), in hex."""

    position: int
    weapon: str | None
    kind: EventKind
    happened: str
    recorded_at: str
    authority: str
    by: str
    document: str
    details: dict[str, Any]
    body: str
    leaf: str

    @classmethod
    def of(cls, sealed: Sealed) -> "EventOut":
        """Return a sealed event as it goes out."""
        event = sealed.event
        return cls(
            position=sealed.position,
            weapon=weapon_or_none(event.weapon),
            kind=event.kind,
            happened=str(event.happened),
            recorded_at=sealed.recorded_at.isoformat(),
            authority=event.authority,
            by=event.by,
            document=event.document,
            details=plain_of(event.details),
            body=sealed.body.decode(),
            leaf=sealed.leaf.hex(),
        )


class EventPage(BaseModel):
    """Events in the order of the record. `next` is what to give as `first` for the page behind; null at the end."""

    items: list[EventOut]
    next: int | None

    @classmethod
    def of(cls, found: list[Sealed], limit: int) -> "EventPage":
        """Return a page of `limit` events; that one more was found says that there is a next."""
        following = found[limit].position if len(found) > limit else None
        return cls(items=[EventOut.of(each) for each in found[:limit]], next=following)


class RecordedOut(BaseModel):
    """What was sealed, and what the record now says of the weapons concerned."""

    events: list[EventOut]
    weapons: list[WeaponOut]

    @classmethod
    def of(cls, recorded: Recorded) -> "RecordedOut":
        """Return what was recorded as it goes out."""
        return cls(
            events=[EventOut.of(each) for each in recorded.sealed],
            weapons=[WeaponOut.of(each) for each in recorded.states],
        )


def _plain(value: Any) -> Plain:  # noqa: ANN401 - any detail
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, PartialDate):
        return str(value)
    if hasattr(value, "plain"):
        plain: Plain = value.plain()
        return plain
    return plain_of(value)  # type: ignore[no-any-return]
