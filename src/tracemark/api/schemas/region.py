from typing import Any

from pydantic import BaseModel, Field

from tracemark.api.schemas.fields import Coming
from tracemark.api.schemas.indicators import TermsOut
from tracemark.reporting import Denominator
from tracemark.secretariat import EarlyWarning, RegionalIndicator, RegionalTable, Why

M49 = "^[0-9]{3}$"


class RegionQuery(Coming):
    """Of which region of the list M49; of all States whose nodes are known where none is named."""

    region: str | None = Field(None, pattern=M49)


class RegionalIndicatorQuery(RegionQuery):
    """Out of which weapons."""

    denominator: Denominator = Denominator.POTENTIALLY_TRACEABLE


class StateShareOut(BaseModel):
    """What a State told, or all together: null, never zero, where it is not known."""

    numerator: int | None
    denominator: int | None
    percent: str | None


class RegionalIndicatorOut(StateShareOut):
    """The indicator of a region for a period: sum over sum, what each State told, and who is missing and why."""

    indicator: str
    first: str
    last: str
    terms: TermsOut
    counted: dict[str, StateShareOut]
    missing: dict[str, Why]

    @classmethod
    def of(cls, found: RegionalIndicator) -> "RegionalIndicatorOut":
        """Return it as it goes out."""
        plain: Any = found.plain()
        return cls(**plain)


class RegionalIndicatorsOut(BaseModel):
    """The indicator for each period that a State told, the earliest first."""

    items: list[RegionalIndicatorOut]


class RegionalSumOut(BaseModel):
    """A figure over States, cell by cell: `rows` say the breakdown, the number, who is counted and who is missing."""

    figure: str
    unit: str
    first: str
    last: str
    by: list[str]
    rows: list[dict[str, Any]]

    @classmethod
    def of(cls, found: RegionalTable) -> "RegionalSumOut":
        """Return a sum as it goes out."""
        plain: Any = found.plain()
        return cls(**plain)


class EarlyWarningOut(BaseModel):
    """A pattern that several States told of late, or one again and again."""

    pattern: str
    states: list[str]
    destinations: list[str]
    notices: int
    first: str
    last: str


class EarlyWarningsOut(BaseModel):
    """Early warnings; the one that most States told of first."""

    items: list[EarlyWarningOut]

    @classmethod
    def of(cls, found: list[EarlyWarning]) -> "EarlyWarningsOut":
        """Return warnings as they go out."""
        plain: list[Any] = [each.plain() for each in found]
        return cls(items=[EarlyWarningOut(**each) for each in plain])
