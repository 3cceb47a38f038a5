import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import splink.comparison_library as compare
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from benchmarks.figures import Given, Run
from benchmarks.marks import Recovery, Register
from benchmarks.rivals.asking import ATTRIBUTES, InProcess, listed
from benchmarks.rivals.duckdb_scan import arrow_of
from benchmarks.systems import Answer

_BLOCKS = (
    block_on("serial"), block_on("substr(serial, 1, 5)"), block_on("substr(serial, -5)"),
    block_on("substr(serial, 1, 3)", "maker"), block_on("substr(serial, -3)", "maker"),
    block_on("substr(serial, 3, 4)", "maker"), block_on("maker", "model", "calibre"),
)  # fmt: skip


class SplinkBatch(InProcess):
    """Splink on DuckDB: all queries in one batch, compared with what shares a block.

    Its weights are learnt from the true pairs of other recoveries.

    It answers single questions in a third of a second at best; in a batch each costs little. The seconds of the batch
    are divided by its queries, so that there is no percentile to tell.
    """

    name = "splink_batch"

    def __init__(self, registered: Register, training: Sequence[Recovery], threads: int = 1) -> None:
        self.connection = duckdb.connect(config={"threads": threads, "autoinstall_known_extensions": False})
        database = DuckDBAPI(self.connection)
        self.marks = database.register(_with_nulls(arrow_of(registered)), dataset_display_name="marks")
        self.database = database
        asked = database.register(_queries(training), dataset_display_name="recoveries")
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=[
                compare.DamerauLevenshteinAtThresholds("serial", [1, 2, 3]),
                *(compare.ExactMatch(name).configure(term_frequency_adjustments=name != "kind") for name in ATTRIBUTES),
            ],
            blocking_rules_to_generate_predictions=list(_BLOCKS),
            probability_two_random_records_match=1 / len(registered.marks),
            retain_matching_columns=False,
        )
        self.linker = Linker([self.marks, asked], settings, log_level=logging.ERROR)
        self.linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        true_pairs = database.register(_true_pairs(training), dataset_display_name="true_pairs")
        self.linker.training.estimate_m_from_pairwise_labels(true_pairs)  # type: ignore[no-untyped-call]

    @property
    def bytes_held(self) -> int:
        found = self.connection.execute(
            "SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag IN ('IN_MEMORY_TABLE', 'BASE_TABLE')"
        ).fetchall()
        return int(found[0][0])

    def answer(self, recovery: Recovery) -> Answer:
        return self.answer_all([recovery])[0]

    def pairs(self, asked: Sequence[Recovery]) -> list[tuple[int, int, float]]:
        """Return query, weapon and probability of each pair that shares a block, the likeliest first."""
        queries = self.database.register(_queries(asked), dataset_display_name="asked")
        pairs = self.linker.inference.predict_between(self.marks, queries, threshold_match_probability=1e-9)
        return self.connection.execute(
            f"SELECT unique_id_r, weapon, match_probability FROM {pairs.physical_name} "
            f"JOIN {self.marks.physical_name} AS mark ON mark.unique_id = unique_id_l ORDER BY match_weight DESC"
        ).fetchall()

    def answer_all(self, asked: Sequence[Recovery]) -> list[Answer]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for query, weapon, _ in self.pairs(asked):
            found[query].append(weapon)
        return [listed(found[number]) for number in range(len(asked))]

    def run(self, asked: Sequence[Recovery]) -> Run:
        """Ask all at once."""
        wall, cpu = time.perf_counter(), time.thread_time()
        answers = self.answer_all(asked)
        wall_ms, cpu_ms = (
            1000 * spent / len(asked) for spent in (time.perf_counter() - wall, time.thread_time() - cpu)
        )
        given = [Given(recovery, answer, wall_ms, cpu_ms) for recovery, answer in zip(asked, answers, strict=True)]
        return Run(self, given)

    def close(self) -> None:
        self.connection.close()


def _queries(asked: Sequence[Recovery]) -> pa.Table:
    columns: dict[str, Any] = {"unique_id": range(len(asked)), "weapon": [-1] * len(asked)}
    columns["serial"] = [recovery.folded.replace("*", "") for recovery in asked]
    columns |= {name: [each.stated[place] for each in asked] for place, name in enumerate(ATTRIBUTES)}
    return _with_nulls(pa.table({name: list(values) for name, values in columns.items()}))


def _true_pairs(training: Sequence[Recovery]) -> pa.Table:
    """Return which recovery is of which mark; the first marks of a register are its weapons, in their order."""
    found = [(recovery.weapon, number) for number, recovery in enumerate(training) if recovery.weapon >= 0]
    return pa.table({
        "source_dataset_l": ["marks"] * len(found), "unique_id_l": [mark for mark, _ in found],
        "source_dataset_r": ["recoveries"] * len(found), "unique_id_r": [number for _, number in found],
    })  # fmt: skip


def _with_nulls(table: pa.Table) -> pa.Table:
    """Make -1 of attributes unknown, as Splink knows it, and give each row its number."""
    nulled: Any = {name: table[name] for name in table.column_names if name not in ATTRIBUTES}
    for name in ATTRIBUTES:
        values = table[name].combine_chunks()
        nulled[name] = pc.if_else(pc.less(values, 0), None, values)
    nulled.setdefault("unique_id", pa.array(range(table.num_rows), pa.int64()))
    return pa.table(nulled)
