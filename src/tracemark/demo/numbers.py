"""Statistics that the fictional State states: invented people and incidents, drawn from the seed alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY, Desk
from tracemark.reporting import StatedNumber, Statement, approve_statistics, state_statistics, withdraw_statistics

YEARS = range(2018, 2026)
_ADULTS = ("18-24", "25-34", "35-49", "50-64", "65+")
_REGIONS = ("North", "Coast", "Hills", "South")
_HURT_BY_AGE = {"0-14": 3, "15-17": 6, "18-24": 22, "25-34": 24, "35-49": 15, "50-64": 7, "65+": 3}
_WORKERS = {"Registry": (9, 14), "Police": (21, 96), "Customs": (8, 41), "Army": (6, 88)}
"""Of each service: women and men in the first year."""

_UNSAID = "The hospital of Kestrel Bay does not record the sex of the hurt."
_FLED = "The suspects fled and were not identified."
_RECOUNTED = 2023


def state_numbers(desk: Desk, seed: int) -> None:
    """State all series for each year; one of victims is stated anew, one of delegates withdrawn, one recount waits."""
    random = Random(f"{seed} numbers")
    by = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    approver = desk.by("demo-approver", REGISTRY, Role.APPROVER)
    told = [each for year in YEARS for each in _of_year(year, random)]
    stated = state_statistics(statements=told, document="Statistical Office, yearbook of justice", note="", **by)
    names = {(each.series, each.year): name for each, name in zip(told, stated.new, strict=True)}
    victims = next(each for each in told if (each.series, each.year) == ("people.victims", _RECOUNTED))
    first, *others = victims.cells
    recounted = replace(victims, cells=(replace(first, number=first.number + 2), *others))
    note = "Two children who died in hospital in January were added."
    state_statistics(statements=[recounted], document="Ministry of Health, letter 7", note=note, **by)
    note = "It counted those of another conference."
    withdraw_statistics(name=names["people.delegates", YEARS[0]], note=note, **by)
    for revised in (("people.victims", _RECOUNTED), ("people.delegates", YEARS[0])):
        approve_statistics(name=names[revised], **approver)
    trained = next(each for each in told if (each.series, each.year) == ("people.trainees", _RECOUNTED))
    first, *others = trained.cells
    late = replace(trained, cells=(replace(first, number=first.number + 1), *others))
    note = "One certificate came in late."
    state_statistics(statements=[late], document="Police academy, letter 3", note=note, **by)


def _of_year(year: int, random: Random) -> Iterator[Statement]:
    turn = year - YEARS[0]
    hurt = 0.94**turn
    yield Statement("people.coordination", year, tuple(_sexes({"Commission": (3 + turn, 15 - turn)})))
    working = {body: (women + turn * (2 + women // 8), men + random.randint(-2, 2))
               for body, (women, men) in _WORKERS.items()}  # fmt: skip
    yield Statement("people.officers", year, tuple(_sexes(working)))
    trained = {body: (random.randint(2, 5) + turn, random.randint(8, 20)) for body in _WORKERS}
    yield Statement("people.trainees", year, tuple(_sexes(trained)))
    yield Statement("people.delegates", year, tuple(_sexes({"": (1 + turn // 3, 4 - turn // 4)})))
    yield Statement("people.licence_holders", year, tuple(
        StatedNumber(random.randint(30, 60) * (40 if sex == "male" else 3), {"sex": sex, "age_band": age})
        for sex in ("female", "male") for age in _ADULTS
    ))  # fmt: skip
    victims = list(_persons(hurt, random))
    unsaid = StatedNumber(random.randint(3, 9), {"age_band": "25-34"}, _UNSAID)
    yield Statement("people.victims", year, (*victims, unsaid))
    suspects = [StatedNumber(each.number // 2, each.splits) for each in victims if each.splits["age_band"] != "0-14"]
    yield Statement("people.perpetrators", year, (*suspects, StatedNumber(random.randint(5, 20), {}, _FLED)))
    yield Statement("violence.incidents", year, tuple(
        StatedNumber(round(random.randint(40, 60) * hurt), {"region": region}) for region in _REGIONS
    ))  # fmt: skip
    yield Statement("violence.deaths", year, tuple(
        StatedNumber(round(each.number * 0.3), each.splits) for each in victims
    ))  # fmt: skip


def _sexes(bodies: Mapping[str, tuple[int, int]]) -> Iterator[StatedNumber]:
    for body, numbers in bodies.items():
        for sex, number in zip(("female", "male"), numbers, strict=True):
            yield StatedNumber(number, {"sex": sex} | ({"body": body} if body else {}))


def _persons(share: float, random: Random) -> Iterator[StatedNumber]:
    for age, usual in _HURT_BY_AGE.items():
        for sex, weight in (("female", 0.4), ("male", 1.6)):
            number = round(usual * weight * share) + random.randint(0, 3)
            yield StatedNumber(number, {"sex": sex, "age_band": age})
