import re
import sqlite3

from benchmarks.marks import Recovery, Register
from benchmarks.rivals.asking import AGREEMENT, ATTRIBUTES, FETCHED, InProcess, listed, pieces, rows_of
from benchmarks.systems import Answer

_NEAR = 300
"""Marks that the full-text index proposes, to be ranked by attributes."""


class _Sqlite(InProcess):
    def __init__(self, registered: Register, columns: str) -> None:
        self.database = sqlite3.connect(":memory:")
        attributes = ", ".join(f"{name} INTEGER" for name in ATTRIBUTES)
        self.database.execute(f"CREATE TABLE mark (weapon INTEGER, {columns}, {attributes})")
        for statement in self.statements():
            self.database.execute(statement)
        self.fill(registered)

    def statements(self) -> tuple[str, ...]:
        return ()

    def fill(self, registered: Register) -> None:
        raise NotImplementedError

    @property
    def bytes_held(self) -> int:
        (pages,), (size,) = (self.database.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
        return int(pages * size)

    def close(self) -> None:
        self.database.close()


def _order(recovery: Recovery) -> str:
    stated = zip(ATTRIBUTES, recovery.stated, strict=True)
    return " + ".join(f"{AGREEMENT[name]} * ({name} = {value})" for name, value in stated if value >= 0) or "0 * weapon"


class SqliteGlob(_Sqlite):
    """The pattern on the serial where its beginning is known, on the reversed serial where its end is."""

    name = "sqlite_glob"

    def __init__(self, registered: Register) -> None:
        super().__init__(registered, "serial TEXT, reversed TEXT")

    def fill(self, registered: Register) -> None:
        self.database.executemany(
            "INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((weapon, serial, serial[::-1], *rest) for weapon, serial, *rest in rows_of(registered)),  # type: ignore[index]
        )
        self.database.execute("CREATE INDEX by_serial ON mark (serial)")
        self.database.execute("CREATE INDEX by_reversed ON mark (reversed)")
        self.database.execute("ANALYZE")

    def answer(self, recovery: Recovery) -> Answer:
        found = self._matching(recovery.folded, recovery)
        if not found and "*" not in recovery.folded:
            ends = recovery.folded + "*", "*" + recovery.folded
            found = [weapon for pattern in ends for weapon in self._matching(pattern, recovery)]
        return listed(found)

    def _matching(self, pattern: str, recovery: Recovery) -> list[int]:
        head = re.split(r"[?*]", pattern)[0]
        tail = re.split(r"[?*]", pattern[::-1])[0]
        column, known, glob = ("serial", head, pattern) if len(head) >= len(tail) else ("reversed", tail, pattern[::-1])
        rows = self.database.execute(
            f"SELECT weapon FROM mark WHERE {column} >= ? AND {column} < ? AND {column} GLOB ? "
            f"ORDER BY {_order(recovery)} DESC LIMIT {FETCHED}",
            (known, known + "~", glob),
        )
        return [weapon for (weapon,) in rows]


class SqliteFts5(_Sqlite):
    """Full text by trigrams: the marks that share most, ranked by that and by attributes."""

    name = "sqlite_fts5_trigram"

    def __init__(self, registered: Register) -> None:
        super().__init__(registered, "serial TEXT")

    def statements(self) -> tuple[str, ...]:
        return (
            "CREATE VIRTUAL TABLE text USING fts5(serial, content='mark', tokenize='trigram', detail='none')",
            "INSERT INTO text (text, rank) VALUES ('automerge', 0)",
        )

    def fill(self, registered: Register) -> None:
        self.database.executemany("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows_of(registered))
        self.database.execute("INSERT INTO text (text) VALUES ('rebuild')")
        self.database.execute("INSERT INTO text (text) VALUES ('optimize')")

    def answer(self, recovery: Recovery) -> Answer:
        trigrams = {piece[at : at + 3] for piece in pieces(recovery.folded) for at in range(len(piece) - 2)}
        if not trigrams:
            return Answer([])
        asked = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
        rows = self.database.execute(
            f"SELECT weapon FROM (SELECT rowid, bm25(text) AS near FROM text WHERE text MATCH ? "
            f"ORDER BY near LIMIT {_NEAR}) AS found JOIN mark ON mark.rowid = found.rowid "
            f"ORDER BY {_order(recovery)} - near DESC LIMIT {FETCHED}",
            (asked,),
        )
        return listed(weapon for (weapon,) in rows)
