"""An import that is killed at random moments ends as one that was never disturbed, on both databases."""

import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.intake.lots import COLUMNS, PROFILE, row
from tracemark.exchange import FileSigner
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.storage import open_stores
from tracemark.storage.relational.stores import RelationalStores

ROOT = Path(__file__).parents[2]
ROWS, BATCH_ROWS, KILLS = 2_700, 50, 4
_REFERENCE = re.compile(r"person:([0-9a-f]{64})")
AUDITOR = Actor("auditor", "XT-AUD", frozenset({"auditor"}))


@dataclass(frozen=True)
class Register:
    """One register to be imported into, and how the import is started."""

    url: str
    key: Path
    segments: Path
    file: Path
    profile: Path

    def start(self) -> subprocess.Popen[str]:
        paths = [str(each) for each in (self.key, self.segments, self.file, self.profile)]
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("importing.py")), self.url, *paths, str(BATCH_ROWS)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
            stdout=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(autouse=True)
def _databases_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def new_register(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Register]:
    """Makes registers, each with a database of its own; all import the same file."""
    file, profile = tmp_path / "lot.csv", tmp_path / "lot.toml"
    profile.write_text(PROFILE.replace('names = "organisation"', 'names = "person"'))
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        writer.writerows(lot())

    def made() -> Register:
        name = f"register_{uuid4().hex}"
        url = f"sqlite:///{tmp_path}/{name}.sqlite3"
        if request.param == "postgresql":
            server = request.getfixturevalue("postgres_url").rpartition("/")[0]
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            url = f"{server}/{name}"
        return Register(url, tmp_path / "record.key", tmp_path / name, file, profile)

    return made


def lot() -> Iterator[list[str]]:
    """Rows that are imported, held and refused, in an order that spreads them over the file."""
    chance = random.Random(3)
    for number in range(ROWS):
        serial = f"TV{number:06d}" if chance.random() > 0.05 else f"TV{chance.randrange(number + 1):06d}"
        day = f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/2010"
        seized = day.replace("2010", "2015") if chance.random() < 0.3 else ""
        broken = "12/09/202" if chance.random() < 0.01 else day
        named = f"Nobody {number}" if chance.random() < 0.5 else "private"
        yield row(serial, maker="glock", model="17", calibre="9x19", got_on=broken, seized_on=seized, holder=named)


def told(register: Register) -> dict[str, Any]:
    """Everything the register holds that must be the same; of each event all but the instant it was recorded."""
    stores = open_stores(register.url, FileSigner.load(register.key, "xt.example/record"), segments=register.segments)
    try:
        found = Node("XT", stores, folder=register.segments).verify(AUDITOR)
        assert (found.faults, found.ok) == ((), True)
        names = {
            each[0]: json.loads(each[1])["name"] for each in rows_of(stores, "SELECT commitment, body FROM person")
        }

        def opened(plain: object) -> Any:  # noqa: ANN401 - with the person's name for each commitment, drawn anew each time
            return json.loads(_REFERENCE.sub(lambda found: names.get(found[1], "nobody kept"), json.dumps(plain)))

        assert names
        events = [opened(json.loads(each.body)) for each in stores.records.all()]
        weapons = sorted({each["weapon"] for each in events})
        [run] = stores.intake.runs()
        assert run.finished_at
        return {
            "events": [{**each, "at": ""} for each in events],
            "weapons": [
                replace(state, holder=opened(state.holder))
                for _, state in sorted(stores.register.states(weapons).items())
            ],
            # A number drawn for a row that was then rolled back is not drawn again.
            "held": [replace(each, id=0, draft=opened(each.draft)) for each in stores.intake.page(limit=ROWS)],
            "known": opened(rows_of(stores, "SELECT row_number, identity, cells, weapon FROM intake_known ORDER BY 1")),
            "persons": sorted(names.values()),
            "run": (run.rows, run.counts),
        }
    finally:
        stores.close()


def rows_of(stores: RelationalStores, query: str) -> list[tuple[Any, ...]]:
    return stores._database.rows(query)


def kill_at_random(child: subprocess.Popen[str], chance: random.Random) -> bool:
    """Kill the child after a random batch and a random moment more; say whether it was still at work."""
    assert child.stdout is not None
    batches = chance.randrange(1, ROWS // BATCH_ROWS // KILLS + 2)
    for _ in range(batches):
        line = child.stdout.readline()
        if line.startswith("done"):
            child.wait()
            return False
        assert line, "the import ended by itself"
    time.sleep(chance.random() * 0.05)
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    return child.wait() == -signal.SIGKILL and "done" not in rest


@pytest.mark.slow
def test_an_import_killed_at_random_moments_loses_nothing_and_doubles_nothing(
    new_register: Callable[[], Register],
) -> None:
    undisturbed, killed = new_register(), new_register()
    with undisturbed.start() as child:
        assert child.wait() == 0
    chance, kills = random.Random(11), 0
    for _ in range(KILLS):
        with killed.start() as child:
            kills += kill_at_random(child, chance)
    with killed.start() as child:
        assert child.wait() == 0
    assert kills > KILLS // 2
    assert told(killed) == told(undisturbed)
