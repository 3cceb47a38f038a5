"""Rows set aside by an earlier version, whose holders were free words, after the database was brought up to date."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.storage import open_stores
from tracemark.storage.relational.opening import _alias
from tracemark.storage.relational.stores import RelationalStores

Opened = Callable[[], RelationalStores]
LISTED = ("XT-ARMY", "Army", "armed_forces", "XT", "", "national", "", "", False, False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def before(request: pytest.FixtureRequest, tmp_path: Path, signer: SeededSigner) -> Iterator[tuple[str, Opened]]:
    """The alias of a database as the version before left it, and what brings it up to date and opens it."""
    url = f"sqlite:///{tmp_path}/old.sqlite3"
    if request.param == "postgresql":
        name, server = f"old_{uuid4().hex}", request.getfixturevalue("postgres_url").rpartition("/")[0]
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        url = f"{server}/{name}"
    alias = _alias(url)
    call_command("migrate", "tracemark", "0002", database=alias, verbosity=0)

    def opened() -> RelationalStores:
        call_command("migrate", database=alias, verbosity=0)
        return open_stores(url, signer, segments=tmp_path / "segments")

    yield alias, opened
    connections[alias].close()


def draft(*holders: str) -> str:
    events = [{"kind": "transferred", "details": {"holder": each, "place": "Port"}} for each in holders]
    return json.dumps({"row": 2, "key": "7", "events": events})


def kept(alias: str, state: str, holders: tuple[str, ...]) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_held (run_id, row_number, state, draft, findings, against, weapon, judged_by,"
            " judged_at) VALUES (1, 2, %s, %s, '[]', '[]', 0, '', '')",
            [state, draft(*holders)],
        )


def test_free_words_for_holders_become_persons_where_a_row_waits_and_are_forgotten_elsewhere(
    before: tuple[str, Opened],
) -> None:
    alias, opened = before
    with connections[alias].cursor() as cursor:
        cursor.execute(f"INSERT INTO agency VALUES ({', '.join(['%s'] * len(LISTED))})", LISTED)
        cursor.execute("INSERT INTO intake_run VALUES (1, 'f', 't.csv', 'p', 'pf', 'a', '', 2, '', '{}')")
    kept(alias, "held", ("XT-ARMY", "Nobody Atall", "private", "Nobody Atall"))
    kept(alias, "refused", ("XT-ARMY", "Nobody Atall"))
    stores = opened()
    waiting, refused = (
        [each["details"]["holder"] for each in row.draft["events"]]  # type: ignore[index, union-attr, call-overload]
        for row in stores.intake.page()
    )
    assert (waiting[0], waiting[2], refused) == ("XT-ARMY", "private", ["XT-ARMY", "private"])
    assert waiting[1] == waiting[3]
    assert stores.persons.get(str(waiting[1]).removeprefix("person:"))[1] == {"name": "Nobody Atall"}
    assert stores.intake.known_rows(["0"]) == {}
    stores.close()
