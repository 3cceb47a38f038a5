"""Targets and plans as JSON says them: amounts are text, since they are no binary fractions; days are ISO."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracemark.kernel import Finding, Plain
from tracemark.targets.comparison import Comparison, Meeting
from tracemark.targets.forecasts import Forecast
from tracemark.targets.links import Answering
from tracemark.targets.plans import Plan, Work
from tracemark.targets.progress import rounded
from tracemark.targets.queries import TargetRecord
from tracemark.targets.voluntary import amount_text
from tracemark.targets.yearly import KpiLine, PlanYear

_PLACES = Decimal("0.001")


def target_plain(record: TargetRecord) -> dict[str, Plain]:
    """Return a target with its progress, values and steps."""
    target, progress = record.target, record.progress
    return {
        "name": target.name,
        "authority": target.authority,
        "standing": target.standing,
        "outlook": progress.outlook.value,
        "way": None if progress.way is None else _share(progress.way),
        "time": _share(progress.time),
        "latest": amount_text(progress.latest.value) if progress.latest else None,
        "latest_on": progress.latest.on.isoformat() if progress.latest else None,
        "forecast": _forecast(progress.forecast),
        "reasons": [_finding(each) for each in progress.reasons],
        "aim": target.aim.plain(),
        "revised": target.revised,
        "observations": [
            {"on": each.on.isoformat(), "value": amount_text(each.value), "source": each.source, "head": each.head}
            for each in target.observations
        ],
        "served_by": [{"plan": plan, "activity": code} for plan, code in record.served_by],
    }


def plan_plain(plan: Plan, today: date) -> dict[str, Plain]:
    """Return a plan with each of its activities as it stands on a day."""
    return {
        "name": plan.name,
        "authority": plan.authority,
        "standing": plan.standing,
        "frame": plan.frame.plain(),
        "budget": amount_text(plan.budget),
        "spent": amount_text(plan.spent),
        "late": [each.activity.code for each in plan.late(today)],
        "activities": [_work(plan, each) for each in plan.works.values()],
    }


def answering_plain(found: Answering) -> dict[str, str]:
    """Return what answers a gap; `activity` is "" for a target."""
    return {
        "dossier": found.dossier,
        "activity": found.activity,
        "title": found.title,
        "standing": found.standing,
    }


def _work(plan: Plan, work: Work) -> Plain:
    return {
        **work.activity.plain(),
        "status": work.status.value,
        "spent": amount_text(work.spent),
        "done_on": work.done_on.isoformat() if work.done_on else None,
        "waits_for": list(plan.waits_for(work)),
    }


def year_plain(found: PlanYear) -> dict[str, Plain]:
    """Return a plan's report on a year, activities by code."""
    names = ("due", "done", "done_late", "late", "not_begun", "dropped")
    lists: dict[str, Plain] = {name: [each.activity.code for each in getattr(found, name)] for name in names}
    return {
        "year": found.year,
        "until": found.until.isoformat(),
        **lists,
        "on_time": found.on_time,
        "spent": {code: amount_text(amount) for code, amount in found.spent.items()},
        "spent_in_all": amount_text(found.spent_in_all),
        "budget_of_due": amount_text(found.budget),
    }


def kpis_plain(lines: Sequence[KpiLine]) -> list[Plain]:
    """Return indicators over the years; a value is null where a member did not report, and these are named."""
    return [
        {
            **line.kpi.plain(),
            "course": line.course.value,
            "trend": _forecast(line.trend),
            "years": [
                {
                    "year": each.year,
                    "value": None if each.value is None else amount_text(each.value),
                    "reported": each.reported,
                    "missing": list(each.missing),
                }
                for each in line.years
            ],
        }
        for line in lines
    ]


def comparison_plain(found: Comparison) -> dict[str, Plain]:
    """Return two plans side by side."""
    return {
        "left": found.left.name,
        "right": found.right.name,
        "commitments": _meetings(found.commitments),
        "themes": _meetings(found.themes),
        "targets": _meetings(found.targets),
        "contradictions": [
            {
                "left": each.left.activity.code,
                "right": each.right.activity.code,
                "title": each.left.activity.title,
                "about": [kind.value for kind in each.contradictions],
            }
            for each in found.contradictions
        ],
        "checklist": {
            "code": found.checklist.code,
            "on": found.checklist.on.isoformat(),
            "source": found.checklist.source,
        },
        "missing": [{"commitment": str(each.item.citation), "asks": each.item.asks} for each in found.missing],
    }


def _meetings(met: Sequence[Meeting]) -> list[Plain]:
    return [{"name": each.name, "left": list(each.left), "right": list(each.right)} for each in met]


def _share(share: Decimal) -> str:
    return amount_text(share.quantize(_PLACES))


def _finding(finding: Finding) -> Plain:
    return {"code": finding.code, "facts": dict(finding.facts)}


def _forecast(found: Forecast | None) -> Plain:
    if found is None:
        return None
    return {
        "on": found.on.isoformat(),
        "value": rounded(found.value),
        "low": rounded(found.low),
        "high": rounded(found.high),
        "yearly": rounded(found.yearly),
        "observations": found.observations,
    }
