from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Line, Said, Word, Written
from tracemark.recordkeeping import Dossier, Page
from tracemark.transfers import DossierStep, GoodsLine

StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
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


class ReasonIn(Coming):
    """A reason, which stays on record."""

    reason: Said


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
    def of(cls, page: Page[Dossier]) -> "FilesOut":
        """Return a page as it goes out."""
        items = [
            FileOut(name=each.name, standing=each.standing, authority=each.authority, due=each.due)
            for each in page.items
        ]
        return cls(items=items, before=page.before)


class NamedOut(BaseModel):
    """The name of what was opened."""

    name: str
