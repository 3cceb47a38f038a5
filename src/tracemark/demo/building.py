import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from tracemark.demo.aims import set_aims
from tracemark.demo.campaigns import run_campaign
from tracemark.demo.cases import open_cases
from tracemark.demo.desk import Desk, Pool
from tracemark.demo.fellows import train_fellows
from tracemark.demo.finds import record_finds
from tracemark.demo.given_aid import follow_given_aid
from tracemark.demo.helping import ask_for_help
from tracemark.demo.holdings import keep_holdings
from tracemark.demo.lives import TELLER
from tracemark.demo.lots import lots
from tracemark.demo.meetings import prepare_meeting
from tracemark.demo.nation import agencies
from tracemark.demo.neighbours import write_to_neighbours
from tracemark.demo.numbers import state_numbers
from tracemark.demo.persons import persons_named
from tracemark.demo.plants import Plant, planted
from tracemark.demo.reports import tell_reports
from tracemark.demo.shipments import ship
from tracemark.demo.stores import keep_stores
from tracemark.demo.suspicions import leave_suspicions
from tracemark.demo.weapons import lives
from tracemark.demo.wear import read_marks_again
from tracemark.node import Node
from tracemark.recordkeeping import Event, LifeChecker, append_new, no_search_for_cycles
from tracemark.weapons import WeaponId

RECORDED_AT = datetime(2026, 10, 1, tzinfo=UTC)
"""When the fictional State's history is said to have been recorded, so that the same seed gives the same bytes."""

_BATCH = 5_000
_BETWEEN = timedelta(minutes=5)
_SITES_A_ROUND = 12


class DemoClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Return the moment at which the history was recorded."""
        return RECORDED_AT


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: weapons, events, and the seconds it took."""

    weapons: int
    events: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Paper:
    """How many consignments and sites are told of, as far as the State has weapons for them.

    Where it is `measured`, the State also states statistics, reports, has targets and plans, for which figures are
    drawn from its record, and letters to and from its neighbours.
    """

    consignments: int = 48
    sites: int = 24
    measured: bool = False


_PAPER = Paper()


def build_state(
    *,
    node: Node,
    weapons: int,
    seed: int,
    told: Callable[[int], object] = lambda _: None,
    plants: float = 0,
    note: Callable[[Plant], object] = lambda _: None,
    paper: Paper = _PAPER,
) -> Built:
    """Build the fictional State in an empty node, batch by batch; memory does not grow with `weapons`.

    `told` hears after each batch how many weapons there are. About one life in `1 / plants` goes on as that of a
    diverted weapon; with any, some consignments and sites of `paper` go wrong, too. `note` is told the truth about
    each, which no rule may see.

    Raises:
        ValueError: the node's register holds something.
    """
    if not is_untouched(node):
        raise ValueError("the register is not empty: a demonstration is built in a register of its own")
    begun = time.monotonic()
    fictional = replace(node, clock=DemoClock())
    for agency in agencies():
        node.stores.agencies.put(agency)
    with no_search_for_cycles():
        made = _append_history(fictional, planted(_history(weapons, seed), seed, plants, note), told)
    open_cases(fictional, seed)
    told_of = note if plants else None
    keep_stores(fictional, note)
    record_finds(fictional, seed)
    with node.stores.atomic():
        pool = Pool(fictional)
        ship(fictional, pool, seed, paper.consignments, told_of)
        keep_holdings(fictional, pool, paper.sites, told_of)
        if told_of:
            leave_suspicions(fictional, paper.sites // _SITES_A_ROUND, told_of)
    if paper.measured:
        _measure(fictional, seed)
    return Built(made, node.stores.records.size(), time.monotonic() - begun)


def _measure(node: Node, seed: int) -> None:
    desk = Desk.after_the_record(node, _BETWEEN)
    read_marks_again(desk, seed)
    with node.stores.atomic():
        state_numbers(desk, seed)
    tell_reports(desk)
    set_aims(desk)
    train_fellows(desk)
    ask_for_help(desk)
    follow_given_aid(desk)
    run_campaign(desk)
    prepare_meeting(desk)
    write_to_neighbours(desk)


def is_untouched(node: Node) -> bool:
    """Say whether a register holds nothing yet, but for agencies of ours that a broken-off building left there."""
    stores = node.stores
    return not stores.records.size() and not stores.accounts.all() and set(stores.agencies.all()) <= set(agencies())


def is_fictional(node: Node) -> bool:
    """Say whether a record begins as that of the fictional State does: its first event says so under the seal."""
    records = node.stores.records
    if not records.size():
        return False
    first = records.at(0)
    return first.event.by == TELLER and first.recorded_at == RECORDED_AT


def _append_history(node: Node, history: Iterator[tuple[WeaponId, list[Event]]], told: Callable[[int], object]) -> int:
    checker, made = LifeChecker(), 0
    while batch := list(islice(history, _BATCH)):
        with node.stores.atomic():
            node.stores.register.next_weapons(len(batch))
            append_new(lives=[life for _, life in batch], stores=node.stores, clock=node.clock, checker=checker)
            _keep_persons(batch, node)
        made += len(batch)
        told(made)
    return made


def _keep_persons(batch: Iterable[tuple[WeaponId, list[Event]]], node: Node) -> None:
    node.stores.persons.put_new([each for weapon, life in batch for each in persons_named(weapon, life)])


def _history(weapons: int, seed: int) -> Iterator[tuple[WeaponId, list[Event]]]:
    for lot in lots(weapons, seed):
        yield from lives(lot, seed)
