"""Every store gives the same answers, after whatever happened, merged or not, with files or without."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.stores.lives import Stores, happened, keep, registered
from tracemark.storage import open_stores
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational.mark_index import FileMarkIndex
from tracemark.storage.relational.segments import SegmentFolder
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import MarkIndex, Query, Ranking, find_candidates, load_weights, parse_reading

READINGS = ("A00?", "A001", "*12", "B10", "?02?")
MODELS = ("m1", "m2", "m3")
IMPROBABLE = 0.001

Step = tuple[str, int, str, str]
"""What happens, a number that chooses the weapon, a serial and a model."""

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["register", "register", "register", "correct", "void", "mark", "search", "merge", "rebuild"]),
        st.integers(0, 50),
        st.from_regex("[AB][01][01][0-3]?", fullmatch=True),
        st.sampled_from(MODELS),
    ),
    min_size=5,
    max_size=25,
)


def take(stores: Stores, step: Step, known: list[int]) -> None:
    """Let one thing happen to the register; a weapon that was entered by mistake is not touched again."""
    what, number, serial, model = step
    if what == "register":
        weapon = stores.records.size() + 1
        keep(stores, registered(weapon, serial, model=model))
        known.append(weapon)
        return
    if not known or what not in {"correct", "void", "mark"}:
        return
    weapon = known[number % len(known)]
    if what == "mark":
        keep(stores, happened(weapon, "marked", marks=[{"kind": "import", "serial": serial, "state": "XT"}]))
        return
    born = stores.records.of_weapon(stores.register.state(weapon).weapon)[0].position  # type: ignore[arg-type]
    if what == "void":
        known.remove(weapon)
        keep(stores, happened(weapon, "corrected", corrects=born, reason="entered twice", void=True))
        return
    right = dict(registered(weapon, serial, model=model).details)
    keep(stores, happened(weapon, "corrected", corrects=born, reason="misread", details=right))


def rows(index: MarkIndex) -> list[tuple[int, int, str]]:
    """Mark, weapon and serial codes of all that is searched."""
    return sorted(
        (int(segment.marks[row]), int(segment.weapons[row]), segment.serial(row).tobytes().hex())
        for segment in index.segments()
        for row in range(len(segment))
        if segment.stands(segment.weapons[row : row + 1])[0]
    )


def rankings(index: MarkIndex) -> list[Ranking]:
    weights = load_weights()
    queries = [Query(readings=(parse_reading(each),), maker="ourmaker", model="m2") for each in READINGS]
    return [find_candidates(query, index, weights, limit=1000) for query in queries]


def require_alike(indexes: Sequence[MarkIndex]) -> None:
    """Let pass indexes that find the same, but for what is improbable.

    Until a merge, numbers that were corrected since are still counted among the register's, so that the search may go
    a little farther or less far.
    """
    for first, *others in zip(*map(rankings, indexes), strict=True):
        for other in others:
            assert (other.searched, _telling(other) - _weapons(first)) == (first.searched, set())
            assert _telling(first) - _weapons(other) == set()


def _weapons(ranking: Ranking) -> set[int]:
    return {candidate.weapon for candidate in ranking.candidates}


def _telling(ranking: Ranking) -> set[int]:
    return {candidate.weapon for candidate in ranking.candidates if candidate.posterior >= IMPROBABLE}


@contextmanager
def sqlite_register(signer: SeededSigner, template: Path) -> Iterator[RelationalStores]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.sqlite3"
        shutil.copy(template, path)
        stores = open_stores(f"sqlite:///{path}", signer)
        yield stores
        stores.close()


@contextmanager
def postgres_register(signer: SeededSigner, template: str) -> Iterator[RelationalStores]:
    server, _, base = template.rpartition("/")
    name = f"register_{uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(base)))
    with tempfile.TemporaryDirectory() as folder:
        stores = open_stores(f"{server}/{name}", signer, segments=Path(folder))
        yield stores
        stores.close()


def compare(stores: RelationalStores, signer: SeededSigner, steps: list[Step]) -> None:
    """Live the same lives in memory and in a database, which is searched with files and without."""
    memory, known, known_too = MemoryStores(signer), list[int](), list[int]()
    filed = stores.marks
    alone = FileMarkIndex(stores._database, None)
    for step in steps:
        take(memory, step, known)
        take(stores, step, known_too)
        if step[0] == "search":
            require_alike([alone, filed, memory.marks])
        for index in (filed, alone) if step[0] in {"merge", "rebuild"} else ():
            getattr(index, step[0])()
            assert rankings(index) == rankings(FileMarkIndex(stores._database, None))
    assert rows(alone) == rows(filed) == rows(memory.marks)
    require_alike([alone, filed, memory.marks])
    for index in (filed, alone):
        index.merge()
    again = FileMarkIndex(stores._database, filed._folder)
    assert rankings(again) == rankings(alone) == rankings(filed) == rankings(memory.marks)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_sqlite_answers_as_memory_does(signer: SeededSigner, sqlite_template: Path, steps: list[Step]) -> None:
    with sqlite_register(signer, sqlite_template) as stores:
        compare(stores, signer, steps)


@pytest.mark.postgresql
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_postgresql_answers_as_memory_does(signer: SeededSigner, postgres_template: str, steps: list[Step]) -> None:
    with postgres_register(signer, postgres_template) as stores:
        compare(stores, signer, steps)


def test_an_index_whose_folder_cannot_be_written_answers_from_the_database(
    sqlite_stores: RelationalStores, tmp_path: Path
) -> None:
    keep(sqlite_stores, *(registered(weapon, f"A{weapon:03d}") for weapon in range(1, 9)))
    (tmp_path / "file").touch()
    index = FileMarkIndex(sqlite_stores._database, SegmentFolder(tmp_path / "file" / "folder"))
    assert rankings(index) == rankings(FileMarkIndex(sqlite_stores._database, None))
    index.merge()
    assert rankings(index) == rankings(FileMarkIndex(sqlite_stores._database, None))
