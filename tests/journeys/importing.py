"""Imports a file into a register, telling each sealed batch on a line, so that a test can kill it in the middle.

python importing.py DATABASE KEY SEGMENTS FILE PROFILE BATCH_ROWS
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from tracemark.exchange import FileSigner, read_table
from tracemark.intake import CatalogueNames, Intake, import_table, read_profile
from tracemark.kernel import Actor
from tracemark.storage import open_stores

OFFICER = Actor("officer", "XT-REG", frozenset({"registry_officer"}))


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def tell(done: int, total: int | None) -> None:
    print(done, total, flush=True)


if __name__ == "__main__":
    database, key, segments, file, profile, batch_rows = sys.argv[1:]
    stores = open_stores(database, FileSigner.load_or_create(Path(key), "xt.example/record"), segments=Path(segments))
    intake = Intake(
        read_table(Path(file)).table,
        read_profile(Path(profile).read_text("utf-8"), file=profile),
        CatalogueNames(),
        int(batch_rows),
    )
    tell(0, None)
    report = import_table(intake=intake, actor=OFFICER, stores=stores, clock=SystemClock(), progress=tell)
    print("done", report.imported, report.held, report.refused, flush=True)
