from contextlib import ExitStack
from pathlib import Path

import psycopg

from benchmarks.marks import Recovery, Register
from benchmarks.rivals.asking import ATTRIBUTES, FETCHED, agreement, like, listed, rows_of
from benchmarks.systems import Answer
from tests.postgresql_server import postgresql

SETTINGS = (
    "shared_buffers=2GB", "work_mem=128MB", "maintenance_work_mem=1GB", "max_parallel_workers_per_gather=0", "jit=off",
    "max_parallel_maintenance_workers=0", "effective_cache_size=8GB", "random_page_cost=1.1", "autovacuum=off",
)  # fmt: skip


class PgTrgm:
    """PostgreSQL: a trigram index on the serial, the most similar first.

    GIN answers ten times as fast as GiST here; a lower threshold finds little more and takes twice as long.
    """

    name = "pg_trgm"

    def __init__(self, registered: Register) -> None:
        self.stack = ExitStack()
        self.connection = psycopg.connect(self.stack.enter_context(postgresql(settings=SETTINGS)), autocommit=True)
        self.stack.callback(self.connection.close)
        attributes = ", ".join(f"{name} int2" for name in ATTRIBUTES)
        self.connection.execute("CREATE EXTENSION pg_trgm")
        self.connection.execute(f"CREATE UNLOGGED TABLE mark (weapon int4, serial text, {attributes})")
        with self.connection.cursor() as cursor, cursor.copy("COPY mark FROM STDIN") as copy:
            lines = ("\t".join(map(str, row)) + "\n" for row in rows_of(registered))
            while some := "".join(line for _, line in zip(range(20_000), lines, strict=False)):
                copy.write(some)
        self.connection.execute("CREATE INDEX ON mark USING gin (serial gin_trgm_ops) WITH (fastupdate = off)")
        self.connection.execute("VACUUM ANALYZE mark")
        self.connection.execute("SET pg_trgm.similarity_threshold = 0.27")

    @property
    def bytes_held(self) -> int:
        found = self.connection.execute("SELECT pg_total_relation_size('mark')").fetchone()
        return int(found[0]) if found else 0

    def elsewhere_s(self) -> float:
        return int(Path(f"/proc/{self.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9

    def answer(self, recovery: Recovery) -> Answer:
        rows = self.connection.execute(
            "SELECT weapon FROM mark WHERE serial %% %(text)s "
            f"ORDER BY similarity(serial, %(text)s) DESC LIMIT {FETCHED}",
            {"text": recovery.folded},
        )
        return listed(weapon for (weapon,) in rows)

    def close(self) -> None:
        self.stack.close()


class PgTrgmWithAttributes(PgTrgm):
    """PostgreSQL: what is similar or fits the pattern, ranked by similarity, pattern and attributes together."""

    name = "pg_trgm_attributes"

    def answer(self, recovery: Recovery) -> Answer:
        rows = self.connection.execute(
            "SELECT weapon FROM mark WHERE serial %% %(text)s OR serial LIKE %(pattern)s "
            "ORDER BY 16 * similarity(serial, %(text)s) + 6 * (serial LIKE %(pattern)s)::int "
            f"+ {agreement(recovery)} DESC LIMIT {FETCHED}",
            {"text": recovery.folded, "pattern": like(recovery.folded)},
        )
        return listed(weapon for (weapon,) in rows)
