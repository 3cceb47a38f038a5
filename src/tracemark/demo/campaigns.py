"""A destruction campaign of the fictional State: a return a year, of which the last says more than the record shows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracemark import assistance
from tracemark import node as doing
from tracemark.assistance import CampaignDraft, CampaignKind, CampaignReturn, Machine, Supply
from tracemark.authorities import AgencyKind, Role
from tracemark.demo.desk import POLICE, REGISTRY, Desk
from tracemark.demo.nation import codes
from tracemark.kernel import cite

_BEGUN, _END = date(2022, 1, 1), date(2027, 12, 31)
_DAYS = (*((date(year, 1, 1), date(year, 12, 31)) for year in range(2022, 2026)), (date(2026, 1, 1), date(2026, 10, 1)))
_CLAIMED_MORE = 7
_DIESEL, _BLADES = "diesel", "shear blades"


def run_campaign(desk: Desk) -> None:
    """Plan and start a campaign, and tell of each year what the record shows, but for the last one."""
    by = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    draft = CampaignDraft(
        kind=CampaignKind.DESTRUCTION,
        title="Surplus and seized weapons are destroyed",
        places=(*codes(AgencyKind.POLICE), *codes(AgencyKind.ARMED_FORCES)),
        quantity=1,
        first=_BEGUN,
        last=_END,
        responsible=POLICE,
        commitment=cite("PoA II.19"),
        machines=(Machine("hydraulic shear", 30), Machine("smelter of the Arms Works", 120)),
        supplies=(Supply(_DIESEL, "litre", Decimal(9_000)), Supply(_BLADES, "piece", Decimal(24))),
        cost=Decimal(180_000),
        currency="EUR",
        every_days=366,
    )
    node = replace(desk.node, clock=desk)
    shown, _ = doing.shown_by_record(node, draft, _DAYS)
    draft = replace(draft, quantity=max(1, sum(shown) * 8 // 5))
    name = assistance.plan_campaign(draft=draft, **by).name
    assistance.start_campaign(campaign=name, on=draft.first, **by)
    for (first, last), number in zip(_DAYS, shown, strict=True):
        told = CampaignReturn(
            first=first,
            last=last,
            done=number + (_CLAIMED_MORE if last == _DAYS[-1][1] else 0),
            days_worked=max(1, min(number // 100, 250)),
            spent=Decimal(21_500),
            used={_DIESEL: Decimal(1_200), _BLADES: Decimal(4)},
        )
        assistance.return_campaign(campaign=name, told=told, **by)
    doing.count_campaign(node, name, by["actor"])
