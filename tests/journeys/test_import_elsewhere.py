"""What another process imports is searched soon, and no search waits for all of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tracemark.exchange import FileSigner
from tracemark.storage import open_stores
from tracemark.storage.relational import mark_pages, mark_states
from tracemark.storage.relational.mark_index import FileMarkIndex
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import Query, Ranking, find_candidates, load_weights, parse_reading

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    with django_db_blocker.unblock():
        yield tmp_path


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/register.sqlite3"


def import_elsewhere(folder: Path, first: int, count: int) -> None:
    arguments = [url(folder), str(folder / "record.key"), str(first), str(count), "10"]
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("registering.py")), *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        check=True,
    )


def opened(folder: Path) -> RelationalStores:
    signer = FileSigner.load(folder / "record.key", "xt.example/record")
    stores = open_stores(url(folder), signer, segments=folder / "segments")
    assert isinstance(stores, RelationalStores)
    return stores


def searched(index: FileMarkIndex, serial: str) -> Ranking:
    return find_candidates(Query((parse_reading(serial),)), index, load_weights())


def standing(index: FileMarkIndex) -> list[int]:
    return [segment.standing_marks for segment in index.segments()]


def test_a_search_reads_one_stretch_says_so_and_the_rest_is_read_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark_pages, "STRETCH", 100)
    import_elsewhere(folder, 1, 20)
    stores = opened(folder)
    assert standing(stores.marks) == [20]
    assert searched(stores.marks, "A00020").complete
    import_elsewhere(folder, 21, 1000)
    first = searched(stores.marks, "A01020")
    assert (first.searched, first.complete) == (120, False)
    stores.marks.settle()
    last = searched(stores.marks, "A01020")
    assert (last.searched, last.complete) == (1020, True)
    assert last.candidates[0].weapon == 1020
    stores.close()


def test_who_asks_for_all_waits_for_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_pages, "STRETCH", 7)
    import_elsewhere(folder, 1, 20)
    stores = opened(folder)
    assert standing(stores.marks) == [20]
    import_elsewhere(folder, 21, 100)
    stores.marks.catch_up()
    assert sum(standing(stores.marks)) == 120
    assert searched(stores.marks, "A00120").complete
    stores.close()


def test_what_was_merged_meanwhile_is_taken_from_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_pages, "STRETCH", 100)
    import_elsewhere(folder, 1, 20)
    stores, others = opened(folder), opened(folder)
    assert standing(stores.marks) == standing(others.marks) == [20]
    import_elsewhere(folder, 21, 1000)
    others.marks.merge()
    assert not searched(stores.marks, "A01020").complete
    stores.marks.settle()
    assert standing(stores.marks) == [1020]
    stores.close()
    others.close()


def test_what_is_read_aside_is_merged_aside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_pages, "STRETCH", 100)
    monkeypatch.setattr(mark_states, "LARGEST_DELTA", 500)
    import_elsewhere(folder, 1, 20)
    stores = opened(folder)
    assert standing(stores.marks) == [20]
    import_elsewhere(folder, 21, 1000)
    assert not searched(stores.marks, "A01020").complete
    stores.marks.settle()
    assert standing(stores.marks) == standing(opened(folder).marks) == [1020]
    stores.close()
