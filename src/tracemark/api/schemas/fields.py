from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.types import Strict
from pydantic_core import CoreSchema, core_schema

from tracemark.api.languages import words
from tracemark.api.parsing import MOST
from tracemark.kernel import Finding, PartialDate
from tracemark.weapons import WeaponId, parse_weapon

_NO_NUL = r"^[^\x00]*$"
_SPOKEN = r"^[^\x00]*[^\x00\s][^\x00]*$"

Line = Annotated[str, StringConstraints(max_length=200, pattern=_NO_NUL)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=_NO_NUL)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_SPOKEN)]
"""A line that says something."""
Said = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_SPOKEN)]
"""A text that says something."""

State = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
"""ISO 3166-1 alpha-2, or "" where unknown."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Photo = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
CaseId = Annotated[str, StringConstraints(pattern=r"^T-(0|[1-9][0-9]{0,14})$")]
RequestName = Annotated[str, StringConstraints(pattern=r"^TR-[0-9]{4}-[0-9]{6}$")]

Number = Annotated[int, Field(ge=0, le=MOST)]
"""A whole number in an address."""
Count = Annotated[int, Strict(), Field(ge=0, le=MOST)]
"""A whole number in a body."""
Flag = Annotated[bool, Strict()]
Year = Annotated[int, Strict(), Field(ge=1300, le=2200)]
Limit = Annotated[int, Field(ge=1, le=200)]


@dataclass(frozen=True, slots=True)
class Written:
    """Says of a type how it is written as text and read from it; `read` raises ValueError for what it is not."""

    pattern: str
    read: Callable[[str], object]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take text of the pattern, and read it."""
        return core_schema.no_info_after_validator_function(self.read, core_schema.str_schema(pattern=self.pattern))


@dataclass(frozen=True, slots=True)
class Closed:
    """Says of a dictionary, in its description, that names of another form than that of its keys are refused."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe it."""
        return {**handler(schema), "additionalProperties": False}


_MONTH_AND_DAY = r"(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))"

Day = Annotated[PartialDate, Written(rf"^[0-9]{{4}}(-{_MONTH_AND_DAY}?)?$", PartialDate.parse)]
"""`2019`, `2019-05` or `2019-05-17`."""
WholeDay = Annotated[date, Written(rf"^[0-9]{{4}}-{_MONTH_AND_DAY}$", date.fromisoformat)]
"""`2019-05-17`."""
Millimetres = Annotated[Decimal, Written(r"^[0-9]{1,4}(\.[0-9]{1,6})?$", Decimal)]
"""A decimal as text, such as `0.0762`."""
Weapon = Annotated[WeaponId, Written(r"^W-[1-9][0-9]{0,14}$", parse_weapon)]
"""`W-123`."""


class Coming(BaseModel):
    """What comes in. A field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    def given(self) -> dict[str, Any]:
        """Return what was given, field by field, as it was read."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class FindingOut(BaseModel):
    """What falls short: a stable code, the paragraph that asks for it, and a sentence in the caller's language."""

    code: str
    source: str
    detail: str
    facts: dict[str, Any]

    @classmethod
    def of(cls, finding: Finding, to: str) -> "FindingOut":
        """Put a finding into words."""
        detail = words(finding.code, finding.facts, to=to)
        return cls(code=finding.code, source=str(finding.source), detail=detail, facts=plain_of(finding.facts))


def plain_of(value: Any) -> Any:  # noqa: ANN401 - plain data of any depth
    """Return plain data as JSON writes them: lists for tuples, dictionaries for mappings, codes for enumerations."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {name: plain_of(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_of(each) for each in value]
    return value
