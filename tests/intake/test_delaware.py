"""The file of traced crime guns, whole: what of it comes in, and what is said of the rest."""

from collections import Counter
from pathlib import Path

import pytest

from tests.intake.lots import OFFICER, StandingClock, new_stores
from tracemark.exchange import read_table
from tracemark.intake import (
    CatalogueNames,
    DateFormat,
    Intake,
    IntakeReport,
    dry_run,
    import_table,
    shipped_profile,
)
from tracemark.recordkeeping import custody, steps
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId


@pytest.fixture(scope="module")
def intake(delaware_traces: Path) -> Intake:
    return Intake(read_table(delaware_traces).table, shipped_profile("delaware"), CatalogueNames(), batch_rows=100)


@pytest.fixture(scope="module")
def taken(intake: Intake) -> tuple[IntakeReport, MemoryStores]:
    stores = new_stores()
    return import_table(intake=intake, actor=OFFICER, stores=stores, clock=StandingClock()), stores


def test_every_row_is_imported_held_or_refused(taken: tuple[IntakeReport, MemoryStores]) -> None:
    report, stores = taken
    assert (report.rows, report.imported, report.held, report.refused) == (635, 557, 24, 54)
    assert stores.records.size() == 1543
    kinds = Counter(each.event.kind.value for each in stores.records.all())
    assert kinds == {"registered": 557, "transferred": 557, "seized": 429}


def test_the_findings_are_counted(taken: tuple[IntakeReport, MemoryStores]) -> None:
    report, _ = taken
    assert report.counts == {
        "intake.date_future": 4,
        "intake.date_year_short": 1,
        "intake.look_alike_marks": 9,
        "intake.name_uncertain": 52,
        "intake.no_event": 49,
        "intake.same_marks": 15,
        "intake.serial_missing": 52,
        "intake.serial_repeated": 1,
        "intake.serial_short": 9,
    }
    assert {grade.value: number for grade, number in report.grades.items()} == {"B": 439, "C": 64, "D": 46, "E": 8}


def test_a_dry_run_says_the_same(intake: Intake, taken: tuple[IntakeReport, MemoryStores]) -> None:
    said = dry_run(intake=intake, actor=OFFICER, stores=new_stores(), clock=StandingClock())
    done, _ = taken
    assert (said.imported, said.held, said.refused, said.counts, said.grades) == (
        done.imported, done.held, done.refused, done.counts, done.grades,
    )  # fmt: skip


def test_the_purchase_dates_are_proven_month_first(taken: tuple[IntakeReport, MemoryStores]) -> None:
    purchase, crime = taken[0].dates["purchase_date"], taken[0].dates["crime_date"]
    assert (purchase.order, purchase.proven, purchase.contradictions) == (DateFormat.MONTH_FIRST, True, 0)
    assert (purchase.formats, purchase.unread) == ({DateFormat.MONTH_FIRST: 585}, 1)
    assert (crime.formats, crime.unread) == ({DateFormat.ISO: 451}, 0)


def test_the_broken_date_is_told_with_a_mend(taken: tuple[IntakeReport, MemoryStores]) -> None:
    facts = [each.facts for each in taken[0].findings if each.code == "intake.date_year_short"]
    assert facts == [{"row": 49, "field": "purchase_date", "value": "12/09/202", "suggestion": "202X-12-09"}]


def test_dates_read_here_agree_with_the_file_s_own_reading(
    intake: Intake, taken: tuple[IntakeReport, MemoryStores]
) -> None:
    """The file holds each purchase date twice: as typed, and as its makers read it."""
    _, stores = taken
    columns = intake.table.columns
    theirs = Counter(values[columns.index("sale_date")] for _, values in intake.table.rows())
    ours = Counter(str(each.event.happened) for each in stores.records.all() if each.event.kind.value == "registered")
    assert {day: number for day, number in (ours - theirs).items() if day} == {}


def test_iti_5_days_from_sale_to_recovery_agree_with_the_file_s_own_column(
    intake: Intake, taken: tuple[IntakeReport, MemoryStores]
) -> None:
    _, stores = taken
    columns = intake.table.columns
    sheet, row, told = (columns.index(name) for name in ("source_sheet", "source_row", "time_to_crime"))
    theirs = {f"{values[sheet]}, row {values[row]}": values[told] for _, values in intake.table.rows()}
    compared = Counter[str]()
    for weapon in stores.register.states(map(WeaponId, range(1, 700))):
        life = stores.records.of_weapon(weapon)
        found = custody(steps(weapon, life))
        said = theirs[life[0].event.document]
        if not said or found.days_to_recovery is None:
            compared["only one of the two"] += bool(said) or found.days_to_recovery is not None
        else:
            compared["equal" if found.days_to_recovery == (int(float(said)),) * 2 else "different"] += 1
    assert compared == {"equal": 429, "only one of the two": 0}
