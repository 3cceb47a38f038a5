"""Small records in plain Python: what the oracles read, and how the same record is laid before an engine."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tracemark.kernel import PartialDate, canonical_bytes
from tracemark.marking import fold_serial
from tracemark.recordkeeping import RECOVERIES, Checkpoint, EventKind, event_kinds
from tracemark.storage import DuckDbEngine, RecordToExport, SnapshotFolder, duckdb_engine, export_record
from tracemark.storage.columnar.parquet import columns_laid

TODAY = date(2026, 6, 30)
STATE = "XT"
AGENCIES = (
    ("XT-ARMY-1", "Depot one", "armed_forces", "", "", ""),
    ("XT-ARMY-2", "Depot two", "armed_forces", "", "", ""),
    ("XT-POL", "Police", "police", "", "", ""),
    ("XT-D01", "Dealer one", "dealer", "", "", ""),
    ("XT-D02", "Dealer two", "dealer", "", "", "2020-05"),
)
EMBARGOES = (
    ("XE", date(2010, 1, 1), date(2020, 12, 31), "S/RES/1", "all"),
    ("XF", date(2015, 1, 1), None, "S/RES/2", "all"),
)


@dataclass(frozen=True)
class Row:
    position: int
    kind: str
    happened: str
    weapon: int
    authority: str
    account: str
    details: Mapping[str, Any]
    at: str = "2026-06-30T00:00:00.000Z"

    @property
    def first(self) -> date:
        return PartialDate.parse(self.happened).first

    @property
    def last(self) -> date:
        return PartialDate.parse(self.happened).last

    def get(self, name: str) -> Any:  # noqa: ANN401 - plain data
        return self.details.get(name)


@dataclass(frozen=True)
class Step:
    row: Row
    turn: int
    status: str | None
    since: Row | None
    holder: str | None
    lawful: Row | None

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def recovery(self) -> bool:
        return self.row.kind in RECOVERIES


@dataclass(frozen=True)
class MarkTold:
    row: Row
    plain: Mapping[str, Any]

    @property
    def folded(self) -> str:
        return fold_serial(self.plain.get("serial") or "")

    @property
    def running(self) -> int | None:
        found = re.search(r"[0-9]{1,12}$", self.folded)
        return int(found[0]) if found else None

    @property
    def stem(self) -> str:
        return re.sub(r"[0-9]{1,12}$", "", self.folded)


@dataclass
class World:
    rows: list[Row] = field(default_factory=list)
    at: str = "2026-06-30T00:00:00.000Z"

    def tell(
        self,
        kind: str,
        happened: str,
        weapon: int = 0,
        /,
        *,
        by: str = "XT-POL",
        account: str = "clerk",
        **details: Any,
    ) -> int:
        told = {name.rstrip("_"): value for name, value in details.items()}
        self.rows.append(Row(len(self.rows), kind, happened, weapon, by, account, told, self.at))
        return len(self.rows) - 1

    def of(self, *kinds: str) -> list[Row]:
        return [row for row in self.rows if row.kind in kinds]

    def recoveries(self) -> list[Row]:
        identified = {row.weapon for row in self.of("identified")}
        return [row for row in self.of(*RECOVERIES) if row.weapon not in identified]

    def lives(self) -> dict[int, list[Step]]:
        return {weapon: self.life(weapon) for weapon in dict.fromkeys(row.weapon for row in self.recoveries())}

    def steps(self) -> list[Step]:
        return [step for life in self.lives().values() for step in life]

    def life(self, weapon: int) -> list[Step]:
        known = event_kinds()
        steps: list[Step] = []
        status, since, holder, lawful = None, None, None, None
        for row in sorted(
            (row for row in self.rows if row.weapon == weapon), key=lambda row: (row.first, row.position)
        ):
            terms = known[EventKind(row.kind)]
            leads = terms.to is not None and row.kind != "identified"
            in_hands = terms.lawful and terms.stage not in {"record", "recovery"} and not terms.concerns_no_weapon
            if not (leads or in_hands):
                continue
            steps.append(Step(row, len(steps) + 1, status, since, holder, lawful))
            if leads:
                assert terms.to
                status, since = terms.to.value, row
                if row.kind not in RECOVERIES and row.get("holder"):
                    holder = row.get("holder")
            if in_hands:
                lawful = row
        return steps

    def marks(self) -> list[MarkTold]:
        return [MarkTold(row, mark) for row in self.rows for mark in row.get("marks") or ()]

    def listed(self, name: str) -> Iterator[tuple[Row, int, str]]:
        """Yield each weapon, or serial, of a list in an event of a dossier."""
        for row in self.rows:
            for item in (row.get(name) or ()) if not row.weapon else ():
                told = item if isinstance(item, Mapping) else {"weapon": item}
                yield row, int(told.get("weapon", 0)), str(told.get("serial", ""))

    def bodies(self) -> list[str]:
        """Return the canonical bytes of each event, as text."""
        return [
            canonical_bytes(
                {
                    "at": row.at, "authority": row.authority, "by": row.account,
                    "details": row.details, "document": "", "happened": row.happened, "kind": row.kind, "v": 1,
                    "weapon": row.weapon,
                }
            ).decode()
            for row in self.rows
        ]  # fmt: skip


class Bodies:
    """Events as an export takes them."""

    def __init__(self, bodies: Sequence[str]) -> None:
        self.bodies = bodies

    def events(self, first: int, end: int) -> Any:  # noqa: ANN401 - arrays
        positions = range(first, min(end, len(self.bodies)))
        columns: dict[str, Sequence[object]] = {
            "position": positions,
            "body": [self.bodies[each] for each in positions],
        }
        return columns_laid(columns, {"position": "BIGINT", "body": "VARCHAR"})


def laid_down(world: World, folder: Path) -> SnapshotFolder:
    """Export a world into a folder."""
    record = RecordToExport(
        state=STATE,
        head=Checkpoint("xt/record", len(world.rows), bytes(32)),
        taken_at="2026-06-30T00:00:00.000Z",
        source=Bodies(world.bodies()),
        agencies=AGENCIES,
        amended=lambda _: (),
    )
    return export_record(SnapshotFolder(folder), record, lambda _: None)[0]


@contextmanager
def on_duckdb(world: World, folder: Path) -> Iterator[DuckDbEngine]:
    opened: DuckDbEngine
    with duckdb_engine(laid_down(world, folder), threads=1, memory="1GB", aside=folder / "aside") as opened:
        yield opened
