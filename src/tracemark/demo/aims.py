"""Targets of the fictional State, on the way, behind and met; a plan on small arms, and one on women and peace."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files

from tracemark import node as doing
from tracemark import targets
from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY, Desk
from tracemark.kernel import cite
from tracemark.targets import Aim, Direction, Funding, Observation

_SINCE = date(2021, 12, 31)
_PLANS = ("small-arms.toml", "women-peace-security.toml")

_ON_TRACK = Aim(
    title="Two of five officers who control small arms are women",
    commitment=cite("BMS7 DEV.2"), baseline=Decimal(25), baseline_on=_SINCE, goal=Decimal(40), due=date(2028, 12, 31),
    direction=Direction.RISE, responsible=REGISTRY, figure="people.officers_women_share",
    funding=Funding.FUNDED, cost=Decimal(60_000), currency="EUR",
)  # fmt: skip
_OFF_TRACK = Aim(
    title="Deaths by violence with small arms are halved",
    commitment=cite("BMS7 DEV.4"), baseline=Decimal(45), baseline_on=_SINCE, goal=Decimal(22), due=date(2027, 12, 31),
    direction=Direction.FALL, responsible="XT-POL", figure="violence.deaths",
    funding=Funding.SOUGHT, cost=Decimal(420_000), currency="EUR",
)  # fmt: skip
_MET = Aim(
    title="Half of the national commission are women",
    commitment=cite("BMS7 DEV.2"), baseline=Decimal(33), baseline_on=_SINCE, goal=Decimal(50), due=date(2026, 6, 30),
    direction=Direction.RISE, responsible=REGISTRY, figure="people.coordination_women_share",
)  # fmt: skip
_RECORDED = Aim(
    title="Requests of other States are answered within ten days",
    commitment=cite("ITI 14"), baseline=Decimal(40), baseline_on=_SINCE, goal=Decimal(90), due=date(2028, 12, 31),
    direction=Direction.RISE, responsible="XT-POL", indicator="Answers within ten days", unit="percent",
)  # fmt: skip
_ANSWERED = {2022: 55, 2023: 58, 2024: 66, 2025: 71}


def set_aims(desk: Desk) -> None:
    """Set targets and draw or record their values, and adopt the plans, one of them naming a target."""
    by = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    names = [targets.set_target(aim=each, **by) for each in (_ON_TRACK, _OFF_TRACK, _MET, _RECORDED)]
    for name in names[:3]:
        doing.draw_observations(replace(desk.node, clock=desk), name, by["actor"])
    seen = [
        Observation(date(year, 12, 31), Decimal(value), "Registry, yearly review") for year, value in _ANSWERED.items()
    ]
    targets.observe_target(target=names[3], observations=seen, **by)
    targets.close_target(target=names[2], outcome="met", reason="It stands in the figures of 2025.", **by)
    for file in _PLANS:
        text = (files("tracemark.demo") / "plans" / file).read_text("utf-8")
        targets.adopt_plan(draft=targets.read_plan_toml(text, file), **by)
