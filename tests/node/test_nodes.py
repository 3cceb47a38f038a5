"""A node is opened with the key its record was signed with, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.rooms import officer
from tracemark.authorities import Role
from tracemark.kernel import PartialDate, Plain
from tracemark.node import NodeUnusable, open_node
from tracemark.recordkeeping import Event, EventKind, Fault, FaultKind, OriginRefused, append
from tracemark.weapons import NO_WEAPON, WeaponId


@pytest.fixture
def url(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        yield f"sqlite:///{tmp_path}/register.sqlite3"


@pytest.fixture
def key(url: str) -> Path:
    """The key of a record with one event."""
    node = open_node(url)
    allotted = Event(NO_WEAPON, EventKind.NUMBERS_ALLOCATED, PartialDate(2026), "XT-REG", "officer", {"block": "A1-A9"})
    with node.stores.atomic():
        append(events=[allotted], stores=node.stores, clock=node.clock)
    node.stores.close()
    return Path(url.removeprefix("sqlite:///")).with_suffix(".key")


def test_a_missing_key_is_not_replaced_once_something_is_sealed(url: str, key: Path) -> None:
    kept = key.rename(key.with_name("backup.key"))
    with pytest.raises(NodeUnusable) as refused:
        open_node(url)
    assert (refused.value.code, refused.value.facts) == ("trouble.key_missing", {"file": str(key)})
    assert not key.exists()
    kept.rename(key)
    assert open_node(url).verify(officer(Role.AUDITOR)).ok


def test_the_key_may_lie_elsewhere(url: str, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    monkeypatch.setenv("TRACEMARK_KEY", str(key.rename(tmp_path / "keys" / "record.key")))
    assert open_node(url).verify(officer(Role.AUDITOR)).ok


def test_another_key_is_refused_and_only_verification_opens_with_it(url: str, key: Path) -> None:
    key.write_bytes(bytes(range(32)))
    with pytest.raises(OriginRefused) as refused:
        open_node(url)
    assert [finding.code for finding in refused.value.findings] == ["recordkeeping.other_key"]
    [fault] = open_node(url, any_key=True).verify(officer(Role.AUDITOR)).faults
    assert (fault.fault, fault.place) == ("signature_refused", "checkpoint/1")


@pytest.mark.usefixtures("key")
def test_another_state_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEMARK_STATE", "DE")
    with pytest.raises(OriginRefused) as refused:
        open_node(url)
    [finding] = refused.value.findings
    assert (finding.code, finding.facts["origin"]) == ("recordkeeping.other_origin", "xt/tracemark/record")


def test_an_empty_record_has_a_key_drawn(url: str) -> None:
    first = open_node(url)
    first.stores.close()
    Path(url.removeprefix("sqlite:///")).with_suffix(".key").unlink()
    assert open_node(url).key != first.key


def test_a_register_without_an_address_stands_in_the_folder_of_the_node(
    url: str, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key.with_suffix(".sqlite3").rename(key.with_name("tracemark.sqlite3"))
    monkeypatch.delenv("TRACEMARK_DB", raising=False)
    monkeypatch.setenv("TRACEMARK_VAR", str(key.parent))
    monkeypatch.setenv("TRACEMARK_KEY", str(key))
    node = open_node(create=False)
    assert node.stores.records.size() == 1
    node.stores.close()


def test_a_register_that_is_not_there_is_not_created_unasked(url: str, tmp_path: Path) -> None:
    with pytest.raises(NodeUnusable, match=r"register\.sqlite3"):
        open_node(url, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_told(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    (tmp_path / "junk.sqlite3").write_text("no database at all, however long one looks at it" * 100)
    for create in (True, False):
        with django_db_blocker.unblock(), pytest.raises(NodeUnusable, match="database_none"):
            open_node(f"sqlite:///{tmp_path}/junk.sqlite3", create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["junk.sqlite3"]


@pytest.mark.parametrize(
    ("address", "told"),
    [("127.0.0.1:1", "database_unreached"), ("127.0.0.1:99999", "database_port"), ("127.0.0.1:x", "database_port")],
)
def test_a_server_that_does_not_answer_is_told(address: str, told: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), pytest.raises(NodeUnusable, match=told) as refused:
        open_node(f"postgresql://somebody:secret@{address}/register")
    assert "secret" not in str(refused.value)


def test_a_picture_that_the_record_names_is_missed_or_found_altered(url: str) -> None:
    node, analyst, auditor = open_node(url), officer(Role.TRACING_ANALYST), officer(Role.AUDITOR)
    kept, altered, gone = (node.keep_photo(each, analyst) for each in (b"kept", b"altered", b"gone"))
    details: dict[str, Plain] = {
        "place": "Port",
        "photos": [kept, altered],
        "marks": [{"kind": "manufacture", "text": "A1", "photo": gone}],
    }
    event = Event(WeaponId(1), EventKind.SEIZED, PartialDate(2026), "XT-POL", "officer", details)
    with node.stores.atomic():
        append(events=[event], stores=node.stores, clock=node.clock)
    assert node.verify(auditor, with_files=True).ok
    photos = node.folder / "photos"
    (photos / altered[:2] / altered).write_bytes(b"another")
    (photos / gone[:2] / gone).unlink()
    assert node.verify(auditor).ok
    found = node.verify(auditor, with_files=True)
    assert found.faults == (
        Fault(0, FaultKind.FILE_CHANGED, place=altered),
        Fault(0, FaultKind.FILE_MISSING, place=gone),
    )
    node.stores.close()


@pytest.mark.usefixtures("key")
def test_what_a_process_loads_before_its_first_search_is_nobodys_search(url: str) -> None:
    node = open_node(url)
    node.warm()
    assert (node.stores.searches.page(), node.stores.records.size()) == ([], 1)


def test_the_key_for_letters_is_drawn_once_with_the_register(url: str) -> None:
    first = open_node(url)
    file = Path(url.removeprefix("sqlite:///")).with_suffix(".key.letters")
    drawn = file.read_bytes()
    assert (len(drawn), file.stat().st_mode & 0o077) == (32, 0)
    again = open_node(url)
    assert again.letterbox.reader.public_key == first.letterbox.reader.public_key
    assert file.read_bytes() == drawn
    for each in (first, again):
        each.stores.close()
