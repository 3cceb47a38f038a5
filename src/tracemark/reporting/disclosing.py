"""Publishing a report: one person proposes it, with a day before which it stays closed, and another publishes it."""

from datetime import date
from functools import lru_cache

from tracemark.authorities import require_second_person
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import (
    Dossier,
    EventKind,
    RecordkeepingStores,
    append_step,
    every_dossier,
    require_step,
)
from tracemark.reporting.actions import refused, standing_report
from tracemark.reporting.answers import texts_of
from tracemark.reporting.beside import disclosures
from tracemark.reporting.publishing import published
from tracemark.reporting.queries import every_report
from tracemark.reporting.questionbook import AnswerKind, questions
from tracemark.reporting.reports import Report


def propose_report_publication(
    *,
    report: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    public_from: date | None = None,
    note: str = "",
) -> None:
    """Propose to publish a submitted report, from a day on (None: at once). A later proposal takes the place of one.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such report, or it is not submitted.

    Source: PoA II.23.
    """
    require_step(EventKind.REPORT_PUBLICATION_PROPOSED, actor, stores)
    with stores.atomic():
        standing_report(report, EventKind.REPORT_PUBLICATION_PROPOSED, stores)
        day = public_from.isoformat() if public_from else ""
        details: dict[str, Plain] = {"public_from": day, "note": note.strip()}
        append_step(EventKind.REPORT_PUBLICATION_PROPOSED, report, details, actor, stores, clock)


def publish_report(*, report: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, note: str = "") -> None:
    """Publish a report as another person proposed it: from the day named in the proposal it is public.

    Raises:
        NotPermitted: the actor may not approve reports, or proposed it.
        ReportRefused: there is no such report, it is not submitted, or nobody proposed to publish it.

    Source: PoA II.23.
    """
    require_step(EventKind.REPORT_PUBLISHED, actor, stores)
    with stores.atomic():
        known = standing_report(report, EventKind.REPORT_PUBLISHED, stores)
        if not known.proposed_by:
            raise refused("reporting.publication_not_proposed", report=report)
        require_second_person(known.proposed_by, actor)
        append_step(EventKind.REPORT_PUBLISHED, report, {"note": note.strip()}, actor, stores, clock)


def take_back_report(*, report: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Close a published report to the public again, at once, and say why. That it was public stays on record.

    Raises:
        NotPermitted: the actor may not approve reports.
        ReportRefused: there is no such report, it is not published, or no reason is given.
    """
    require_step(EventKind.REPORT_TAKEN_BACK, actor, stores)
    if not reason.strip():
        raise refused("reporting.reason_missing", field="reason", question="")
    with stores.atomic():
        standing_report(report, EventKind.REPORT_TAKEN_BACK, stores)
        append_step(EventKind.REPORT_TAKEN_BACK, report, {"reason": reason.strip()}, actor, stores, clock)


def public_reports(stores: RecordkeepingStores, today: date) -> list[Report]:
    """Return what is public of each report that two people published and whose day has come, the last one first."""
    return [public for whole, public in reversed(_read_together(stores)) if _open(whole, today)]


def public_report_named(name: str, stores: RecordkeepingStores, today: date) -> Report:
    """Return what is public of a report.

    Raises:
        KeyError: there is no such report, or it is not public.
    """
    for whole, public in _read_together(stores):
        if whole.name == name and _open(whole, today):
            return public
    raise KeyError(name)


def attachments_of(report: Report) -> list[str]:
    """Return the fingerprints of the documents that a report names, in the order of its answers."""
    files = [each for name, each in report.answers.items() if questions()[name].answer is AnswerKind.FILE]
    return [text for each in files for text in texts_of(each.value)]


def _read_together(stores: RecordkeepingStores) -> tuple[tuple[Report, Report], ...]:
    """Return each published report, whole and as everybody may read it, in the order in which they were published."""
    steps = [*every_dossier("report", {"published"}, stores), *every_dossier("publication", {"published"}, stores)]
    return _read_at(stores, tuple(steps))  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _read_at(stores: RecordkeepingStores, _: tuple[Dossier, ...]) -> tuple[tuple[Report, Report], ...]:
    """Read what is published together once for all readers, until some of it takes a step or more is published."""
    found = disclosures(every_report(stores, {"published"}), published(stores))
    return tuple((each.report, each.public()) for each in found)


def _open(report: Report, today: date) -> bool:
    return report.standing == "published" and bool(report.proposed_by) and report.public_from <= today.isoformat()
