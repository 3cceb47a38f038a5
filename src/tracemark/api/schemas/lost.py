from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

from tracemark.api.schemas.fields import Coming, Word
from tracemark.tracing import Fit, ListForm, LostList, LostWeapon, RowFault, Where, lost_list_plain

FromState = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
"""ISO 3166-1 alpha-2, or "" where nobody says whose list it is."""


class LostSharingIn(Coming):
    """To which node what the register says is lost or stolen goes, by its name, and whether in words or hashed."""

    to: Word
    form: ListForm = ListForm.HASHED


class LostHitOut(BaseModel):
    """A weapon of ours that fits an entry of a list, counted from 0: how, and where it was found."""

    entry: int
    weapon: int
    fit: Fit
    where: Where
    at: str


class LostListOut(BaseModel):
    """A list of lost and stolen weapons that we shared or keep, without its entries."""

    name: str
    ours: bool
    number: str
    peer: str
    state: str
    source: str
    form: ListForm
    size: int
    issued_at: str
    part: int
    parts: int
    hits: list[LostHitOut]

    @classmethod
    def of(cls, known: LostList) -> "LostListOut":
        """Write it out."""
        plain: Any = lost_list_plain(known)
        return cls(name=plain.pop("list"), **plain)


class LostListsOut(BaseModel):
    """The lists that we shared and keep, the newest first."""

    items: list[LostListOut]


class LostWeaponOut(BaseModel):
    """A weapon that somebody looks for, as its list tells it; "" where it does not."""

    serial: str
    how: str
    reference: str
    since: str
    kind: str
    maker: str
    model: str
    calibre: str
    country: str


class LostEntriesOut(BaseModel):
    """The weapons of a list that is kept in words."""

    items: list[LostWeaponOut]

    @classmethod
    def of(cls, found: list[LostWeapon]) -> "LostEntriesOut":
        """Write them out."""
        names = LostWeaponOut.model_fields
        return cls(items=[LostWeaponOut(**{name: getattr(each, name) for name in names}) for each in found])


class LostFaultOut(BaseModel):
    """What is wrong in a row of a file, counted as a spreadsheet counts; `code` is stable."""

    row: int
    field: str
    code: str
    value: str


class LostImportOut(BaseModel):
    """The list that was kept, or what is wrong with its rows: then nothing is kept."""

    kept: LostListOut | None
    faults: list[LostFaultOut]

    @classmethod
    def of(cls, kept: LostList | None, faults: list[RowFault]) -> "LostImportOut":
        """Write it out."""
        told: list[Any] = [each.plain() for each in faults]
        return cls(kept=LostListOut.of(kept) if kept else None, faults=[LostFaultOut(**each) for each in told])
