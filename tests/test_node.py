"""A node is opened with the key its record was signed with, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.rooms import officer
from tracemark.authorities import Role
from tracemark.kernel import PartialDate
from tracemark.node import NodeUnusable, open_node
from tracemark.recordkeeping import Event, EventKind, record_events
from tracemark.weapons import NO_WEAPON


@pytest.fixture
def url(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        yield f"sqlite:///{tmp_path}/register.sqlite3"


@pytest.fixture
def key(url: str) -> Path:
    """The key of a record with one event."""
    node = open_node(url)
    allotted = Event(NO_WEAPON, EventKind.NUMBERS_ALLOCATED, PartialDate(2026), "XT-REG", "officer", {"block": "A1-A9"})
    record_events(events=[allotted], actor=officer(Role.REGISTRY_OFFICER), stores=node.stores, clock=node.clock)
    node.stores.close()
    return Path(url.removeprefix("sqlite:///")).with_suffix(".key")


def test_a_missing_key_is_not_replaced_once_something_is_sealed(url: str, key: Path) -> None:
    kept = key.rename(key.with_name("backup.key"))
    with pytest.raises(NodeUnusable) as refused:
        open_node(url)
    assert (str(key) in str(refused.value), "restore" in str(refused.value), key.exists()) == (True, True, False)
    kept.rename(key)
    assert open_node(url).verify(officer(Role.AUDITOR)).ok


def test_the_key_may_lie_elsewhere(url: str, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    monkeypatch.setenv("TRACEMARK_KEY", str(key.rename(tmp_path / "keys" / "record.key")))
    assert open_node(url).verify(officer(Role.AUDITOR)).ok


def test_a_new_log_origin_is_started_deliberately(url: str, key: Path) -> None:
    key.write_bytes(bytes(range(32)))
    [fault] = open_node(url).verify(officer(Role.AUDITOR)).faults
    assert (fault.fault, fault.place) == ("signature_refused", "checkpoint/1")


def test_an_empty_record_has_a_key_drawn(url: str) -> None:
    first = open_node(url)
    first.stores.close()
    Path(url.removeprefix("sqlite:///")).with_suffix(".key").unlink()
    assert open_node(url).key != first.key
