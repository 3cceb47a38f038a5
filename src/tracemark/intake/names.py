from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Named:
    """What a word of the source means in the catalogue: its code, or "" and the nearest word the catalogue knows."""

    code: str
    suggestion: str = ""


class Names(Protocol):
    """Turns the words of a source into codes."""

    def named(self, field: str, text: str, *, maker: str = "") -> Named:
        """Look up a kind, maker, model, calibre or country; `maker` is a code that narrows a model, or ""."""
        ...
