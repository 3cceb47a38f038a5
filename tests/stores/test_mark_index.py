"""The index of marks says what the register says, whatever became of its files."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stores.lives import Stores, happened, keep, keep_and_fail, keep_many, registered
from tracemark.kernel import Plain
from tracemark.storage.relational import mark_index, mark_pages, mark_states
from tracemark.storage.relational.mark_index import FileMarkIndex
from tracemark.storage.relational.segments import SegmentFolder
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import COLUMNS, UNKNOWN, MarkIndex

Found = set[tuple[int, int, tuple[int, ...]]]


@pytest.fixture(autouse=True)
def _what_came_stands_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a handful of marks lie in segments as thousands do."""
    monkeypatch.setattr(mark_states, "FEW", 0)


def indexed(index: MarkIndex) -> Found:
    """Mark, weapon and attributes of every row of every segment that is not passed over; each once."""
    rows = [
        (int(mark), int(weapon), tuple(map(int, attributes)))
        for segment in index.segments()
        for mark, weapon, attributes, stands in zip(
            segment.marks, segment.weapons, segment.attributes, segment.stands(segment.weapons), strict=True
        )
        if stands
    ]
    assert len(set(rows)) == len(rows)
    return set(rows)


def marks(found: Found) -> list[int]:
    return sorted(mark for mark, _, _ in found)


def reopened(stores: RelationalStores, folder: Path) -> FileMarkIndex:
    return FileMarkIndex(stores._database, SegmentFolder(folder))


def test_marks_with_a_serial_are_indexed_under_their_weapons_description(stores: Stores) -> None:
    keep(stores, registered(1, "A1", year=1974, country="XU"), registered(2, "", model="m2"), registered(3, "C3"))
    [known, other] = sorted(indexed(stores.marks))
    code = stores.marks.code
    of_first = (code("maker", "ourmaker"), code("model", "m1"), code("calibre", "9x19"), code("country", "XU"), 1974)
    assert known == (257, 1, (*of_first, code("kind", "pistol"), UNKNOWN))
    assert (other[0], other[1]) == (769, 3)
    assert (other[2][COLUMNS.index("country")], other[2][COLUMNS.index("year")]) == (UNKNOWN, UNKNOWN)
    assert code("model", "m9") == UNKNOWN


IMPORT: dict[str, Plain] = {"kind": "import", "text": "XT 14", "state": "XT", "year": 2014}


def imported_into(stores: Stores) -> dict[int, int]:
    return {weapon: row[COLUMNS.index("import_country")] for _, weapon, row in indexed(stores.marks)}


def test_iti_8b_the_import_mark_is_searched_by_though_it_bears_no_number(stores: Stores) -> None:
    keep(stores, *(registered(weapon, f"A{weapon}") for weapon in (1, 2, 3)))
    assert imported_into(stores) == dict.fromkeys((1, 2, 3), UNKNOWN)
    keep(stores, *(happened(weapon, "marked", marks=[IMPORT]) for weapon in (2, 3)))
    of_marked, code = imported_into(stores), stores.marks.code("import_country", "XT")
    assert code != UNKNOWN
    assert of_marked == {1: UNKNOWN, 2: code, 3: code}
    keep(stores, happened(3, "marked", "2019", marks=[{**IMPORT, "state": "XU", "year": 2019}]))
    assert imported_into(stores) == {1: UNKNOWN, 2: code, 3: UNKNOWN}


def test_an_empty_register_has_an_empty_index(stores: Stores) -> None:
    assert indexed(stores.marks) == set()
    keep(stores, registered(1, "A1"))
    assert marks(indexed(stores.marks)) == [257]


def test_new_marks_are_in_the_index_at_once_and_once(stores: Stores) -> None:
    keep_many(stores, 20)
    assert marks(indexed(stores.marks)) == [weapon * 256 + 1 for weapon in range(1, 21)]
    keep(stores, happened(3, "marked", marks=[{"kind": "import", "serial": "XT 77", "state": "XT"}]))
    for weapon in range(21, 40):
        keep(stores, registered(weapon, f"B{weapon}", model=f"m{weapon}"))
    expected = [*(weapon * 256 + 1 for weapon in range(1, 40)), 3 * 256 + 3]
    assert marks(indexed(stores.marks)) == sorted(expected)
    assert sum(segment.standing_marks for segment in stores.marks.segments()) == len(expected)
    assert stores.marks.code("model", "m39") != UNKNOWN


def test_a_corrected_mark_replaces_the_old_one(stores: Stores) -> None:
    keep_many(stores, 3)
    indexed(stores.marks)
    right = dict(registered(2, "RIGHT", model="m7").details)
    keep(stores, happened(2, "corrected", corrects=1, reason="misread", details=right))
    found = indexed(stores.marks)
    assert marks(found) == [257, 513, 769]
    assert {row[2][1] for row in found if row[1] == 2} == {stores.marks.code("model", "m7")}


def test_what_was_undone_is_not_in_the_index(stores: Stores) -> None:
    keep_many(stores, 2)
    with pytest.raises(ZeroDivisionError):
        keep_and_fail(stores, registered(3, "C3"))
    assert marks(indexed(stores.marks)) == [257, 513]
    keep(stores, registered(3, "OTHER"))
    assert marks(indexed(stores.marks)) == [257, 513, 769]


def test_what_may_yet_be_undone_is_not_searched(relational_stores: RelationalStores) -> None:
    with relational_stores.atomic(), pytest.raises(RuntimeError, match="outside transactions"):
        relational_stores.marks.segments()


def test_another_process_takes_up_the_files(sqlite_stores: RelationalStores, tmp_path: Path) -> None:
    keep_many(sqlite_stores, 50)
    folder = tmp_path / "index"
    first = reopened(sqlite_stores, folder)
    found = indexed(first)
    keep(sqlite_stores, registered(51, "B51", model="m2"))
    second = reopened(sqlite_stores, folder)
    assert len(second.segments()) == 2
    assert len(indexed(second)) == len(found) + 1
    assert indexed(second) == indexed(first) > found
    assert second.code("model", "m2") == first.code("model", "m2") != UNKNOWN


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def flip(file: Path) -> None:
    damaged = bytearray(file.read_bytes())
    damaged[-1] ^= 1
    file.write_bytes(damaged)


@pytest.mark.parametrize("damage", [truncate, flip, Path.unlink])
@pytest.mark.parametrize("name", ["forward_keys.npy", "weapons.npy", "manifest.json"])
def test_damaged_files_never_answer(
    sqlite_stores: RelationalStores, tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    keep_many(sqlite_stores, 50)
    folder = tmp_path / "index"
    found = indexed(reopened(sqlite_stores, folder))
    damage(folder / "current" / name)
    assert indexed(reopened(sqlite_stores, folder)) == found
    assert len(list(folder.glob("segment-*"))) == 1


def test_files_of_another_record_never_answer(
    sqlite_stores: RelationalStores, postgres_stores: RelationalStores, tmp_path: Path
) -> None:
    keep_many(sqlite_stores, 50)
    indexed(reopened(sqlite_stores, tmp_path))
    keep(postgres_stores, *(registered(weapon, f"B{weapon}", model="m2") for weapon in range(1, 51)))
    other = reopened(postgres_stores, tmp_path)
    assert {row[2][1] for row in indexed(other)} == {other.code("model", "m2")}


def test_a_correction_after_the_files_were_written_is_seen(sqlite_stores: RelationalStores, tmp_path: Path) -> None:
    keep_many(sqlite_stores, 5)
    indexed(reopened(sqlite_stores, tmp_path))
    keep(sqlite_stores, happened(2, "corrected", corrects=1, reason="entered twice", void=True))
    assert marks(indexed(reopened(sqlite_stores, tmp_path))) == [257, 769, 1025, 1281]


def test_an_older_format_is_built_anew(sqlite_stores: RelationalStores, tmp_path: Path) -> None:
    keep_many(sqlite_stores, 5)
    found = indexed(reopened(sqlite_stores, tmp_path))
    manifest = tmp_path / "current" / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "version": 0}))
    assert indexed(reopened(sqlite_stores, tmp_path)) == found


def test_files_swapped_between_registers_never_answer(
    sqlite_stores: RelationalStores, postgres_stores: RelationalStores, tmp_path: Path
) -> None:
    keep_many(sqlite_stores, 50)
    found = indexed(reopened(sqlite_stores, tmp_path / "one"))
    keep(postgres_stores, *(registered(weapon, f"B{weapon}", model="m2") for weapon in range(1, 51)))
    indexed(reopened(postgres_stores, tmp_path / "other"))
    for name in ("weapons.npy", "forward_keys.npy", "manifest.json"):
        shutil.copy(tmp_path / "other" / "current" / name, tmp_path / "one" / "current" / name)
        assert indexed(reopened(sqlite_stores, tmp_path / "one")) == found


def test_a_correction_supersedes_and_reads_nothing_else_anew(sqlite_stores: RelationalStores, tmp_path: Path) -> None:
    keep_many(sqlite_stores, 50)
    index = reopened(sqlite_stores, tmp_path)
    before = index.segments()[0]
    keep(sqlite_stores, happened(2, "corrected", corrects=1, reason="entered twice", void=True))
    keep(sqlite_stores, happened(3, "marked", marks=[{"kind": "import", "serial": "XT 77", "state": "XT"}]))
    base, beside = index.segments()
    assert base.high is before.high
    assert (base.superseded.tolist(), beside.weapons.tolist()) == ([2, 3], [3, 3])


def test_what_one_process_merged_another_takes_up(sqlite_stores: RelationalStores, tmp_path: Path) -> None:
    keep_many(sqlite_stores, 50)
    first, second = reopened(sqlite_stores, tmp_path), reopened(sqlite_stores, tmp_path)
    assert indexed(first) == indexed(second)
    keep(sqlite_stores, happened(2, "corrected", corrects=1, reason="entered twice", void=True))
    keep(sqlite_stores, registered(60, "B60", model="m2"))
    first.merge()
    assert [len(segment) for segment in first.segments()] == [50]
    keep(sqlite_stores, registered(61, "B61", model="m3"))
    second.merge()
    assert [len(segment) for segment in second.segments()] == [50, 1]
    assert indexed(first) == indexed(second)
    assert first.code("model", "m3") == second.code("model", "m3") != UNKNOWN


def test_a_large_delta_is_merged_aside(
    sqlite_stores: RelationalStores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark_states, "LARGEST_DELTA", 3)
    keep_many(sqlite_stores, 40)
    index = reopened(sqlite_stores, tmp_path)
    indexed(index)
    keep_many(sqlite_stores, 4, first=41)
    assert len(indexed(index)) == 44
    index.settle()
    assert [len(segment) for segment in index.segments()] == [44]
    assert [len(segment) for segment in reopened(sqlite_stores, tmp_path).segments()] == [44]


def test_runs_laid_down_in_turn_make_the_same_files(
    sqlite_stores: RelationalStores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_many(sqlite_stores, 40)
    keep(sqlite_stores, *(registered(weapon, f"LONGERTHANTEN{weapon}", model=f"m{weapon}") for weapon in range(41, 60)))
    found = indexed(reopened(sqlite_stores, tmp_path / "whole"))
    monkeypatch.setattr(mark_index, "RUN", 7)
    monkeypatch.setattr(mark_pages, "AT_ONCE", 5)
    assert indexed(reopened(sqlite_stores, tmp_path / "runs")) == found
    assert [each.name for each in (tmp_path / "runs").glob("segment-*")] == [
        (tmp_path / "runs/current").readlink().name
    ]
    whole, runs = (json.loads((tmp_path / each / "current/manifest.json").read_text()) for each in ("whole", "runs"))
    assert whole == runs


def test_a_thread_reads_codes_of_the_segments_it_was_given(sqlite_stores: RelationalStores, tmp_path: Path) -> None:
    keep_many(sqlite_stores, 5)
    index = reopened(sqlite_stores, tmp_path)
    index.segments()
    keep(sqlite_stores, registered(6, "B6", model="m2"), registered(7, "B7", model="m3"))
    given = index.segments()
    code = index.code("model", "m3")
    index.merge()
    assert index.code("model", "m3") == code
    assert [each.attributes[each.weapons == 7, 1].tolist() for each in given] == [[], [code]]


def test_what_a_killed_process_left_half_written_is_passed_over_and_swept(
    sqlite_stores: RelationalStores, tmp_path: Path
) -> None:
    keep_many(sqlite_stores, 5)
    found = indexed(reopened(sqlite_stores, tmp_path))
    left = tmp_path / "segment-left"
    left.mkdir()
    (left / "forward_keys.npy").write_bytes(b"half")
    again = reopened(sqlite_stores, tmp_path)
    assert indexed(again) == found
    again.rebuild()
    assert not left.exists()
    assert indexed(reopened(sqlite_stores, tmp_path)) == found
