from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracemark.kernel import Plain


class Origin(StrEnum):
    """How the weapon came to be, which decides what marks can be expected. Source: FP 3(d), ITI 8(a)."""

    INDUSTRIAL = "industrial"
    CRAFT = "craft"
    HOME_MADE = "home_made"
    PRINTED = "printed"
    ASSEMBLED = "assembled"
    CONVERTED = "converted"
    REACTIVATED = "reactivated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Description:
    """What a weapon is: codes of the catalogue, "" where unknown, never a guess.

    `country` is the State of manufacture (ISO 3166-1 alpha-2); `year` that of manufacture. `as_written` keeps the words
    of the source for what the catalogue did not know, by field name. `unmarked_because` is the reason where no mark
    exists.
    """

    kind: str = ""
    maker: str = ""
    model: str = ""
    calibre: str = ""
    country: str = ""
    year: int | None = None
    origin: Origin = Origin.UNKNOWN
    unmarked_because: str = ""
    as_written: Mapping[str, str] | None = None

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form kept in the record; unknown fields are left out."""
        found: dict[str, Plain] = {
            name: value
            for name in ("kind", "maker", "model", "calibre", "country", "unmarked_because")
            if (value := getattr(self, name))
        }
        if self.year is not None:
            found["year"] = self.year
        if self.origin is not Origin.UNKNOWN:
            found["origin"] = self.origin.value
        if self.as_written:
            found["as_written"] = dict(self.as_written)
        return found

    @classmethod
    def of_plain(cls, plain: Mapping[str, Plain]) -> "Description":
        """Read the JSON form back."""
        return cls(**{**plain, "origin": Origin(plain.get("origin", "unknown"))})  # type: ignore[arg-type]
