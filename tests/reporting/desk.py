"""Reports and officers for the tests of reporting, and a drawing of a small record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from tests.diversion.lives import STATE, World, on_duckdb
from tests.rooms import StillClock, officer
from tracemark.authorities import Role
from tracemark.kernel import Plain
from tracemark.reporting import Answer, Drawing, Period, Report, answer_question, draft_report, report
from tracemark.storage.memory import MemoryStores

PERIOD = Period.parse("2024", "2025")
CONTACT = officer(Role.POINT_OF_CONTACT, "cleo")
APPROVER = officer(Role.APPROVER, "ben")
HEAD = "7.ab"


STATED: Mapping[str, list[dict[str, Plain]]] = {
    "people.coordination": [{"sex": "female", "number": 3}, {"sex": "male", "number": 4}],
    "people.officers": [{"sex": "female", "number": 12}, {"sex": "male", "number": 38}],
    "people.victims": [
        {"sex": "female", "age_band": "18-24", "number": 5},
        {"sex": "male", "age_band": "18-24", "number": 11},
        {"sex": "other", "age_band": "25-34", "number": 1},
        {"age_band": "25-34", "number": 2, "reason": "the hospital counts no sexes"},
    ],
    "people.licence_holders": [{"sex": "male", "age_band": "35-49", "number": 900}],
    "violence.incidents": [{"number": 40}],
}
"""What a State states of 2024 and of 2025: the same."""


@contextmanager
def drawing(
    folder: Path,
    period: Period = PERIOD,
    seized: int = 3,
    stated: Mapping[str, list[dict[str, Plain]]] = MappingProxyType({}),
) -> Iterator[Drawing]:
    """A record in which weapons were seized in 2024, and one of them in 2025 again; and of each year what is stated."""
    world = World()
    for place, (series, cells) in enumerate(stated.items()):
        for year in (2024, 2025):
            name = f"SX-2026-{10 * place + year - 2023:06}"
            world.tell("statistics_stated", "2026-01-05", dossier=name, series=series, year=year, cells=cells)
    for weapon in range(1, seized + 1):
        world.tell("registered", "2020", weapon, holder="XT-POL", weapon={"kind": "pistol"})
        world.tell("seized", "2024-05", weapon, custodian="XT-POL", place="Sea Road")
    world.tell("seized", "2025-05", 1, custodian="XT-POL", place="Sea Road")
    with on_duckdb(world, folder) as engine:
        yield Drawing(engine, period=period, head=HEAD, state=STATE)


def drafted(
    stores: MemoryStores, clock: StillClock, folder: Path, *, edition: str = "2026", form: str = "poa", seized: int = 3
) -> str:
    with drawing(folder, seized=seized) as opened:
        return draft_report(form=form, edition=edition, drawing=opened, actor=CONTACT, stores=stores, clock=clock)


def said(stores: MemoryStores, clock: StillClock, name: str, question: str, value: Plain, note: str = "") -> None:
    answer_question(report=name, answer=Answer(question, value, note=note), actor=CONTACT, stores=stores, clock=clock)


def standing(stores: MemoryStores, name: str) -> Report:
    return report(name=name, actor=CONTACT, stores=stores)
