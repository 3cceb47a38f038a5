"""A State with two reports, a target and numbers, for the tests of this room."""

from datetime import date
from decimal import Decimal

from tracemark.kernel import cite
from tracemark.recordkeeping import EventKind
from tracemark.reporting import Answer, Origin, Period, Report
from tracemark.review import Number
from tracemark.targets import Aim, Direction, Outlook, Progress, Target, TargetRecord, TargetStep

NATIONAL, EDITION = "poa", "2020"


def report(name: str, first: str, last: str, **answers: Answer | str) -> Report:
    """A submitted report; a word is what somebody typed."""
    told = {question.replace("__", "."): each for question, each in answers.items()}
    given = {name: each if isinstance(each, Answer) else Answer(name, each) for name, each in told.items()}
    return Report(
        name=name,
        form=NATIONAL,
        edition=EDITION,
        period=Period.parse(first, last),
        authority="XT-REG",
        drafted_by="contact",
        drafted_on="2026-01-01",
        standing="submitted",
        answers=given,
    )


def carried(question: str, value: str) -> Answer:
    return Answer(question, value, origin=Origin.CARRIED)


def target(commitment: str, standing: str = "running", outlook: Outlook = Outlook.ON_TRACK) -> TargetRecord:
    aim = Aim(
        "Fewer losses",
        cite(commitment),
        Decimal(10),
        date(2024, 12, 31),
        Decimal(5),
        date(2028, 12, 31),
        Direction.FALL,
        "XT-REG",
        indicator="losses",
    )
    steps = (TargetStep(0, EventKind.TARGET_SET, "2025-01-01", "contact", ""),)
    known = Target("TG-2026-000001", "XT-REG", aim, aim, standing, steps=steps)
    return TargetRecord(known, Progress(outlook, None, Decimal(0), None, None, ()))


def number(name: str, value: int) -> Number:
    return Number(name, value, "weapons", head="7.ab", definition="d" * 64)
