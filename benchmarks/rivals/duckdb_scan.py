import duckdb
import pyarrow as pa

from benchmarks.marks import Recovery, Register
from benchmarks.rivals.asking import ATTRIBUTES, FETCHED, InProcess, agreement, like, listed
from benchmarks.systems import Answer


def arrow_of(registered: Register) -> pa.Table:
    """Return the marks as a table for analytical engines."""
    rows = registered.marks
    serials = registered.recorded_serials
    columns = {"weapon": rows, "serial": pa.array([serials[row] for row in rows.tolist()])}
    columns |= {name: registered.recorded[rows, place] for place, name in enumerate(ATTRIBUTES)}
    return pa.table(columns)


class DuckdbScan(InProcess):
    """DuckDB: Jaro-Winkler similarity of every serial, the pattern and the attributes in one ORDER BY."""

    name = "duckdb_scan"

    def __init__(self, registered: Register) -> None:
        self.database = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
        self.database.register("marks", arrow_of(registered))
        self.database.execute("CREATE TABLE mark AS FROM marks")
        self.database.unregister("marks")

    @property
    def bytes_held(self) -> int:
        found = self.database.execute(
            "SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag IN ('IN_MEMORY_TABLE', 'BASE_TABLE')"
        ).fetchall()
        return int(found[0][0])

    def answer(self, recovery: Recovery) -> Answer:
        rows = self.database.execute(
            "SELECT weapon FROM mark ORDER BY 20 * jaro_winkler_similarity(serial, $text) "
            f"+ 6 * (serial LIKE $pattern)::int + {agreement(recovery)} DESC LIMIT {FETCHED}",
            {"text": recovery.folded.replace("*", ""), "pattern": like(recovery.folded)},
        ).fetchall()
        return listed(weapon for (weapon,) in rows)

    def close(self) -> None:
        self.database.close()
