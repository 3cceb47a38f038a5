import re
from collections.abc import Callable, Mapping, Sequence
from string import Formatter

Say = Callable[[object, str], str]
"""Puts one fact into words: its value, and how the sentence wants it said (what stands behind the colon)."""

_OPTIONAL = re.compile(r"⟦([^⟧]*)⟧")


def fill(sentence: str, facts: Mapping[str, object], say: Say) -> str:
    """Put facts into a sentence.

    What stands in ⟦…⟧ is left out where a fact it names is missing, empty or 0. Elsewhere a missing fact leaves its
    place open, in braces: a sentence must never fail the page it stands on.
    """
    kept = _OPTIONAL.sub(lambda part: part[1] if _told(part[1], facts) else "", sentence)
    return _Filler(say).vformat(kept, (), facts)


def _told(part: str, facts: Mapping[str, object]) -> bool:
    return all(facts.get(name) for _, name, _, _ in Formatter().parse(part) if name)


class _Open(str):
    """The place of a fact that is missing."""

    __slots__ = ()


class _Filler(Formatter):
    def __init__(self, say: Say) -> None:
        self._say = say

    def get_value(self, key: int | str, _: Sequence[object], kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), _Open(f"{{{key}}}"))

    def format_field(self, value: object, format_spec: str) -> str:
        return value if isinstance(value, _Open) else self._say(value, format_spec)
