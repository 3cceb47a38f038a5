"""A gap of a report is answered by targets and activities, which are filled in from it and linked to it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.reporting.desk import drafted, said, standing
from tests.rooms import StillClock
from tests.targets.aims import AUDITOR, CLOCK, CONTACT, TODAY, adopted
from tracemark.reporting import Gap, Report, gap_of, published_scheme
from tracemark.storage.memory import MemoryStores
from tracemark.targets import (
    Answering,
    activity_for_gap,
    aim_for_gap,
    answering,
    cancel_activity,
    close_target,
    plan_record,
    revise_activity,
    set_target,
)

BY: dict[str, Any] = {"actor": CONTACT, "clock": CLOCK}


def gap(stores: MemoryStores, clock: StillClock, folder: Path, answer: str) -> tuple[Gap, Report]:
    name = drafted(stores, clock, folder)
    said(stores, clock, name, "nca.exists", answer)
    report = standing(stores, name)
    found = gap_of(report, published_scheme(), "nca.exists")
    assert found is not None
    assert gap_of(report, published_scheme(), "nobody.asks") is None
    return found, report


def test_a_target_is_filled_in_from_a_gap_and_linked_to_it(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    for turn, (answer, baseline) in enumerate((("no", 0), ("in_progress", 50))):
        found, report = gap(stores, clock, tmp_path / str(turn), answer)
        aim = aim_for_gap(found, report, title="A body", indicator="answered", responsible="XT-REG", today=TODAY)
        assert (int(aim.baseline), int(aim.goal), aim.baseline_on, aim.due) == (
            baseline,
            100,
            date(2025, 12, 31),
            date(2028, 12, 31),
        )
        name = set_target(aim=aim, stores=stores, **BY)
    assert answering(actor=AUDITOR, stores=stores)["nca.exists"][0] == Answering(name, "", "A body", "running")
    close_target(target=name, outcome="closed", reason="no", stores=stores, **BY)
    standings = sorted(each.standing for each in answering(actor=AUDITOR, stores=stores)["nca.exists"])
    assert standings == ["closed", "running"]


def test_an_activity_is_filled_in_from_a_gap_and_answers_it_until_it_is_cancelled(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    plan = adopted(stores)
    found, _ = gap(stores, clock, tmp_path, "no")
    known = plan_record(plan=plan, actor=AUDITOR, stores=stores)
    coming = activity_for_gap(found, known, title="A body", owner="XT-REG", today=TODAY)
    assert (coming.code, coming.goal, coming.start, coming.end) == ("A4", "1", TODAY, date(2027, 12, 31))
    revise_activity(plan=plan, activity=coming, reason="a gap", stores=stores, **BY)
    assert answering(actor=AUDITOR, stores=stores) == {"nca.exists": [Answering(plan, "A4", "A body", "planned")]}
    cancel_activity(plan=plan, activity="A4", reason="no money", stores=stores, **BY)
    assert answering(actor=AUDITOR, stores=stores) == {}


def test_an_activity_of_a_plan_that_is_over_or_to_come_lies_within_its_days(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    found, _ = gap(stores, clock, tmp_path, "no")
    known = plan_record(plan=adopted(stores), actor=AUDITOR, stores=stores)
    for today, start in ((date(2020, 1, 1), known.frame.first), (date(2031, 1, 1), known.frame.last)):
        coming = activity_for_gap(found, known, title="A body", owner="XT-REG", today=today)
        assert (coming.start, coming.outside(known.frame)) == (start, None)
    without = replace(known, frame=replace(known.frame, goals=()))
    assert activity_for_gap(found, without, title="A body", owner="XT-REG", today=TODAY).goal == ""
