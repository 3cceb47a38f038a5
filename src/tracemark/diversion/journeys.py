from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracemark.diversion.points import PointOfDiversion
from tracemark.tracing import Known, StateAnswer


class Moment(StrEnum):
    """What is known of a weapon on its way, in the order in which it can happen on one day."""

    MADE = "made"
    IMPORTED = "imported"
    EXPORTED = "exported"
    DIVERTED = "diverted"
    LEFT = "left"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of a weapon on its way over States: `on` is a day, month or year, "" where nobody told it.

    `to_state` is where it went, "" for nowhere. A point of diversion is of no State and lies between `on` and `until`.
    """

    moment: Moment
    state: str
    on: str = ""
    to_state: str = ""
    until: str = ""


def journey_of(
    told: Iterable[tuple[str, StateAnswer]], recovered_in: str, recovered_on: str, point: PointOfDiversion | None
) -> list[Station]:
    """Lay what States answered of one weapon, its recovery and its point of diversion in the order of its life.

    `told` are answers with the State that gave each. Two States that tell the same are heard once. Source: ITI 20.
    """
    found = {each: None for state, answer in told for each in _stations(state, answer)}
    found |= {Station(Moment.RECOVERED, recovered_in, recovered_on): None}
    if point is not None and point.since is not None:
        found |= {Station(Moment.DIVERTED, "", str(point.since), until=str(point.until or "")): None}
    order = list(Moment)
    return sorted(found, key=lambda each: (each.on, order.index(each.moment)))


def _stations(state: str, answer: StateAnswer) -> Iterable[Station]:
    data = {each.name: each.value for each in answer.data}
    if made := data.get(Known.MANUFACTURED_IN):
        yield Station(Moment.MADE, made)
    if Known.IMPORTED_ON in data:
        yield Station(Moment.IMPORTED, state, data[Known.IMPORTED_ON])
    if Known.EXPORTED_TO in data:
        yield Station(Moment.EXPORTED, state, data.get(Known.EXPORTED_ON, ""), data[Known.EXPORTED_TO])
    if Known.LEFT_LAWFUL_HANDS_ON in data:
        yield Station(Moment.LEFT, state, data[Known.LEFT_LAWFUL_HANDS_ON])
