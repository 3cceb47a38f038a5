"""Aid of invented donors to States that never were: a file of activities, and a series as context."""

from dataclasses import replace
from importlib.resources import as_file, files

from tracemark import node as doing
from tracemark.assistance import AidSeries
from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY, Desk


def follow_given_aid(desk: Desk) -> None:
    """Take in what donors told, as an officer would."""
    by = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    at = replace(desk.node, clock=desk)
    series = AidSeries("Aid by purpose", "Invented for this demonstration", desk.moment.date().isoformat(), {})
    with as_file(files("tracemark.demo") / "given") as folder:
        activities = folder / "activities.xml"
        doing.follow_aid(at, doing.read_aid(activities), activities.name, by["actor"])
        doing.keep_series_file(at, folder / "aid-series.csv", series, by["actor"])
