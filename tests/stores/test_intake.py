"""What every store promises of imports: rows known again, persons beside the record in the batch's own transaction."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.intake.lots import OFFICER, PROFILE, StandingClock, intake_of, row
from tests.stores.lives import Stores
from tracemark.intake import (
    HeldState,
    IntakeRefused,
    IntakeReport,
    KnownRow,
    Run,
    import_table,
    judge_held,
    persons_of_row,
)
from tracemark.recordkeeping import person_commitment
from tracemark.weapons import WeaponId

CLOCK = StandingClock()
TEXT = '[profile]\nname = "town"\n' + PROFILE.replace('names = "organisation"', 'names = "person"').replace(
    'columns = ["serial"]', 'columns = ["year"]'
)
ROWS = [row("", year=str(1900 + number), holder=f"Nobody {number}") for number in range(100)]


def taken_in(stores: Stores, rows: Sequence[Sequence[str]], file: str) -> IntakeReport:
    intake = intake_of(rows, text=TEXT, fingerprint=file, batch_rows=100)
    return import_table(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK)


def name_of(stores: Stores, holder: str) -> object:
    return stores.persons.get(person_commitment(holder))[1]["name"]


def test_each_holder_of_a_file_is_a_person_beside_the_record(stores: Stores) -> None:
    assert taken_in(stores, ROWS, "f1").imported == 100
    states = stores.register.states(map(WeaponId, range(1, 101)))
    assert [name_of(stores, each.holder) for each in states.values()] == [f"Nobody {number}" for number in range(100)]
    assert [each for each in stores.records.all() if b"Nobody" in each.body] == []


def test_iti_11_a_newer_file_enters_no_row_twice_and_holds_what_changed(stores: Stores) -> None:
    taken_in(stores, ROWS, "f1")
    newer = [*ROWS[1:], row("", year="2001", holder="Nobody new"), row("", year="1900", holder="Nobody else")]
    report = taken_in(stores, newer, "f2")
    assert (report.imported, report.unchanged, report.held) == (1, 99, 1)
    [held] = stores.intake.page(state=HeldState.HELD)
    assert (held.against, name_of(stores, *persons_of_row(held.draft))) == ((1,), "Nobody else")
    judge_held(held=held.id, same_as=None, actor=OFFICER, stores=stores, clock=CLOCK)
    assert taken_in(stores, newer, "f3").unchanged == 101
    taken_in(stores, [row("", year="1900", holder="Nobody third")], "f4")
    assert [each.against for each in stores.intake.page(state=HeldState.HELD)] == [(102,)]


def test_of_a_batch_that_failed_no_row_is_known(stores: Stores) -> None:
    def meddle(done: int, total: int | None) -> None:
        run = stores.intake.runs()[0]
        stores.intake.advance(replace(run, rows=run.rows + 1), run.rows)

    intake = intake_of(ROWS[:4], text=TEXT, batch_rows=2)
    with pytest.raises(IntakeRefused):
        import_table(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK, progress=meddle)
    assert stores.records.size() == 2
    report = taken_in(stores, ROWS[:4], "f2")
    assert (report.unchanged, report.imported) == (2, 2)


def test_rows_are_known_under_their_identity_until_others_take_their_place(stores: Stores) -> None:
    run = stores.intake.start(Run(0, "f", "t", "p", "pf", "a", "2026-01-01T00:00:00.000Z"))
    fresh = [KnownRow(0, name, run.id, number, {"Größe": "9"}) for number, name in enumerate(("aa", "bb", "aa"), 2)]
    with stores.atomic():
        stores.intake.know(fresh)
    found = stores.intake.known_rows(["aa", "cc"])
    assert {name: [each.row for each in rows] for name, rows in found.items()} == {"aa": [2, 4]}
    first, _ = found["aa"]
    assert (first.cells, first.weapon) == ({"Größe": "9"}, 0)
    renewed = KnownRow(first.id, "aa", run.id, 9, {"Größe": "8"}, WeaponId(7))
    with stores.atomic():
        stores.intake.know([renewed])
    assert stores.intake.known_rows(["aa"])["aa"][0] == renewed
