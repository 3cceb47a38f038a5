"""Who does what where: activities by country and theme, where they meet, and which requests nobody answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from tracemark.assistance.activities import AidActivity
from tracemark.assistance.needs import Need
from tracemark.assistance.recognition import GENERAL
from tracemark.kernel import Plain


@dataclass(frozen=True, slots=True)
class Aid:
    """An activity as this node keeps it: its dossier, what was told of it, and the themes it was put under."""

    name: str
    activity: AidActivity
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country and a theme: which activities go on there, what their budgets give it, and what is asked there.

    `money` is by currency, never converted; an activity of several countries that does not say their parts counts in
    `unsplit` and adds no money.
    """

    country: str
    theme: str
    activities: tuple[Aid, ...]
    needs: tuple[Need, ...]
    money: Mapping[str, Decimal]
    unsplit: int

    @property
    def gap(self) -> bool:
        """Whether something is asked and nothing goes on."""
        return bool(self.needs) and not self.activities


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two activities of the same theme in the same country at the same time.

    `shared` are organisations that take part in both: they may be one work that two organisations told.
    """

    country: str
    theme: str
    left: Aid
    right: Aid
    since: date
    until: date
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Who does what where on a day. Places are in order of country and theme, the asked-for country before all others.

    `orphans` are requests of which no theme is served in their State; `unplaced` go on and name no country.
    """

    on: date
    places: tuple[Place, ...]
    overlaps: tuple[Overlap, ...]
    orphans: tuple[Need, ...]
    unplaced: tuple[Aid, ...]

    @property
    def gaps(self) -> tuple[Place, ...]:
        """The places where something is asked and nothing goes on."""
        return tuple(each for each in self.places if each.gap)

    def of(self, country: str) -> "Board":
        """The board of one country; what names no country is not on it."""
        return Board(
            self.on,
            tuple(each for each in self.places if each.country == country),
            tuple(each for each in self.overlaps if each.country == country),
            tuple(each for each in self.orphans if each.state == country),
            (),
        )


def coordinate(*, aids: Iterable[Aid], needs: Iterable[Need], on: date, first: str = "") -> Board:
    """Lay activities that go on and requests that wait out by country and theme; `first` is the country that leads.

    An activity of no more than the general theme serves no theme of a request: it does not say that it does.

    Source: PoA III.2, PoA III.6.
    """
    going = sorted((each for each in aids if each.activity.goes_on(on)), key=lambda each: each.name)
    asked = sorted(needs, key=lambda each: each.request)
    at: dict[tuple[str, str], list[Aid]] = {}
    for each in going:
        for country in dict.fromkeys(share.code for share in each.activity.countries):
            for theme in each.themes:
                at.setdefault((country, theme), []).append(each)
    wanted: dict[tuple[str, str], list[Need]] = {}
    for need in asked:
        for theme in need.themes:
            wanted.setdefault((need.state, theme), []).append(need)
    keys = sorted({*at, *wanted}, key=lambda key: (key[0] != first, key))
    return Board(
        on,
        tuple(_place(key, at.get(key, ()), wanted.get(key, ())) for key in keys),
        tuple(overlap for key in keys for overlap in _overlaps(key, at.get(key, ()), on)),
        tuple(each for each in asked if not any((each.state, theme) in at for theme in each.themes)),
        tuple(each for each in going if not each.activity.countries),
    )


def _place(key: tuple[str, str], aids: Sequence[Aid], needs: Sequence[Need]) -> Place:
    money: dict[str, Decimal] = {}
    unsplit = 0
    for each in aids:
        share = each.activity.share_of(key[0])
        if share is None:
            unsplit += 1
            continue
        for budget in each.activity.budgets:
            currency = budget.money.currency
            money[currency] = money.get(currency, Decimal(0)) + budget.money.value * share
    return Place(*key, tuple(aids), tuple(needs), money, unsplit)


def _overlaps(key: tuple[str, str], aids: Sequence[Aid], on: date) -> Iterator[Overlap]:
    """Yield each pair that goes on at the same time from a day on. The general theme is no theme to meet on."""
    if key[1] == GENERAL:
        return
    for left, right in combinations(aids, 2):
        since = max(left.activity.starts, right.activity.starts, on)
        until = min(left.activity.ends, right.activity.ends)
        if since <= until:
            shared = sorted(_parties(left.activity) & _parties(right.activity))
            yield Overlap(*key, left, right, since, until, tuple(shared))


def _parties(activity: AidActivity) -> set[str]:
    return {each.name for each in (activity.reporting, *activity.participating) if each.name}


def board_plain(board: Board) -> dict[str, Plain]:
    """As doors give it out; amounts are decimal text by currency."""
    return {
        "on": board.on.isoformat(),
        "places": [
            {
                "country": each.country,
                "theme": each.theme,
                "activities": [aid.name for aid in each.activities],
                "requests": [need.request for need in each.needs],
                "money": {currency: format(value, "f") for currency, value in sorted(each.money.items())},
                "unsplit": each.unsplit,
                "gap": each.gap,
            }
            for each in board.places
        ],
        "overlaps": [
            {
                "country": each.country,
                "theme": each.theme,
                "activities": [each.left.name, each.right.name],
                "since": each.since.isoformat(),
                "until": None if each.until == date.max else each.until.isoformat(),
                "shared": list(each.shared),
            }
            for each in board.overlaps
        ],
        "orphans": [each.request for each in board.orphans],
        "unplaced": [each.name for each in board.unplaced],
    }
