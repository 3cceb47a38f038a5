"""A table of others is read as it was downloaded, and refused where it is something else."""

import gzip

import pytest

from tracemark.reporting import TableUnfit, outside_rows

COLUMNS = frozenset({"iso3", "year"})
TABLE = "iso3,year,note\nROU,2017,“a”\n".encode()


@pytest.mark.parametrize("content", [TABLE, b"\xef\xbb\xbf" + TABLE, gzip.compress(TABLE, mtime=0)])
def test_a_table_is_read_packed_or_not(content: bytes) -> None:
    assert outside_rows(content, COLUMNS) == [{"iso3": "ROU", "year": "2017"}]


@pytest.mark.parametrize(
    ("content", "lacking"),
    [
        (b"", ("iso3", "year")),
        (b"iso3;year\n", ("iso3", "year")),
        (b"iso3,value\n", ("year",)),
        (b"\xff\xfe", ()),
        (gzip.compress(TABLE, mtime=0)[:-9], ()),
        (b"\x1f\x8b\x08\x00", ()),
    ],
)
def test_what_is_no_such_table_is_refused(content: bytes, lacking: tuple[str, ...]) -> None:
    with pytest.raises(TableUnfit) as refused:
        outside_rows(content, COLUMNS)
    assert refused.value.columns == lacking


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracemark.reporting.outside.LARGEST", 20)
    for content in (TABLE, gzip.compress(TABLE, mtime=0)):
        with pytest.raises(TableUnfit):
            outside_rows(content, COLUMNS)
