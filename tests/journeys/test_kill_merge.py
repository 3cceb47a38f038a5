"""A merge of the search index that is killed at random moments never leaves files that answer otherwise."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.stores.test_mark_searches import rankings, rows
from tracemark.exchange import FileSigner
from tracemark.storage import open_stores
from tracemark.storage.relational.mark_index import FileMarkIndex

ROOT = Path(__file__).parents[2]
KILLS = 5


@dataclass(frozen=True)
class Register:
    """A register and the files of its search index."""

    url: str
    key: Path
    segments: Path

    def start(self) -> subprocess.Popen[str]:
        arguments = [self.url, str(self.key), str(self.segments)]
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("merging.py")), *arguments],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
            stdout=subprocess.PIPE,
            text=True,
        )

    def check(self) -> int:
        """Compare the index that takes up the files with one that never saw them; return how many marks there are."""
        stores = open_stores(self.url, FileSigner.load(self.key, "xt.example/record"), segments=self.segments)
        try:
            fresh = FileMarkIndex(stores._database, None)
            assert rows(stores.marks) == rows(fresh)
            stores.marks.merge()
            assert rankings(stores.marks) == rankings(fresh)
            assert len(list(self.segments.glob("segment-*"))) == 1
            return len(rows(fresh))
        finally:
            stores.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def register(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Register]:
    url = f"sqlite:///{tmp_path}/register.sqlite3"
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres_url").rpartition("/")[0], f"register_{uuid4().hex}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        url = f"{server}/{name}"
    with django_db_blocker.unblock():
        yield Register(url, tmp_path / "record.key", tmp_path / "segments")


@pytest.mark.slow
def test_a_merge_killed_at_random_moments_never_answers_wrongly(register: Register) -> None:
    chance, before = random.Random(5), 0
    for _ in range(KILLS):
        with register.start() as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "turn\n"
            time.sleep(chance.random() * 0.3)
            child.send_signal(signal.SIGKILL)
            assert child.wait() == -signal.SIGKILL
        now = register.check()
        assert now > before
        before = now
