"""An aim, a plan and who keeps them, for the tests of this room."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.rooms import StillClock, officer
from tracemark.authorities import Role
from tracemark.kernel import cite
from tracemark.recordkeeping import RecordkeepingStores
from tracemark.targets import Aim, Direction, Observation, adopt_plan, observe_target, read_plan_toml, set_target

CONTACT = officer(Role.POINT_OF_CONTACT, "contact", "XT-REG")
AUDITOR = officer(Role.AUDITOR)
CLOCK = StillClock()
TODAY = date(2026, 5, 6)

SALW = """
title = "Small arms plan"
kind = "salw"
first = 2025-01-01
last = 2027-12-31
currency = "EUR"
[[goal]]
code = "1"
title = "Fewer losses"
[[activity]]
code = "A1"
goal = "1"
title = "Mark the army's stock"
owner = "XT-ARMY"
start = 2025-01-01
end = 2025-12-31
budget = 90000
commitments = ["PoA II.17", "BMS7 DEV.2"]
themes = ["marking"]
[[activity]]
code = "A2"
goal = "1"
title = "Train  storekeepers"
owner = "XT-ARMY"
start = 2026-01-01
end = 2026-12-31
budget = 20000
depends = ["A1"]
commitments = ["PoA II.4"]
joint = "training"
[[activity]]
code = "A3"
goal = "1"
title = "Publish losses by sex"
owner = "XT-REG"
start = 2026-01-01
end = 2026-03-31
budget = 1000
commitments = ["BMS7 MEAS.3"]
"""

WPS = """
title = "Women, peace and security plan"
kind = "wps"
first = 2025-01-01
last = 2028-12-31
currency = "EUR"
[[goal]]
code = "P"
title = "Participation"
[[activity]]
code = "P1"
goal = "P"
title = "Women among storekeepers"
owner = "XT-POL"
start = 2026-02-01
end = 2026-12-31
budget = 25000
commitments = ["PoA II.4", "BMS7 DEV.2"]
joint = "Training"
[[activity]]
code = "P2"
goal = "P"
title = "publish losses  BY SEX"
owner = "XT-REG"
start = 2026-01-01
end = 2026-03-31
status = "done"
spent = 800
"""


def aim(**told: Any) -> Aim:
    """Return an aim to bring losses from 120 at the end of 2021 to 20 at the end of 2029, changed as told."""
    return Aim(
        **{
            "title": "Fewer losses",
            "commitment": cite("PoA II.17"),
            "baseline": Decimal(120),
            "baseline_on": date(2021, 12, 31),
            "goal": Decimal(20),
            "due": date(2029, 12, 31),
            "direction": Direction.FALL,
            "responsible": "XT-ARMY",
            "indicator": "losses a year",
            **told,
        }
    )


def placed(stores: RecordkeepingStores, *values: int, **told: Any) -> str:
    """Set a target and record values at the ends of the years from 2022 on."""
    name = set_target(aim=aim(**told), actor=CONTACT, stores=stores, clock=CLOCK)
    observed(stores, name, *seen(*values))
    return name


def observed(stores: RecordkeepingStores, name: str, *observations: Observation) -> None:
    observe_target(target=name, observations=observations, actor=CONTACT, stores=stores, clock=CLOCK)


def seen(*values: int) -> list[Observation]:
    return [Observation(date(year, 12, 31), Decimal(value), "yearly book") for year, value in enumerate(values, 2022)]


def adopted(stores: RecordkeepingStores, text: str = SALW) -> str:
    return adopt_plan(draft=read_plan_toml(text, "plan.toml"), actor=CONTACT, stores=stores, clock=CLOCK)
