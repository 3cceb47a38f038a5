from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.intake.lots import AUDITOR, OFFICER, PROFILE, StandingClock, intake_of, new_stores, profile, row
from tracemark.authorities import NotPermitted
from tracemark.intake import (
    HeldState,
    Intake,
    IntakeRefused,
    IntakeReport,
    ProfileRefused,
    dry_run,
    import_table,
    judge_held,
)
from tracemark.kernel import Actor
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

CLOCK = StandingClock()
ROWS = [
    row("AB1000", seized_on="06/05/2003"),
    row("AB1001"),
    row("AB-1000", seized_on="07/06/2004"),
    row("ABI000"),
    row("AB1002", got_on="12/09/202"),
    row("AB1000", model="known_other"),
    row("AB1003", maker="known_second"),
]


def taken_in(intake: Intake, stores: MemoryStores, actor: Actor = OFFICER) -> IntakeReport:
    return import_table(intake=intake, actor=actor, stores=stores, clock=CLOCK)


def tried(intake: Intake, stores: MemoryStores) -> IntakeReport:
    return dry_run(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK)


def bodies(stores: MemoryStores) -> list[bytes]:
    return [each.body for each in stores.records.all()]


def test_each_row_is_imported_held_or_refused() -> None:
    stores = new_stores()
    report = taken_in(intake_of(ROWS), stores)
    assert (report.rows, report.imported, report.held, report.refused) == (7, 4, 2, 1)
    assert report.counts == {
        "intake.date_year_short": 1,
        "intake.look_alike_marks": 1,
        "intake.same_marks": 1,
        "intake.serial_repeated": 1,
    }
    assert {grade.value: number for grade, number in report.grades.items()} == {"A": 4}
    assert [stores.register.state(WeaponId(each)).marks[0].serial for each in range(1, 5)] == [
        "AB1000", "AB1001", "AB1000", "AB1003",
    ]  # fmt: skip
    assert stores.records.size() == 5


@pytest.mark.parametrize("batch_rows", [1, 2, 3, 100])
def test_a_dry_run_says_what_an_import_does_and_writes_nothing(batch_rows: int) -> None:
    stores = new_stores()
    intake = intake_of(ROWS, batch_rows=batch_rows)
    said = tried(intake, stores)
    assert (stores.records.size(), stores.intake.runs()) == (0, [])
    done = taken_in(intake, stores)
    assert (said.imported, said.held, said.refused, said.counts, said.grades) == (
        done.imported, done.held, done.refused, done.counts, done.grades,
    )  # fmt: skip
    assert [each.row for each in said.duplicates] == [each.row for each in done.duplicates]


def test_the_size_of_a_batch_changes_no_event() -> None:
    told = []
    for batch_rows in (1, 3, 100):
        stores = new_stores()
        taken_in(intake_of(ROWS, batch_rows=batch_rows), stores)
        told.append(bodies(stores))
    assert told[0] == told[1] == told[2]


def test_the_same_file_twice_changes_nothing() -> None:
    stores = new_stores()
    first = taken_in(intake_of(ROWS), stores)
    before = bodies(stores)
    again = taken_in(intake_of(ROWS), stores)
    assert (bodies(stores), len(stores.intake.page())) == (before, 3)
    assert again.already == "2026-01-15T12:00:00.000Z"
    assert (again.imported, again.held, again.refused, again.counts) == (
        first.imported, first.held, first.refused, first.counts,
    )  # fmt: skip
    assert tried(intake_of(ROWS), stores).already == again.already


def test_the_same_rows_in_another_file_are_all_held() -> None:
    stores, keyless = new_stores(), PROFILE.replace('[key]\ncolumns = ["serial"]\n', "")
    taken_in(intake_of(ROWS[:2], text=keyless), stores)
    report = taken_in(intake_of(ROWS[:2], text=keyless, fingerprint="f2"), stores)
    assert (report.imported, report.held, stores.records.size()) == (0, 2, 3)
    assert [each.against for each in stores.intake.page(state=HeldState.HELD)] == [(1,), (2,)]


class PowerCut(Exception):
    pass


def test_an_interrupted_import_goes_on_behind_the_last_sealed_batch() -> None:
    undisturbed, stores = new_stores(), new_stores()
    taken_in(intake_of(ROWS), undisturbed)
    intake = intake_of(ROWS)

    def cut(done: int, total: int | None) -> None:
        if done == 4:
            raise PowerCut

    with pytest.raises(PowerCut):
        import_table(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK, progress=cut)
    assert (stores.intake.runs()[0].rows, stores.intake.runs()[0].finished_at) == (4, "")
    report = taken_in(intake, stores)
    assert report.resumed_at_row == 4
    assert bodies(stores) == bodies(undisturbed)
    assert stores.intake.runs()[0].counts == undisturbed.intake.runs()[0].counts
    assert stores.intake.page() == undisturbed.intake.page()


def test_an_import_that_another_has_taken_further_stops_and_writes_nothing() -> None:
    stores = new_stores()
    intake = intake_of(ROWS, batch_rows=3)

    def meddle(done: int, total: int | None) -> None:
        run = stores.intake.runs()[0]
        stores.intake.advance(replace(run, rows=run.rows + 1), run.rows)

    with pytest.raises(IntakeRefused) as refused:
        import_table(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK, progress=meddle)
    assert [each.code for each in refused.value.findings] == ["intake.run_moved"]
    assert (stores.intake.runs()[0].rows, len(stores.intake.page())) == (4, 1)


def test_a_column_with_days_and_months_in_both_orders_is_not_imported() -> None:
    stores = new_stores()
    rows = [row("AB1", got_on="13/04/2011"), row("AB2", got_on="04/13/2011"), row("AB3", got_on="03/04/2011")]
    intake = intake_of(rows, text=PROFILE.replace('date_order = "day_first"', ""))
    assert [each.code for each in tried(intake, stores).about_table] == ["intake.date_orders_mixed"]
    with pytest.raises(IntakeRefused) as refused:
        taken_in(intake, stores)
    assert [each.code for each in refused.value.findings] == ["intake.date_orders_mixed"]
    assert (stores.records.size(), stores.intake.runs(limit=10)) == (0, [])


def test_a_file_whose_encoding_is_a_guess_is_tried_and_not_imported() -> None:
    stores = new_stores()
    intake = intake_of([row("AB1")])
    guessed = replace(intake, table=replace(intake.table, encoding="cp1252", encodings=("cp1252", "cp1250")))
    assert [each.code for each in tried(guessed, stores).about_table] == ["intake.encoding_guessed"]
    with pytest.raises(IntakeRefused, match=r"encoding_guessed"):
        taken_in(guessed, stores)
    assert stores.records.size() == 0


def test_progress_is_told_after_each_batch() -> None:
    told: list[tuple[int, int | None]] = []
    import_table(
        intake=intake_of(ROWS, batch_rows=3), actor=OFFICER, stores=new_stores(), clock=CLOCK,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == [(3, 7), (6, 7), (7, 7)]


@pytest.mark.parametrize("actor", [AUDITOR, Actor("a", "XT", frozenset({"administrator", "storekeeper"}))])
def test_who_may_not_import_does_not(actor: Actor) -> None:
    stores = new_stores()
    with pytest.raises(NotPermitted):
        taken_in(intake_of(ROWS), stores, actor)
    with pytest.raises(NotPermitted):
        dry_run(intake=intake_of(ROWS), actor=actor, stores=stores, clock=CLOCK)
    assert stores.intake.runs() == []


def test_a_table_that_lacks_a_column_begins_no_run() -> None:
    stores = new_stores()
    intake = replace(intake_of(ROWS), profile=profile(PROFILE.replace('"maker"', '"producer"')))
    with pytest.raises(ProfileRefused):
        taken_in(intake, stores)
    assert stores.intake.runs() == []


def held_rows(rows: Sequence[Sequence[str]]) -> MemoryStores:
    stores = new_stores()
    taken_in(intake_of(rows), stores)
    return stores


def judge(stores: MemoryStores, held: int, same_as: int | None, actor: Actor = OFFICER) -> list[str]:
    weapon = None if same_as is None else WeaponId(same_as)
    recorded = judge_held(held=held, same_as=weapon, actor=actor, stores=stores, clock=CLOCK)
    return [each.event.kind.value for each in recorded.sealed]


def test_a_held_row_judged_the_same_adds_only_what_the_weapon_lacks() -> None:
    stores = held_rows([row("AB1000"), row("AB1000", seized_on="06/05/2003")])
    assert judge(stores, 1, 1) == ["seized"]
    assert [each.event.kind.value for each in stores.records.of_weapon(WeaponId(1))] == ["registered", "seized"]
    assert len(stores.register.state(WeaponId(1)).marks) == 1
    settled = stores.intake.held(1)
    assert (settled.state, settled.weapon, settled.judged_by) == (HeldState.SAME, 1, "officer")


def test_a_held_row_that_adds_nothing_seals_nothing() -> None:
    stores = held_rows([row("AB1000", seized_on="06/05/2003"), row("AB1000", seized_on="06/05/2003")])
    assert (judge(stores, 1, 1), stores.records.size()) == ([], 2)


def test_a_held_row_judged_different_is_a_new_weapon() -> None:
    stores = held_rows([row("AB1000"), row("AB1000", seized_on="06/05/2003")])
    assert judge(stores, 1, None) == ["registered", "seized"]
    assert stores.register.state(WeaponId(2)).marks[0].serial == "AB1000"
    assert (stores.intake.held(1).state, stores.intake.held(1).weapon) == (HeldState.DIFFERENT, 2)


def test_a_row_is_judged_once() -> None:
    stores = held_rows([row("AB1000"), row("AB1000")])
    judge(stores, 1, None)
    with pytest.raises(IntakeRefused) as refused:
        judge(stores, 1, 1)
    assert [each.code for each in refused.value.findings] == ["intake.held_row_judged"]


def test_a_row_is_the_same_only_as_a_weapon_it_is_held_against() -> None:
    stores = held_rows([row("AB1000"), row("ZZ9999"), row("AB1000")])
    with pytest.raises(IntakeRefused) as refused:
        judge(stores, 1, 2)
    assert [each.code for each in refused.value.findings] == ["intake.held_row_not_against"]


def test_a_refused_row_is_kept_and_cannot_be_judged() -> None:
    stores = held_rows([row("AB1000", got_on="12/09/202")])
    kept = stores.intake.held(1)
    assert (kept.state, kept.row, [each["code"] for each in kept.findings]) == (
        HeldState.REFUSED, 2, ["intake.date_year_short"],
    )  # fmt: skip
    with pytest.raises(IntakeRefused):
        judge(stores, 1, None)


def test_who_may_not_judge_duplicates_does_not() -> None:
    stores = held_rows([row("AB1000"), row("AB1000")])
    with pytest.raises(NotPermitted):
        judge(stores, 1, None, AUDITOR)
    assert stores.intake.held(1).state is HeldState.HELD
