from typing import Annotated, Any

from pydantic import BaseModel, Field

from tracemark.api.schemas.fields import Coming
from tracemark.reporting import Denominator, Manner, Measured, Terms

AskedYear = Annotated[int, Field(ge=1900, le=2200)]


class IndicatorQuery(Coming):
    """Of which years, out of which weapons, and what is chosen where the metadata leaves it open.

    `only` is one manner in which weapons came to hand; `lawful_holders` is true by default where all weapons count.
    """

    first: AskedYear | None = Field(None, alias="from")
    last: AskedYear | None = Field(None, alias="to")
    denominator: Denominator = Denominator.POTENTIALLY_TRACEABLE
    add_back: bool = False
    lawful_holders: bool | None = None
    unsaid_left_out: bool = False
    only: Manner | None = None

    def terms(self) -> Terms:
        """Return the terms as the rooms know them."""
        everything = self.denominator is Denominator.ALL
        return Terms(
            self.denominator,
            add_back=self.add_back,
            lawful_holders=everything if self.lawful_holders is None else self.lawful_holders,
            unsaid_is_criminal=not self.unsaid_left_out,
            manners=frozenset({self.only}) if self.only else frozenset(Manner),
        )


class TermsOut(BaseModel):
    """Out of which weapons, and what was chosen."""

    denominator: Denominator
    add_back: bool
    lawful_holders: bool
    unsaid_is_criminal: bool
    manners: list[Manner]


class YearOut(BaseModel):
    """A year's share, a percentage as text; null, never zero, where there is nothing to reckon a share of.

    `by` tells the weapons of the denominator apart; `revisions` are the share as known at the end of each later year.
    """

    year: int
    numerator: int
    denominator: int
    percent: str | None
    by: dict[str, dict[str, int]]
    administrative: int
    unsaid: int
    revisions: dict[str, str | None]


class TogetherOut(BaseModel):
    """All years as one value: the mean of their shares, and the share of all their weapons."""

    years: list[int]
    averaged: str | None
    pooled: str | None
    missing: list[int]


class IndicatorOut(BaseModel):
    """SDG 16.4.2 of this State. `head` is the record it was drawn at, SIZE.ROOT; "" where the record is empty."""

    indicator: str
    series: str
    state: str
    head: str
    terms: TermsOut
    years: list[YearOut]
    together: TogetherOut

    @classmethod
    def of(cls, measured: Measured) -> "IndicatorOut":
        """Return an indicator as it goes out."""
        plain: Any = measured.plain()
        return cls(**plain)
