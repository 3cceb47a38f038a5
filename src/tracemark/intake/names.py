from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tracemark.weapons import Catalogue, Resolved, catalogue


@dataclass(frozen=True, slots=True)
class Named:
    """What a word of the source means in the catalogue: its code, or "" and the name of the nearest it knows.

    A short form that may mean several, such as `.40`, is never taken: `uncertain` says that it was understood so far. A
    profile's value map settles what a source means by it.
    """

    code: str
    suggestion: str = ""
    uncertain: bool = False


class Names(Protocol):
    """Turns the words of a source into codes."""

    def named(self, field: str, text: str, *, maker: str = "") -> Named:
        """Look up a kind, maker, model, calibre or country; `maker` is a code that narrows a model, or ""."""
        ...


_LISTS = {"kind": "kinds", "maker": "makers", "model": "models", "calibre": "calibres", "country": "states"}


class CatalogueNames:
    """The names of a catalogue: the one that comes with the project, or that with a State's own rows laid over it."""

    def __init__(self, known: Catalogue | None = None) -> None:
        self._catalogue = known or catalogue()
        self._finders: dict[str, Callable[[str], Resolved]] = {
            "kind": self._catalogue.find_kind,
            "maker": self._catalogue.find_maker,
            "calibre": self._catalogue.find_calibre,
            "country": self._catalogue.find_state,
        }

    def named(self, field: str, text: str, *, maker: str = "") -> Named:
        """Look up a word; only what is certain gives a code."""
        found = self._catalogue.find_model(text, maker) if field == "model" else self._finders[field](text)
        if found.code and found.certain:
            return Named(found.code)
        nearest = found.code or (found.suggestions[0] if found.suggestions else "")
        return Named("", self._name(field, nearest), uncertain=bool(found.code))

    def _name(self, field: str, code: str) -> str:
        """The name of an entry as people write it: a code is no advice."""
        entry = getattr(self._catalogue, _LISTS[field]).get(code)
        name = str(getattr(entry, "name", code))
        return f"{self._name('maker', entry.maker)} {name}" if field == "model" and entry else name
