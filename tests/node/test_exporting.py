"""The record as columns: what is written, when again, and what is refused."""

import json
from pathlib import Path
from typing import cast
from uuid import uuid4

import duckdb
import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.fictional import WEAPONS
from tracemark import demo
from tracemark.authorities import Role
from tracemark.kernel import Actor, PartialDate
from tracemark.node import Node, SnapshotDamaged, SnapshotForeign, export_parquet, open_node
from tracemark.recordkeeping import (
    Correction,
    Event,
    EventKind,
    append,
    approve_correction,
    propose_correction,
    record_tables,
)
from tracemark.storage import SnapshotFolder, duckdb_engine
from tracemark.weapons import WeaponId

AUDITOR = Actor("auditor", "XT-REG", frozenset({Role.AUDITOR.value}))
OFFICER = Actor("officer", "XT-REG", frozenset({Role.REGISTRY_OFFICER.value}))
APPROVER = Actor("approver", "XT-REG", frozenset({Role.APPROVER.value}))


@pytest.fixture
def node(demo_copy: str) -> Node:
    return open_node(demo_copy)


def stored(node: Node, kind: EventKind = EventKind.STORED) -> None:
    weapon = WeaponId(next(each for each in range(1, WEAPONS) if held(node, each)))
    event = Event(weapon, kind, PartialDate(2026, 9, 30), "XT-REG", "officer", {"place": "Büro 7"})
    with node.stores.atomic():
        append(events=[event], stores=node.stores, clock=node.clock)


def held(node: Node, weapon: int) -> bool:
    return node.stores.register.state(WeaponId(weapon)).status.value == "held"


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    kept = SnapshotFolder.open(folder)
    with duckdb_engine(kept, threads=1, memory="1GB", aside=folder / "aside") as engine:
        return [tuple(row.values()) for row in engine.rows(query)]


def test_every_event_is_there_as_it_was_sealed(node: Node, tmp_path: Path) -> None:
    _, added = export_parquet(node, tmp_path / "out", AUDITOR)
    sealed = list(node.stores.records.all())
    assert added.events == added.size == len(sealed)
    columns = "position, kind, weapon, happened, authority, account, holder, from_holder, place"
    assert rows(tmp_path / "out", f"SELECT {columns} FROM events ORDER BY position") == [
        (
            each.position, each.event.kind.value, each.event.weapon, str(each.event.happened), each.event.authority,
            each.event.by, each.event.details.get("holder"), each.event.details.get("from"),
            each.event.details.get("place"),
        )
        for each in sealed
    ]  # fmt: skip
    days = rows(tmp_path / "out", "SELECT happened_first, happened_last FROM events ORDER BY position")
    assert days == [(each.event.happened.first, each.event.happened.last) for each in sealed]
    details = rows(tmp_path / "out", "SELECT details FROM events ORDER BY position LIMIT 500")
    assert [json.loads(str(text)) for (text,) in details] == [each.event.details for each in sealed[:500]]


def test_every_mark_and_description_is_there(node: Node, tmp_path: Path) -> None:
    export_parquet(node, tmp_path / "out", AUDITOR)
    told = []
    for each in node.stores.records.all():
        marks = cast("list[dict[str, str]]", each.event.details.get("marks", []))
        told += [(each.position, mark.get("kind"), mark.get("serial"), mark.get("state")) for mark in marks]
    found = rows(tmp_path / "out", "SELECT position, mark_kind, serial, state FROM marks")
    assert sorted(map(str, found)) == sorted(map(str, told))
    described = [each.position for each in node.stores.records.all() if "weapon" in each.event.details]
    assert rows(tmp_path / "out", "SELECT position FROM descriptions ORDER BY 1") == [(each,) for each in described]


def test_a_second_export_adds_only_what_is_new(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    _, first = export_parquet(node, folder, AUDITOR)
    before = {path: path.read_bytes() for path in folder.rglob("*.parquet")}
    _, nothing = export_parquet(node, folder, AUDITOR)
    assert (nothing.events, nothing.files, nothing.size) == (0, 0, first.size)
    stored(node)
    _, second = export_parquet(node, folder, AUDITOR)
    assert (second.events, second.size) == (1, first.size + 1)
    assert {path: path.read_bytes() for path in before} == before
    assert rows(folder, f"SELECT place FROM events WHERE position = {first.size}") == [("Büro 7",)]
    heads = [each.head for each in SnapshotFolder.open(folder).snapshots]
    assert heads == [str(each) for each in reversed(node.stores.records.newest_checkpoints(2))]


def test_what_was_put_right_holds_and_what_was_voided_counts_no_more(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    stored(node)
    stored(node)
    export_parquet(node, folder, AUDITOR)
    size = node.stores.records.size()
    for correction in (
        Correction(corrects=size - 2, reason="typed wrongly", details={"place": "Cellar"}),
        Correction(corrects=size - 1, reason="entered twice", void=True),
    ):
        proposal = propose_correction(correction=correction, actor=OFFICER, stores=node.stores, clock=node.clock)
        approve_correction(proposal=proposal.id, actor=APPROVER, stores=node.stores, clock=node.clock)
    export_parquet(node, folder, AUDITOR)
    asked = f"SELECT position, place FROM events WHERE position >= {size - 2} AND kind = 'stored'"
    assert rows(folder, asked) == [(size - 2, "Cellar")]
    assert rows(folder, "SELECT COUNT(*) FROM events") == [(size + 1,)]


def test_what_a_broken_off_export_left_is_written_anew(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "events").mkdir(parents=True)
    (folder / "events" / "000000000000.parquet").write_bytes(b"half")
    (folder / "events" / ".000000000000.parquet").write_bytes(b"half")
    _, added = export_parquet(node, folder, AUDITOR)
    SnapshotFolder.open(folder).require_whole()
    assert rows(folder, "SELECT COUNT(*) FROM events") == [(added.size,)]


def test_a_file_that_was_changed_is_named(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export_parquet(node, folder, AUDITOR)
    path = folder / "marks" / "000000000000.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(SnapshotDamaged, match=r"^trouble\.columns_changed, file: marks/000000000000\.parquet$"):
        SnapshotFolder.open(folder).require_whole()


def test_another_record_is_not_written_into_the_same_folder(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export_parquet(node, folder, AUDITOR)
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_text())
    told["snapshots"][-1]["root"] = "00" * 32
    manifest.write_text(json.dumps(told))
    before = sorted(folder.rglob("*"))
    with pytest.raises(SnapshotForeign):
        export_parquet(node, folder, AUDITOR)
    assert sorted(folder.rglob("*")) == before


def test_the_files_have_the_columns_that_are_described(node: Node, tmp_path: Path) -> None:
    export_parquet(node, tmp_path / "out", AUDITOR)
    kept = SnapshotFolder.open(tmp_path / "out")
    for table in record_tables().values():
        for path in kept.paths(table.name):
            found = duckdb.execute(f"DESCRIBE SELECT * FROM read_parquet('{path}')").fetchall()
            assert [(name, kind) for name, kind, *_ in found] == [(each.name, each.type) for each in table.columns]


@pytest.mark.postgresql
def test_a_register_on_postgresql_is_written_alike(
    postgres_url: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACEMARK_KEY", str(tmp_path / "record.key"))
    server, name = postgres_url.rpartition("/")[0], f"exported_{uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with django_db_blocker.unblock():
        answers = []
        for place, url in enumerate((f"{server}/{name}", f"sqlite:///{tmp_path}/state.sqlite3")):
            opened = open_node(url)
            demo.build_state(node=opened, weapons=150, seed=5)
            export_parquet(opened, tmp_path / str(place), AUDITOR)
            answers.append(rows(tmp_path / str(place), "SELECT * FROM events ORDER BY position"))
            opened.stores.close()
    assert answers[0] == answers[1] != []
