import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.tracing.matching.vocabulary import LANGUAGES, Phrase, phrase_of


@dataclass(frozen=True, slots=True)
class SymbolMaker:
    """A maker of the catalogue that uses a sign; `used` is a span of years, open where an end is not known."""

    code: str
    used: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A sign that stands for a maker, by what examiners call it in each language. It tells no maker for certain."""

    code: str
    makers: tuple[SymbolMaker, ...]
    names: Mapping[str, tuple[str, ...]]


def symbols_told() -> Mapping[str, Any]:
    """Return the signs as they stand in the file, with date and source."""
    return tomllib.loads((files("tracemark.tracing.matching") / "symbols.toml").read_text("utf-8"))


@cache
def maker_symbols() -> Mapping[str, Symbol]:
    """Return the signs by their code."""
    return {
        code: Symbol(
            code,
            tuple(SymbolMaker(**each) for each in told["makers"]),
            {language: tuple(told[language]) for language in LANGUAGES},
        )
        for code, told in symbols_told().items()
        if isinstance(told, dict) and "makers" in told
    }


def find_symbol(name: str) -> Symbol | None:
    """Return the sign that goes by a name in any language; None where nobody listed it."""
    return _by_name().get(phrase_of(name))


@cache
def _by_name() -> Mapping[Phrase, Symbol]:
    return {
        phrase_of(name): symbol
        for symbol in maker_symbols().values()
        for names in symbol.names.values()
        for name in names
    }
