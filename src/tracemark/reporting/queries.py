from collections.abc import Collection

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping import RecordkeepingStores, every_folded
from tracemark.reporting.assessment import Assessment, Scheme, assess
from tracemark.reporting.calendar import DueReport, due_reports
from tracemark.reporting.checks import Check, check_report
from tracemark.reporting.reports import Report, report_of

_FINAL = frozenset({"submitted", "published"})


def report(*, name: str, actor: Actor, stores: RecordkeepingStores) -> Report:
    """Return a report as it stands.

    Raises:
        NotPermitted: the actor may not read reports.
        KeyError: there is none of this name.
    """
    require(actor, Permission.REPORT_READ)
    return report_of(name, stores.dossiers.events(name))


def report_list(
    *, actor: Actor, stores: RecordkeepingStores, form: str = "", standings: Collection[str] | None = None
) -> list[Report]:
    """Return the reports, newest first: of a form, or of all.

    Raises:
        NotPermitted: the actor may not read reports.
    """
    require(actor, Permission.REPORT_READ)
    return [each for each in every_report(stores, standings) if form in ("", each.form)]


def every_report(stores: RecordkeepingStores, standings: Collection[str] | None = None) -> list[Report]:
    """Return the reports of these standings, newest first; None asks for all."""
    return list(every_folded("report", report_of, stores, standings))


def last_final(stores: RecordkeepingStores, form: str) -> Report | None:
    """Return the submitted report of a form on the latest period, None where there is none."""
    known = [each for each in every_report(stores, _FINAL) if each.form == form]
    return max(known, key=lambda each: (each.period.last, each.name), default=None)


def last_before(*, report: Report, actor: Actor, stores: RecordkeepingStores) -> Report | None:
    """Return the report that another took over answers from; None where it began with none.

    Raises:
        NotPermitted: the actor may not read reports.
    """
    require(actor, Permission.REPORT_READ)
    return report_of(report.last_report, stores.dossiers.events(report.last_report)) if report.last_report else None


def report_checks(*, name: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[Check]:
    """Return what there is to say against a report.

    Raises:
        NotPermitted: the actor may not read reports.
        KeyError: there is none of this name.
    """
    known = report(name=name, actor=actor, stores=stores)
    return check_report(known, known.in_edition(), clock.now().date())


def reporting_calendar(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[DueReport]:
    """Return what was due in the last three years and is due in the next, and how it stands.

    Raises:
        NotPermitted: the actor may not read reports.

    Source: ITI 36, ATT 13(3).
    """
    require(actor, Permission.REPORT_READ)
    return due_reports(every_report(stores), clock.now().date())


def assessment_trend(
    *, form: str, scheme: Scheme, actor: Actor, stores: RecordkeepingStores
) -> list[tuple[Report, Assessment]]:
    """Return the points of each submitted report of a form, the earliest period first.

    Raises:
        NotPermitted: the actor may not read reports.
    """
    known = report_list(actor=actor, stores=stores, form=form, standings=_FINAL)
    return [(each, assess(each, scheme)) for each in sorted(known, key=lambda each: (each.period.last, each.name))]
