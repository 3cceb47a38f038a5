from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cached_property
from typing import Literal

By = Literal["code", "name", "alias", "ncic", "near"]

_SUGGESTED = 5
_COMPARED = 40
_LIKE_ENOUGH = 0.78
"""One letter of five may differ (Kenia, Kenya), not three of six (Narnia, Armenia)."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a text names. `code` is "" where the catalogue does not know; the text is then kept as written.

    Only a `certain` answer may be taken without a look: an uncertain one is a customary short form (`.40`), or a name
    that several bear, of which the most frequent is given. `suggestions` are other codes it may mean, likeliest first.
    """

    code: str
    certain: bool
    by: By
    suggestions: tuple[str, ...] = ()


UNKNOWN = Resolved("", certain=False, by="near")


class Rank(IntEnum):
    """How strongly an entry claims a text; the lower number wins."""

    CODE = 0
    NAME = 1
    ALIAS = 2
    SHORT_FORM = 3
    NCIC = 4


_BY: dict[Rank, By] = {
    Rank.CODE: "code",
    Rank.NAME: "name",
    Rank.ALIAS: "alias",
    Rank.SHORT_FORM: "alias",
    Rank.NCIC: "ncic",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry's claim to be meant by a text."""

    text: str
    code: str
    rank: Rank
    weight: int = 0


class Names:
    """The names of one list, found by their folded form."""

    def __init__(self, claims: Iterable[Claim], folded: Callable[[str], str]) -> None:
        self._folded = folded
        self._claims: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if key := folded(claim.text):
                self._claims[key].append(claim)

    def find(self, text: str) -> Resolved:
        """Return what `text` names: one entry that bears it, or none, and then those whose names are like it."""
        key = self._folded(text)
        claims = self._claims.get(key)
        if not claims:
            return Resolved("", certain=False, by="near", suggestions=self._like(key)) if key else UNKNOWN
        claims = sorted(claims, key=lambda claim: (claim.rank, -claim.weight, claim.code))
        best = claims[0]
        others = tuple(dict.fromkeys(claim.code for claim in claims if claim.code != best.code))
        shared = any(claim.rank <= max(best.rank, Rank.ALIAS) and claim.code != best.code for claim in claims)
        certain = best.rank is Rank.CODE or (not shared and best.rank is not Rank.SHORT_FORM)
        return Resolved(best.code, certain, _BY[best.rank], () if certain else others[:_SUGGESTED])

    def shared(self) -> dict[str, tuple[str, ...]]:
        """Return the folded aliases that several entries bear, with the codes of those entries."""
        return {
            key: codes
            for key, claims in self._claims.items()
            if len(codes := tuple(sorted({claim.code for claim in claims if claim.rank in (Rank.NAME, Rank.ALIAS)})))
            > 1
        }

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._claims:
            for pair in _pairs(key):
                found[pair].append(key)
        return found

    def _like(self, key: str) -> tuple[str, ...]:
        """Compare only names that have letter pairs in common: a register of a million rows holds many misspellings."""
        in_common = Counter(each for pair in _pairs(key) for each in self._by_pair.get(pair, ()))
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        scored = []
        for each, _ in in_common.most_common(_COMPARED):
            matcher.set_seq1(each)
            if matcher.quick_ratio() >= _LIKE_ENOUGH and (likeness := matcher.ratio()) >= _LIKE_ENOUGH:
                scored.append((-likeness, each))
        codes = (claim.code for _, each in sorted(scored) for claim in self._claims[each])
        return tuple(dict.fromkeys(codes))[:_SUGGESTED]


def _pairs(key: str) -> set[str]:
    return {key[at : at + 2] for at in range(len(key) - 1)} or {key}
