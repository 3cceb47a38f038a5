"""A weapon's way over States, from what each answered, with the point of diversion in it."""

from tracemark.diversion import Moment, PointOfDiversion, Station, journey_of
from tracemark.kernel import PartialDate
from tracemark.tracing import Datum, Handling, Known, Result, StateAnswer
from tracemark.weapons import WeaponId


def answer(**told: str) -> StateAnswer:
    return StateAnswer(Result.FULL, tuple(Datum(Known(name), value, Handling()) for name, value in told.items()))


def test_stations_stand_in_the_order_of_life_each_once() -> None:
    told = [
        ("XB", answer(manufactured_in="XA", imported_on="2014-06", exported_to="XC", exported_on="2019-09-10")),
        ("XA", answer(manufactured_in="XA", exported_to="XB", exported_on="2014-05-02")),
    ]
    point = PointOfDiversion(
        WeaponId(1), "transfer", "retransfer", ("why",), "analyst", PartialDate.parse("2026-09-01"),
        since=PartialDate.parse("2019-09-10"), until=PartialDate.parse("2026-08-20"), position=3,
    )  # fmt: skip
    assert journey_of(told, "XD", "2026-08-20", point) == [
        Station(Moment.MADE, "XA"),
        Station(Moment.EXPORTED, "XA", "2014-05-02", "XB"),
        Station(Moment.IMPORTED, "XB", "2014-06"),
        Station(Moment.EXPORTED, "XB", "2019-09-10", "XC"),
        Station(Moment.DIVERTED, "", "2019-09-10", until="2026-08-20"),
        Station(Moment.RECOVERED, "XD", "2026-08-20"),
    ]
