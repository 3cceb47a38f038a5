"""Short ways to make a lot of weapons, and to take it in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.authorities import Agency
from tracemark.intake import (
    DateReader,
    Draft,
    Intake,
    ListedAgencies,
    Named,
    Profile,
    RowReader,
    read_profile,
    survey,
    table_of,
)
from tracemark.kernel import Actor
from tracemark.storage.memory import MemoryStores

TODAY = date(2026, 1, 15)
OFFICER = Actor("officer", "XT-REG", frozenset({"registry_officer"}))
AUDITOR = Actor("auditor", "XT-AUD", frozenset({"auditor"}))

COLUMNS = ("serial", "maker", "model", "calibre", "country", "year", "got_on", "seized_on", "holder")
PROFILE = """
[file]
date_order = "day_first"
missing = ["-", "n/a"]

[key]
columns = ["serial"]

[weapon]
kind = { constant = "pistol" }
maker = "maker"
model = "model"
calibre = "calibre"
country = "country"
year = "year"

[[component]]
part = { constant = "frame" }
control = { constant = "true" }

[[mark]]
kind = { constant = "manufacture" }
part = { constant = "frame" }
serial = "serial"

[[event]]
kind = "registered"
happened = "got_on"
holder = { column = "holder", default = "XT-DEALER", names = "organisation" }

[[event]]
kind = "seized"
happened = "seized_on"
place = { constant = "Port" }
"""


class KnownNames:
    """Knows words that begin with `known`, and is never sure of `short`."""

    def named(self, field: str, text: str, *, maker: str = "") -> Named:
        if text == "short":
            return Named("", "known_long", uncertain=True)
        if text.casefold().startswith("known") or text in ("pistol", "AT"):
            return Named(text.casefold() if text != "AT" else text)
        return Named("", "known_nearest")


class StandingClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 15, 12, tzinfo=UTC)


def row(serial: str = "AB12345", **cells: str) -> list[str]:
    known = {
        "serial": serial,
        "maker": "known_maker",
        "model": "known_model",
        "calibre": "known_calibre",
        "country": "AT",
        "year": "2001",
        "got_on": "05/04/2002",
    }
    return [(known | cells).get(column, "") for column in COLUMNS]


def profile(text: str = PROFILE) -> Profile:
    return read_profile(text, file="test.toml")


def intake_of(
    rows: Sequence[Sequence[str]], *, batch_rows: int = 2, fingerprint: str = "f1", text: str = PROFILE
) -> Intake:
    table = table_of("lot.csv", COLUMNS, rows, fingerprint)
    return Intake(table, profile(text), KnownNames(), batch_rows=batch_rows)


def draft_of(values: Sequence[str], text: str = PROFILE, agencies: Sequence[Agency] = ()) -> Draft:
    return reader_of(text, values, agencies).read(2, values)


def reader_of(text: str, values: Sequence[str] | None = None, agencies: Sequence[Agency] = ()) -> RowReader:
    return RowReader(
        profile=profile(text),
        columns=COLUMNS,
        dates=readers(values or row(), text),
        names=KnownNames(),
        today=TODAY,
        listed=ListedAgencies(agencies),
    )


def readers(values: Sequence[str], text: str = PROFILE) -> dict[str, DateReader]:
    return dict(survey(table_of("lot.csv", COLUMNS, [values]), profile(text)).readers)


def codes(draft: Draft) -> list[str]:
    return [finding.code for finding in draft.findings]


def new_stores() -> MemoryStores:
    return MemoryStores(SeededSigner())
