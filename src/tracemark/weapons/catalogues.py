import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

from tracemark.weapons.claims import calibre_claims, kind_claims, maker_claims, model_claims, state_claims
from tracemark.weapons.entries import Calibre, Maker, Model, State
from tracemark.weapons.folding import fold, fold_calibre, without_legal_form
from tracemark.weapons.kinds import Kind
from tracemark.weapons.names import Names, Resolved
from tracemark.weapons.rows import (
    Row,
    calibre_of,
    kind_of,
    maker_of,
    model_of,
    read_rows,
    state_of,
)

_LISTS = ("kinds", "makers", "models", "calibres", "states")
_REMEMBERED = 65_536
_LONGEST_MAKER_WORDS = 4
_PIECES = re.compile(r"[/(),;|]")
_SHORTEST_PIECE = 3

Entry = TypeVar("Entry")
Find = Callable[[str], Resolved]


class Catalogue:
    """Kinds, makers, models, calibres and States by code, and the finding of a code for words as people write them.

    A text that was looked up is answered from memory after that, for the 65,536 texts of each list used last.
    """

    def __init__(self, rows: Mapping[str, Mapping[str, Row]]) -> None:
        self._rows = rows
        self.kinds = _entries(rows["kinds"], kind_of)
        self.makers = _entries(rows["makers"], maker_of)
        self.models = _entries(rows["models"], model_of)
        self.calibres = _entries(rows["calibres"], calibre_of)
        self.states = _entries(rows["states"], state_of)

    def kind(self, code: str) -> Kind:
        """Return the kind with this code, or raise KeyError."""
        return self.kinds[code]

    def maker(self, code: str) -> Maker:
        """Return the maker with this code, or raise KeyError."""
        return self.makers[code]

    def model(self, code: str) -> Model:
        """Return the model with this code, or raise KeyError."""
        return self.models[code]

    def calibre(self, code: str) -> Calibre:
        """Return the calibre with this code, or raise KeyError."""
        return self.calibres[code]

    def state(self, code: str) -> State:
        """Return the State with this alpha-2 code, or raise KeyError."""
        return self.states[code]

    def models_of(self, maker: str) -> tuple[Model, ...]:
        """Return the models of a maker, in the order of their codes."""
        return self._by_maker.get(maker, ())

    def find_kind(self, text: str) -> Resolved:
        """Find a kind by code, name, alias, or the letters of NCIC (`PI`)."""
        return self._kind_found(text)

    def find_maker(self, text: str) -> Resolved:
        """Find a maker by code, name, alias or NCIC code; a legal form at the end (`Inc.`, `GmbH`) is no part of it."""
        return self._maker_found(text)

    def find_model(self, text: str, maker: str = "") -> Resolved:
        """Find a model; where the code of its maker is known, only among that maker's. `Glock 19` finds it too."""
        return self._model_found(text, maker)

    def find_calibre(self, text: str) -> Resolved:
        """Find a calibre by code, name, alias or NCIC code; a bare bore such as `.40` is never certain."""
        return self._calibre_found(text)

    def find_state(self, text: str) -> Resolved:
        """Find a State by ISO code, M49 number, name, or the words that weapons bear (`MADE IN ITALY`)."""
        return self._state_found(text)

    def shared_names(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return, list by list, the folded names and aliases that several entries bear."""
        return {
            "kinds": self._kind_names.shared(),
            "makers": self._maker_names.shared(),
            "models": self._model_names.shared(),
            "calibres": self._calibre_names.shared(),
            "states": self._state_names.shared(),
        }

    def _search_maker(self, text: str) -> Resolved:
        found = self._maker_names.find(text)
        found = found if found.code else self._maker_names.find(without_legal_form(text))
        return found if found.code else _by_pieces(text, self._maker_names, found)

    def _search_calibre(self, text: str) -> Resolved:
        found = self._calibre_names.find(text)
        return found if found.code else _by_pieces(text, self._calibre_names, found)

    def _search_model(self, text: str, maker: str) -> Resolved:
        names = self._names_by_maker(maker) if maker else self._model_names
        found = names.find(text)
        if found.code:
            return found
        words = text.split()
        for at in range(min(_LONGEST_MAKER_WORDS, len(words) - 1), 0, -1):
            named = self.find_maker(" ".join(words[:at]))
            if named.code and maker in ("", named.code):
                inner = self._names_by_maker(named.code).find(" ".join(words[at:]))
                if inner.code:
                    certain = inner.certain and (named.certain or bool(maker))
                    return Resolved(inner.code, certain, inner.by, inner.suggestions)
        return found

    @cached_property
    def _by_maker(self) -> dict[str, tuple[Model, ...]]:
        found: dict[str, list[Model]] = {}
        for model in self.models.values():
            found.setdefault(model.maker, []).append(model)
        return {maker: tuple(models) for maker, models in found.items()}

    @cached_property
    def _names_by_maker(self) -> Callable[[str], Names]:
        rows, makers = self._rows["models"], self._rows["makers"]
        return cache(
            lambda maker: Names(model_claims((rows[each.code] for each in self.models_of(maker)), makers), fold)
        )

    @cached_property
    def _kind_names(self) -> Names:
        return Names(kind_claims(self._rows["kinds"].values()), fold)

    @cached_property
    def _maker_names(self) -> Names:
        return Names(maker_claims(self._rows["makers"].values()), fold)

    @cached_property
    def _model_names(self) -> Names:
        return Names(model_claims(self._rows["models"].values(), self._rows["makers"]), fold)

    @cached_property
    def _calibre_names(self) -> Names:
        return Names(calibre_claims(self._rows["calibres"].values()), fold_calibre)

    @cached_property
    def _state_names(self) -> Names:
        return Names(state_claims(self._rows["states"].values()), fold)

    @cached_property
    def _kind_found(self) -> Find:
        return lru_cache(_REMEMBERED)(self._kind_names.find)

    @cached_property
    def _maker_found(self) -> Find:
        return lru_cache(_REMEMBERED)(self._search_maker)

    @cached_property
    def _model_found(self) -> Callable[[str, str], Resolved]:
        return lru_cache(_REMEMBERED)(self._search_model)

    @cached_property
    def _calibre_found(self) -> Find:
        return lru_cache(_REMEMBERED)(self._search_calibre)

    @cached_property
    def _state_found(self) -> Find:
        return lru_cache(_REMEMBERED)(self._state_names.find)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue as shipped, read once."""
    folder = files("tracemark.weapons") / "lists"
    return Catalogue({name: read_rows((folder / f"{name}.csv").read_text(encoding="utf-8")) for name in _LISTS})


def _entries(rows: Mapping[str, Row], read: Callable[[Row], Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({code: read(row) for code, row in rows.items()})


def _by_pieces(text: str, names: Names, otherwise: Resolved) -> Resolved:
    """Try `HECKLER & KOCH / H&K` and `.223/5.56` piece by piece: the first that is known, never certain."""
    pieces = [piece for piece in _PIECES.split(text) if len(piece.strip()) >= _SHORTEST_PIECE]
    codes = tuple(dict.fromkeys(found.code for piece in pieces if (found := names.find(piece)).code))
    return Resolved(codes[0], certain=False, by="alias", suggestions=codes[1:]) if codes else otherwise
