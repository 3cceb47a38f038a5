"""Linking two sides in bulk, each a list in a file or a node's register."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from tracemark import exchange
from tracemark.authorities import Permission, require
from tracemark.intake import Table
from tracemark.kernel import Actor, Finding, Plain, cite, instant_text
from tracemark.marking import import_country
from tracemark.node.nodes import Node
from tracemark.storage import (
    LinkJob,
    LinkSummary,
    answer_in_processes,
    answer_on_spark,
    finish_link,
    index_of_list,
    own_serials,
    parquet_table,
    stage_index,
    stage_rows,
    units_shown,
)
from tracemark.tracing import (
    NOBODY,
    TWIN_ABSENT,
    LinkTerms,
    ListHeading,
    ListRefused,
    ListRow,
    MarkIndex,
    RowReader,
    Search,
    Weights,
    heading_of,
    knows_list,
    load_weights,
    recorded_text,
    stated_in,
)
from tracemark.weapons import WeaponId, weapon_text

_AT_ONCE = 1_000


class Engine(StrEnum):
    """Who does the work: this machine's processes with DuckDB, or Spark."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class RegisterSide:
    """A node's register, as an actor may search it. `name` is what the answer calls it."""

    name: str
    node: Node
    actor: Actor


@dataclass(frozen=True, slots=True)
class ListSide:
    """A list in a CSV file, a spreadsheet or a Parquet file."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name


Side = RegisterSide | ListSide


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link found: a summary, the marks that were searched, and rows of a list that nobody could be found by.

    `itself` says that a side was held against itself; `terms` are those that held.
    """

    summary: LinkSummary
    searched: int
    unsearchable: tuple[int, ...]
    itself: bool
    terms: LinkTerms
    weights: str


def same_side(first: Side, second: Side) -> bool:
    """Whether two sides are one: the same file, or the same register."""
    if isinstance(first, ListSide) and isinstance(second, ListSide):
        return first.path.samefile(second.path)
    if isinstance(first, RegisterSide) and isinstance(second, RegisterSide):
        return first.node.folder.resolve() == second.node.folder.resolve()
    return False


def link_sides(
    first: Side,
    second: Side,
    *,
    out: Path,
    terms: LinkTerms,
    engine: Engine = Engine.DUCKDB,
    told: Callable[[int, int], None],
) -> Linked:
    """Search for every row of the first side in the second, and write what was found as a Parquet file.

    Where both are one, each row is held against all others. `out` is there whole, or as it was before. What was read in
    which register, and which weapons were shown, is noted there before the file is in place. `told` hears how many rows
    of how many are done.

    Raises:
        NotPermitted: the actor may not search a register.
        ListRefused: a list has no column of readings.
        TableRefused: a file cannot be read as a table.
        SparkMissing: Spark cannot be started.
    """
    for side in (first, second):
        if isinstance(side, RegisterSide):
            require(side.actor, Permission.TRACE_SEARCH)
    itself = same_side(first, second)
    if itself and terms.absent is None:
        terms = replace(terms, absent=TWIN_ABSENT)
    weights = second.node.weights if isinstance(second, RegisterSide) else load_weights()
    folder = out.absolute().with_name(f".{out.name}.{uuid4().hex}")
    folder.mkdir(parents=True)
    job = LinkJob(folder, weights, terms)
    try:
        index, ids, unsearchable, about = _index_of(second)
        searched = stage_index(index, folder)
        total = stage_rows(_rows_of(first, index, itself=itself), folder)
        answer = answer_on_spark if engine is Engine.SPARK else answer_in_processes
        told(0, total)
        answer(job, lambda done: told(done, total))
        _note(first, second, job)
        told_of = {**about, **_metadata(first, second, terms, weights)}
        summary = finish_link(job, out, told_of, ids)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Linked(summary, searched, unsearchable, itself, terms, weights.version)


def _index_of(side: Side) -> tuple[MarkIndex, Mapping[int, str] | None, tuple[int, ...], dict[str, str]]:
    """Return the marks of a side, the names of its rows, those that cannot be found, and what stood where it was read.

    The head is read first: what came since may be among the marks, nothing of before is missing.
    """
    if isinstance(side, ListSide):
        table, heading = _table(side)
        listed = index_of_list(table.rows(), heading)
        return listed, listed.ids, listed.unsearchable, {"tracemark.b_sha256": table.fingerprint}
    head = side.node.stores.records.head()
    side.node.stores.marks.catch_up()
    return side.node.stores.marks, None, (), {"tracemark.head": str(head or "")}


def _rows_of(side: Side, index: MarkIndex, *, itself: bool) -> Iterator[ListRow]:
    if isinstance(side, ListSide):
        table, heading = _table(side)
        reader = RowReader(heading, index.code, itself=itself)
        return (reader.read(number, cells) for number, cells in table.rows())
    return _weapons_of(side.node, index, itself=itself)


def _weapons_of(node: Node, index: MarkIndex, *, itself: bool) -> Iterator[ListRow]:
    """Return each weapon of a register that bears a serial, in the order of their numbers, as a row to search for."""
    weapons = sorted(set().union(*(each.weapons.tolist() for each in node.stores.marks.segments())))
    for first in range(0, len(weapons), _AT_ONCE):
        states = node.stores.register.states(map(WeaponId, weapons[first : first + _AT_ONCE]))
        for weapon, state in sorted(states.items()):
            described = state.description
            codes = {name: getattr(described, name) for name in ("maker", "model", "calibre", "country", "kind")}
            codes["import_country"] = import_country(state.marks)
            yield ListRow(
                number=weapon,
                id=weapon_text(weapon),
                text=recorded_text(own_serials(state).values()),
                stated=stated_in(codes, described.year, index.code)[0],
                recorded=True,
                left_out=weapon if itself else NOBODY,
            )


def _table(side: ListSide) -> tuple[Table, ListHeading]:
    if side.path.suffix.lower() == ".parquet":
        try:
            table = parquet_table(side.path)
        except ValueError as error:
            facts: dict[str, Plain] = {"file": side.name, "why": str(error)}
            raise ListRefused([Finding("tracing.list_not_parquet", cite("ITI 17(b)"), facts)]) from error
    else:
        table = exchange.read_table(side.path, knows=knows_list).table
    return table, heading_of(table.columns, side.name)


def _note(first: Side, second: Side, job: LinkJob) -> None:
    """Note in each register what was asked of it, unit by unit, and which of its weapons the answer shows."""
    for side, other, place in ((first, second, 1), (second, first, 2)):
        if not isinstance(side, RegisterSide) or (place == 1 and same_side(first, second)):
            continue
        actor, at = side.actor, instant_text(side.node.clock.now())
        for readings, rows, weapons in units_shown(job):
            asked: dict[str, Plain] = {"readings": list(readings), "linked_with": other.name}
            shown = rows if place == 1 else weapons
            side.node.stores.searches.note(Search(actor.name, actor.authority, at, asked, shown))


def _metadata(first: Side, second: Side, terms: LinkTerms, weights: Weights) -> dict[str, str]:
    absent = weights.absent["unspecified"] if terms.absent is None else terms.absent
    return {
        "tracemark.a": first.name,
        "tracemark.b": second.name,
        "tracemark.weights": weights.version,
        "tracemark.absent": str(absent),
        "tracemark.limit": str(terms.limit),
        "tracemark.least": str(terms.least),
    }
