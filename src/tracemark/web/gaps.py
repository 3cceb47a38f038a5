"""Gaps of a report: which there are, what answers each, and which one an address asks to have answered."""

from typing import Any

from django.http import HttpResponse

from tracemark import assistance, reporting, targets, wording
from tracemark.assistance import RequestRecord
from tracemark.authorities import Permission, may
from tracemark.reporting import NATIONAL, Assessment, Gap, Report
from tracemark.targets import Answering
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page
from tracemark.web.said import said, say, spoken
from tracemark.web.trends import Series, Trend


def gaps_shown(desk: Desk, report: Report) -> dict[str, Any]:
    """Return the gaps of a report as the pages list them, each with what answers it, as far as the reader may see."""
    sees = may(desk.actor, Permission.TARGET_READ)
    answered = targets.answering(actor=desk.actor, stores=desk.node.stores) if sees else {}
    plans = targets.plan_list(actor=desk.actor, stores=desk.node.stores) if sees else []
    asked = assistance.request_list(desk.node.stores) if may(desk.actor, Permission.ASSISTANCE_READ) else ()
    found: list[tuple[Gap, list[Answering], list[RequestRecord]]] = [
        (each, answered.get(each.question.id, []), [one for one in asked if each.question.id in one.request.asks.gaps])
        for each in reporting.gaps(report, reporting.published_scheme())
    ]
    return {"gaps": found, "gap_report": report.name, "running": [each for each in plans if each.standing == "running"]}


def asked_gap(desk: Desk) -> tuple[Gap, Report, str] | None:
    """Return the gap that `report` and `gap` in the address name, with its report and its question in words."""
    name, question = desk.GET.get("report", ""), desk.GET.get("gap", "")
    if not name or not question or not may(desk.actor, Permission.REPORT_READ):
        return None
    try:
        report = reporting.report(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        return None
    found = reporting.gap_of(report, reporting.published_scheme(), question)
    return (found, report, wording.question_title(question, to=spoken())) if found else None


@needs(Permission.REPORT_READ)
def assessment(desk: Desk) -> HttpResponse:
    """Show how the score went over submitted reports, whole and by theme, and the gaps of the newest report."""
    by: dict[str, Any] = {"actor": desk.actor, "stores": desk.node.stores}
    scheme = reporting.published_scheme()
    course = reporting.assessment_trend(form=NATIONAL, scheme=scheme, **by)
    known = [each for each in reporting.report_list(form=NATIONAL, **by) if each.standing != "withdrawn"]
    newest = max(known, key=lambda each: (each.period.last, each.name), default=None)
    return page(
        desk,
        "web/reports/assessment.html",
        whole=_whole(course) if course else None,
        by_theme=_by_theme(course) if course else None,
        newest=newest,
        **(gaps_shown(desk, newest) if newest else {}),
    )


def _cycle(report: Report) -> str:
    return f"{report.period.first.year}–{report.period.last.year}"


def _whole(course: list[tuple[Report, Assessment]]) -> Trend:
    values = tuple(found.percent for _, found in course)
    return Trend(tuple(_cycle(report) for report, _ in course), (Series(say("web.gaps.percent"), values),), "line")


def _by_theme(course: list[tuple[Report, Assessment]]) -> Trend:
    themes = tuple(str(said(f"reporting.theme_{each.theme}")) for each in course[-1][1].scores)
    series = tuple(Series(_cycle(report), tuple(each.percent for each in found.scores)) for report, found in course)
    return Trend(themes, series)
