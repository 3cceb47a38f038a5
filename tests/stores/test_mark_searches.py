"""Every store gives the same answers, after whatever happened, merged or not, with files or without."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg import sql

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.stores.lives import Stores, happened, keep, registered
from tracemark.storage import open_stores
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational import mark_states
from tracemark.storage.relational.mark_index import FileMarkIndex
from tracemark.storage.relational.segments import SegmentFolder
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import MarkIndex, Query, Ranking, find_candidates, load_weights, parse_reading
from tracemark.tracing.matching.keys import decode_serial

READINGS = {"A00?": "A00.", "A001": "A001", "*12": ".*12", "B10": "B10", "?02?": ".02."}
"""What is read, and which serials fit it to the letter."""

MODELS = ("m1", "m2", "m3")

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

LOST_TO_VIEW: list[Step] = [
    ("register", 31, "B111", "m1"),
    ("mark", 45, "A110", "m3"),
    ("merge", 9, "B103", "m1"),
    ("void", 21, "B001", "m2"),
    ("merge", 0, "B112", "m2"),
]
"""Maker and model keep their numbers here when no mark has them any more."""


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
    """Mark, weapon and serial of all that is searched."""
    return sorted(
        (int(segment.marks[row]), int(segment.weapons[row]), decode_serial(segment.serial(row)))
        for segment in index.segments()
        for row in range(len(segment))
        if segment.stands(segment.weapons[row : row + 1])[0]
    )


def rankings(index: MarkIndex) -> list[Ranking]:
    weights = load_weights()
    queries = [Query(readings=(parse_reading(each),), maker="ourmaker", model="m2") for each in READINGS]
    return [find_candidates(query, index, weights, limit=1000) for query in queries]


def require_alike(indexes: Sequence[MarkIndex]) -> None:
    """Let pass indexes of few marks: these stand in one segment, and all is found as in one that was just built."""
    assert all(len(index.segments()) == 1 for index in indexes)
    assert all(rankings(index) == rankings(indexes[0]) for index in indexes)


def require_complete(indexes: Sequence[MarkIndex]) -> None:
    """Let pass indexes that find whatever fits to the letter, however the marks lie in segments.

    Until a merge it is the largest segment that tells what strangers look like, so that probabilities differ.
    """
    for index in indexes:
        standing = rows(index)
        for ranking, fitting in zip(rankings(index), READINGS.values(), strict=True):
            found = {candidate.weapon for candidate in ranking.candidates}
            assert ranking.searched == len(standing)
            assert {weapon for _, weapon, serial in standing if re.fullmatch(fitting, serial)} <= found


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


def compare(
    stores: RelationalStores, signer: SeededSigner, steps: list[Step], require: Callable[[Sequence[MarkIndex]], None]
) -> None:
    """Live the same lives in memory and in a database, which is searched with files and without."""
    memory, known, known_too = MemoryStores(signer), list[int](), list[int]()
    filed = stores.marks
    alone = FileMarkIndex(stores._database, None)
    for step in steps:
        take(memory, step, known)
        take(stores, step, known_too)
        if step[0] == "search":
            require([alone, filed, memory.marks])
        for index in (filed, alone) if step[0] in {"merge", "rebuild"} else ():
            getattr(index, step[0])()
            assert rankings(index) == rankings(FileMarkIndex(stores._database, None))
    assert rows(alone) == rows(filed) == rows(memory.marks)
    require([alone, filed, memory.marks])
    for index in (filed, alone):
        index.merge()
    again = FileMarkIndex(stores._database, filed._folder)
    assert rankings(again) == rankings(alone) == rankings(filed) == rankings(memory.marks)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=LOST_TO_VIEW)
def test_sqlite_answers_as_memory_does(signer: SeededSigner, sqlite_template: Path, steps: list[Step]) -> None:
    with sqlite_register(signer, sqlite_template) as stores:
        compare(stores, signer, steps, require_alike)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=LOST_TO_VIEW)
def test_segments_that_are_not_merged_hide_nothing(
    signer: SeededSigner, sqlite_template: Path, steps: list[Step]
) -> None:
    with pytest.MonkeyPatch.context() as patch, sqlite_register(signer, sqlite_template) as stores:
        patch.setattr(mark_states, "FEW", 0)
        compare(stores, signer, steps, require_complete)


@pytest.mark.postgresql
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_postgresql_answers_as_memory_does(signer: SeededSigner, postgres_template: str, steps: list[Step]) -> None:
    with postgres_register(signer, postgres_template) as stores:
        compare(stores, signer, steps, require_alike)


def test_an_index_whose_folder_cannot_be_written_answers_from_the_database(
    sqlite_stores: RelationalStores, tmp_path: Path
) -> None:
    keep(sqlite_stores, *(registered(weapon, f"A{weapon:03d}") for weapon in range(1, 9)))
    (tmp_path / "file").touch()
    index = FileMarkIndex(sqlite_stores._database, SegmentFolder(tmp_path / "file" / "folder"))
    assert rankings(index) == rankings(FileMarkIndex(sqlite_stores._database, None))
    index.merge()
    assert rankings(index) == rankings(FileMarkIndex(sqlite_stores._database, None))
