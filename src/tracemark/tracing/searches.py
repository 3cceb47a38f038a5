from dataclasses import dataclass

from tracemark.kernel import Plain
from tracemark.tracing.matching import COLUMNS, Query, Ranking


@dataclass(frozen=True, slots=True)
class Search:
    """That somebody searched: what they asked, for which case ("" for none), and the weapons they were shown.

    `asked` is the query as plain data, readings as they were written. `at` is RFC 3339, UTC. `number` counts up, not
    without gaps.
    """

    actor: str
    authority: str
    at: str
    asked: dict[str, Plain]
    shown: tuple[int, ...]
    case: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Searcher:
    """How often an account searched since some instant, and how often of these without a case; `last_at` the latest."""

    actor: str
    searches: int
    without_case: int
    last_at: str


def asked_plain(query: Query) -> dict[str, Plain]:
    """Return a query as plain data; what was not asked is left out."""
    named = {name: getattr(query, name) for name in COLUMNS}
    told: dict[str, Plain] = {name: value for name, value in named.items() if value}
    return {"readings": [each.raw for each in query.readings], **told}


def weapons_shown(ranking: Ranking) -> tuple[int, ...]:
    """Return the weapons of a ranking, likeliest first."""
    return tuple(each.weapon for each in ranking.candidates)
