"""Other ways of finding a weapon by a damaged mark, each set up as well as its makers' manuals allow.

All are given the same folded readings and the same attributes; where a rival can rank by attributes, agreements count
as `AGREEMENT` says.
"""

from collections.abc import Callable, Mapping

from benchmarks.marks import Register
from benchmarks.rivals.duckdb_scan import DuckdbScan
from benchmarks.rivals.masked_scan import MaskedScan
from benchmarks.rivals.pg_trgm import PgTrgm, PgTrgmWithAttributes
from benchmarks.rivals.rapidfuzz_scan import RapidfuzzScan
from benchmarks.rivals.sqlite import SqliteFts5, SqliteGlob
from benchmarks.rivals.tantivy_index import TantivyFuzzy, TantivyNgrams
from benchmarks.systems import System

RIVALS: Mapping[str, Callable[[Register], System]] = {
    kind.name: kind
    for kind in (
        SqliteGlob, SqliteFts5, TantivyNgrams, TantivyFuzzy, PgTrgm, PgTrgmWithAttributes, DuckdbScan, RapidfuzzScan,
        MaskedScan,
    )
}  # fmt: skip

FASTEST = ("sqlite_glob", "tantivy_fuzzy_regex", "pg_trgm_attributes", "numpy_masked_scan")
"""The rivals that a register of ten million is measured beside, unless others are asked for."""

__all__ = ["FASTEST", "RIVALS"]
