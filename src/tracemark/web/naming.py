from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracemark import wording
from tracemark.marking import Profile
from tracemark.weapons import Resolved, catalogue, entry_name
from tracemark.web.said import say, spoken

LISTS = {"maker": "makers", "model": "models", "calibre": "calibres", "country": "states"}
"""The catalogue's list of each field that is typed in words."""

NAMED = (*LISTS, "import_country")
"""The fields that the catalogue names a code of; the State that an import mark names is one of its States too."""

_STATES = {"country", "import_country"}
_OFFERED_MODELS = 400


@dataclass(frozen=True, slots=True)
class Understood:
    """What the catalogue makes of a word: its code, or "" and what may have been meant, as codes with names.

    Only a `certain` answer may be taken without a look.
    """

    field: str
    text: str
    code: str
    certain: bool
    suggestions: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name the catalogue gives it."""
        return name_of(self.field, self.code)


def understood(words: Mapping[str, str]) -> list[Understood]:
    """Read the words of each field that was filled in; a model is looked for among its maker's."""
    found: dict[str, Understood] = {}
    for field in NAMED:
        text = words.get(field, "").strip()
        if text:
            maker = found["maker"].code if field == "model" and "maker" in found else ""
            found[field] = _read(field, text, _resolved(field, text, maker))
    return list(found.values())


def name_of(field: str, code: str) -> str:
    """Return the name of a code as people write it; a code nobody knows names itself."""
    if field in _STATES:
        return wording.state_text(code, to=spoken())
    return entry_name(LISTS[field], code)


def law_name(profile: Profile) -> str:
    """Return the name of a national law that marks are held against; a State's own law names itself."""
    code = f"marking.profile_{profile.name}"
    return say(code) if wording.has_sentence(code) else profile.title


@cache
def offered(field: str) -> tuple[str, ...]:
    """Return the names offered while somebody types, the most frequent first."""
    known = catalogue()
    if field == "model":
        makers = {maker.code: maker for maker in known.makers.values()}
        models = sorted(known.models.values(), key=lambda each: -each.weight * makers[each.maker].weight)
        return _distinct(f"{makers[each.maker].name} {each.name}" for each in models[:_OFFERED_MODELS])
    if field == "country":
        return _distinct(sorted(each.name for each in known.states.values()))
    entries: Iterable[Any] = known.makers.values() if field == "maker" else known.calibres.values()
    return _distinct(each.name for each in sorted(entries, key=lambda each: (-each.weight, each.name)))


def _resolved(field: str, text: str, maker: str) -> Resolved:
    known = catalogue()
    if field == "maker":
        return known.find_maker(text)
    if field == "model":
        return known.find_model(text, maker)
    return known.find_calibre(text) if field == "calibre" else known.find_state(text)


def _read(field: str, text: str, found: Resolved) -> Understood:
    suggestions = tuple((code, name_of(field, code)) for code in found.suggestions)
    return Understood(field, text, found.code, found.certain, suggestions)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
