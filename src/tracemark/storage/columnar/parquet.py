"""Reading and writing Parquet with DuckDB, which is never let look for extensions on the network."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

_NUMBERS: Mapping[str, type] = {
    "BIGINT": np.int64,
    "INTEGER": np.int32,
    "DOUBLE": np.float64,
    "BOOLEAN": np.bool_,
}
_MEMORY = "2GB"


@contextmanager
def opened(
    *, threads: int = 1, aside: Path | None = None, memory: str = _MEMORY
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory; what does not fit is laid into the folder `aside`."""
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": threads,
        "memory_limit": memory,
    }
    if aside:
        settings["temp_directory"] = str(aside)
    with duckdb.connect(config=settings) as connection:
        yield connection


def quoted(text: object) -> str:
    """Write a text as SQL does."""
    return "'" + str(text).replace("'", "''") + "'"


def write_columns(columns: Mapping[str, Sequence[Any]], types: Mapping[str, str], path: Path) -> None:
    """Write columns as a Parquet file, aside first: it is there whole, or not at all. None stands for no value."""
    laid = columns_laid(columns, types)
    casts = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items())
    unfinished = path.with_name(f".{path.name}")
    with opened() as connection:
        connection.register("laid", laid)
        connection.execute(f"COPY (SELECT {casts} FROM laid) TO {quoted(unfinished)} (FORMAT parquet)")
    unfinished.replace(path)


def columns_laid(columns: Mapping[str, Sequence[Any]], types: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """Return columns as arrays that DuckDB scans."""
    return {name: _array(columns[name], kind) for name, kind in types.items()}


def read_rows(path: Path) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a Parquet file, in their order."""
    with opened() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet({quoted(path)})")
        while page := found.fetchmany(10_000):
            yield from page


def _array(values: Sequence[Any], kind: str) -> NDArray[Any]:
    if kind not in _NUMBERS:
        laid = np.empty(len(values), object)
        laid[:] = values
        return laid
    absent = np.fromiter((value is None for value in values), bool, len(values))
    filled: NDArray[Any] = np.array([0 if value is None else value for value in values], _NUMBERS[kind])
    return np.ma.MaskedArray(filled, absent)
