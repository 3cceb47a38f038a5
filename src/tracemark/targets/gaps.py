"""What may be done about a gap of a report, filled in as far as the report tells."""

from datetime import date
from decimal import Decimal

from tracemark.reporting import Gap, Report, YesNo
from tracemark.targets.plans import Activity, Plan, next_code
from tracemark.targets.voluntary import Aim, Direction

_YEARS = 2
"""By the end of which year after this one a target for a gap is due, unless somebody says otherwise."""
_WHOLE, _HALF = Decimal(100), Decimal(50)


def aim_for_gap(gap: Gap, report: Report, *, title: str, indicator: str, responsible: str, today: date) -> Aim:
    """Propose a target for a gap: its question is answered yes, from where the report stands to the end of a year.

    The way is a percentage: nothing at no or no answer, half of it where it is in progress.
    """
    return Aim(
        title=title,
        commitment=gap.question.paragraph,
        baseline=_HALF if gap.answer == YesNo.IN_PROGRESS else Decimal(0),
        baseline_on=report.period.last,
        goal=_WHOLE,
        due=date(max(today, report.period.last).year + _YEARS, 12, 31),
        direction=Direction.RISE,
        responsible=responsible,
        indicator=indicator,
        unit="percent",
        gaps=(gap.question.id,),
    )


def activity_for_gap(gap: Gap, plan: Plan, *, title: str, owner: str, today: date) -> Activity:
    """Propose an activity for a gap: for the plan's first goal, from today (or its first day) to its last."""
    frame = plan.frame
    return Activity(
        code=next_code(plan),
        goal=frame.goals[0].code if frame.goals else "",
        title=title,
        owner=owner,
        start=min(max(today, frame.first), frame.last),
        end=frame.last,
        commitments=(gap.question.paragraph,),
        gaps=(gap.question.id,),
    )
