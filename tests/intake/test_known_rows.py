"""A row that an earlier file brought is known again by its key."""

from collections.abc import Sequence

import pytest

from tests.intake.lots import OFFICER, PROFILE, StandingClock, intake_of, new_stores, row
from tracemark.authorities import NotPermitted, Permission, narrow
from tracemark.intake import HeldState, IntakeReport, IntakeStores, dry_run, import_table, judge_held
from tracemark.kernel import Actor
from tracemark.weapons import WeaponId

CLOCK = StandingClock()
KEYED = PROFILE.replace('columns = ["serial"]', 'columns = ["year", "model"]')
PERSONS = KEYED.replace('names = "organisation"', 'names = "person"')
FIRST = [row("", year="2001", model="known_1"), row("", year="2002", model="known_2")]


def taken_in(stores: IntakeStores, rows: Sequence[Sequence[str]], file: str, text: str = KEYED) -> IntakeReport:
    intake = intake_of(rows, fingerprint=file, text=text)
    said = dry_run(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK)
    done = import_table(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK)
    assert (said.imported, said.held, said.refused, said.unchanged, said.counts) == (
        done.imported, done.held, done.refused, done.unchanged, done.counts,
    )  # fmt: skip
    return done


def numbers(report: IntakeReport) -> tuple[int, int, int, int]:
    return report.imported, report.unchanged, report.held, report.refused


def test_iti_11_a_weapon_without_a_serial_is_not_entered_again_by_a_newer_file() -> None:
    stores = new_stores()
    assert numbers(taken_in(stores, FIRST, "f1")) == (2, 0, 0, 0)
    assert numbers(taken_in(stores, [*FIRST, row("", year="2003", model="known_3")], "f2")) == (1, 2, 0, 0)
    assert numbers(taken_in(stores, FIRST, "f3")) == (0, 2, 0, 0)
    assert stores.records.size() == 3
    assert stores.intake.runs()[0].counts["unchanged"] == 2


def test_a_row_that_changed_is_held_against_its_weapon_with_the_difference() -> None:
    stores = new_stores()
    taken_in(stores, FIRST, "f1")
    changed = [FIRST[0], row("", year="2002", model="known_2", country="", seized_on="06/05/2003")]
    report = taken_in(stores, changed, "f2")
    assert (numbers(report), report.counts["intake.row_changed"]) == ((0, 1, 1, 0), 1)
    [held] = stores.intake.page(state=HeldState.HELD)
    assert held.against == (2,)
    assert held.findings[0]["facts"]["changed"] == ["country: AT → –", "seized_on: – → 06/05/2003"]  # type: ignore[index, call-overload]
    assert [each.against[0].changed for each in report.duplicates] == [("country: AT → –", "seized_on: – → 06/05/2003")]
    assert numbers(taken_in(stores, changed, "f3")) == (0, 2, 0, 0)


def test_a_row_that_changed_adds_to_its_weapon_what_is_new() -> None:
    stores = new_stores()
    taken_in(stores, FIRST, "f1")
    taken_in(stores, [row("", year="2002", model="known_2", seized_on="06/05/2003")], "f2")
    recorded = judge_held(held=1, same_as=WeaponId(2), actor=OFFICER, stores=stores, clock=CLOCK)
    assert [each.event.kind.value for each in recorded.sealed] == ["seized"]


def test_a_row_judged_to_be_another_weapon_is_known_as_that() -> None:
    stores = new_stores()
    taken_in(stores, FIRST, "f1")
    taken_in(stores, [row("", year="2002", model="known_2", calibre="known_other")], "f2")
    judge_held(held=1, same_as=None, actor=OFFICER, stores=stores, clock=CLOCK)
    taken_in(stores, [row("", year="2002", model="known_2", calibre="known_third")], "f3")
    assert stores.intake.held(2).against == (3,)


def test_rows_of_one_file_under_one_key_are_each_their_own() -> None:
    stores, twice = new_stores(), [FIRST[0], row("", year="2001", model="known_1", country="")]
    assert numbers(taken_in(stores, twice, "f1")) == (2, 0, 0, 0)
    assert numbers(taken_in(stores, twice, "f2")) == (0, 2, 0, 0)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (PROFILE.replace('[key]\ncolumns = ["serial"]\n', ""), FIRST),
        (KEYED, [row("", year="", model="known_1")]),
    ],
    ids=["no key", "a key that is not whole"],
)
def test_a_row_without_a_key_is_not_known_again(text: str, rows: Sequence[Sequence[str]]) -> None:
    stores = new_stores()
    taken_in(stores, rows, "f1", text)
    assert numbers(taken_in(stores, rows, "f2", text)) == (len(rows), 0, 0, 0)


def test_a_profile_without_a_name_knows_only_its_own_rows_one_with_a_name_those_of_its_name() -> None:
    for name, known in (("", 0), ('[profile]\nname = "town"\n', 2)):
        stores = new_stores()
        taken_in(stores, FIRST, "f1", name + KEYED)
        report = taken_in(stores, FIRST, "f2", name + KEYED + '\n[[component]]\npart = { constant = "barrel" }\n')
        assert (report.imported, report.unchanged) == (2 - known, known)


def test_a_persons_data_are_compared_unseen_and_who_was_forgotten_stays_forgotten() -> None:
    stores = new_stores()
    mine = [row("", year="2001", model="known_1", holder="Nobody Atall")]
    assert numbers(taken_in(stores, mine, "f1", PERSONS)) == (1, 0, 0, 0)
    assert numbers(taken_in(stores, mine, "f2", PERSONS)) == (0, 1, 0, 0)
    other = [row("", year="2001", model="known_1", holder="Somebody Else")]
    report = taken_in(stores, other, "f3", PERSONS)
    [difference] = report.duplicates[0].against[0].changed
    assert difference.startswith("holder: person:")
    assert "Somebody" not in str(report)
    [known] = stores.intake.known_rows([each.identity for each in stores.intake.known_by_id.values()]).popitem()[1]
    stores.persons.erase(known.cells["holder"].removeprefix("person:"))
    assert numbers(taken_in(stores, mine, "f4", PERSONS)) == (0, 1, 0, 0)
    assert len(stores.persons.kept) == 1


def test_who_may_not_write_persons_imports_none() -> None:
    stores, rows = new_stores(), [row("", year="2001", model="known_1", holder="Nobody Atall")]
    scopes = [each for each in Permission if each is not Permission.PERSON_WRITE]
    actor: Actor = narrow(OFFICER, scopes)
    with pytest.raises(NotPermitted):
        import_table(intake=intake_of(rows, text=PERSONS), actor=actor, stores=stores, clock=CLOCK)
    done = import_table(intake=intake_of(rows, text=KEYED), actor=actor, stores=stores, clock=CLOCK)
    assert (done.imported, len(stores.persons.kept)) == (1, 0)
