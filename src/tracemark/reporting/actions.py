from collections.abc import Sequence
from dataclasses import replace

from tracemark.authorities import require_second_person
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, event_kinds, require_step
from tracemark.reporting.answers import Answer, Origin
from tracemark.reporting.checks import answer_findings, check_report
from tracemark.reporting.drafting import carried_answers, drawn_answers, parcels
from tracemark.reporting.drawing import Drawing
from tracemark.reporting.editionbook import NoSuchEdition, edition_of
from tracemark.reporting.queries import last_final
from tracemark.reporting.questionbook import Question
from tracemark.reporting.reports import Report, report_of

_REPORT = cite("ITI 36")


class ReportRefused(Refused):
    """What was asked does not fit how a report stands, or an answer does not fit its question."""


def draft_report(
    *,
    form: str,
    edition: str,
    drawing: Drawing,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    due: str = "",
) -> str:
    """Draft a report on the period of a drawing, and return its name.

    What figures answer is drawn; what the last submitted report of the form said of how things are is carried over, to
    be confirmed. `edition` "" is the newest; `due` is an ISO day, "" for none.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such edition.
        FigureFailed: a figure cannot be drawn.

    Source: PoA II.33, ITI 36.
    """
    require_step(EventKind.REPORT_DRAFTED, actor, stores)
    try:
        asked = edition_of(form, edition)
    except NoSuchEdition:
        raise refused("reporting.no_such_edition", field="edition", form=form, edition=edition) from None
    drawn = list(drawn_answers(asked, drawing))
    with stores.atomic():
        last = last_final(stores, form)
        name = stores.dossiers.next_name("report", clock.now().year)
        details: dict[str, Plain] = {
            "form": form,
            "edition": asked.edition,
            "period_first": drawing.period.first.isoformat(),
            "period_last": drawing.period.last.isoformat(),
            "due": due,
            "last_report": last.name if last else "",
        }
        known = {each.question for each in drawn}
        carried = [each for each in carried_answers(asked, last) if each.question not in known] if last else []
        append_step(EventKind.REPORT_DRAFTED, name, details, actor, stores, clock)
        _keep(name, [*drawn, *carried], actor, stores, clock)
    return name


def draw_again(*, report: str, drawing: Drawing, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Draw the figures of an open report anew, from the record as a drawing has it.

    What somebody said instead of a figure stays, beside the new figure.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such report, or it is submitted, or the drawing is of another period.
        FigureFailed: a figure cannot be drawn.
    """
    require_step(EventKind.REPORT_ANSWERED, actor, stores)
    with stores.atomic():
        known = _open(report, stores)
        if drawing.period != known.period:
            raise refused("reporting.other_period", report=report)
        typed = [each for name, each in known.answers.items() if name in known.drawn and each.origin is Origin.TYPED]
        drawn = [_as_open(each, known) for each in drawn_answers(known.in_edition(), drawing)]
        _keep(report, [*drawn, *typed], actor, stores, clock)


def answer_question(*, report: str, answer: Answer, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Answer a question of an open report. A value of None says, with a `reason`, that no answer can be given.

    An answer that somebody gives after the sign-off takes that back.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such report or question, it is submitted, or the answer does not fit: its note must
            say why a number differs from the record, or is not told by sex.

    Source: PoA II.33, BMS7 MEAS.3.
    """
    require_step(EventKind.REPORT_ANSWERED, actor, stores)
    with stores.atomic():
        known = _open(report, stores)
        asked = _question(known, answer.question)
        drawn = known.drawn.get(answer.question)
        given = replace(answer, origin=Origin.TYPED, figure="", head="")
        if drawn and drawn.value == answer.value:
            given = replace(drawn, note=answer.note, withheld=answer.withheld)
        if wrong := list(answer_findings(known, asked, given, clock.now().date())):
            raise ReportRefused(wrong)
        _keep(report, [given], actor, stores, clock)


def confirm_answers(
    *, report: str, questions: Sequence[str], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> int:
    """Confirm answers carried over from the last report, as still true; return how many.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such report, it is submitted, or an answer does not fit.
    """
    require_step(EventKind.REPORT_ANSWERED, actor, stores)
    with stores.atomic():
        known = _open(report, stores)
        waiting = [
            replace(known.answers[each], origin=Origin.TYPED)
            for each in dict.fromkeys(questions)
            if each in known.answers and known.answers[each].origin is Origin.CARRIED
        ]
        today = clock.now().date()
        wrong = [
            finding
            for each in waiting
            for finding in answer_findings(known, _question(known, each.question), each, today)
        ]
        if wrong:
            raise ReportRefused(wrong)
        _keep(report, waiting, actor, stores, clock)
    return len(waiting)


def assign_section(
    *, report: str, section: str, owner: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Say which account answers for a section.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such report or section, or it is submitted.
    """
    require_step(EventKind.REPORT_SECTION_ASSIGNED, actor, stores)
    with stores.atomic():
        known = _open(report, stores)
        if section not in [each.id for each in known.in_edition().sections]:
            raise refused("reporting.no_such_section", field="section", section=section)
        details: dict[str, Plain] = {"section": section, "owner": owner}
        append_step(EventKind.REPORT_SECTION_ASSIGNED, report, details, actor, stores, clock)


def comment_on_report(
    *, report: str, text: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, question: str = ""
) -> None:
    """Say something of a report, or of one of its questions.

    Raises:
        NotPermitted: the actor may not read reports.
        ReportRefused: there is no such report or question, it is submitted, or nothing is said.
    """
    require_step(EventKind.REPORT_COMMENTED, actor, stores)
    if not text.strip():
        raise refused("reporting.text_missing", field="note", question=question)
    with stores.atomic():
        known = _open(report, stores)
        if question:
            _question(known, question)
        details: dict[str, Plain] = {"question": question, "note": text.strip()}
        append_step(EventKind.REPORT_COMMENTED, report, details, actor, stores, clock)


def sign_off_report(*, report: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, note: str = "") -> None:
    """Sign a report off, as somebody who wrote none of it.

    Raises:
        NotPermitted: the actor may not approve reports, or wrote some of it.
        ReportRefused: there is no such report, it is not a draft, or a check stops it.

    Source: ITI 36.
    """
    require_step(EventKind.REPORT_SIGNED_OFF, actor, stores)
    with stores.atomic():
        known = standing_report(report, EventKind.REPORT_SIGNED_OFF, stores)
        for each in sorted(known.writers):
            require_second_person(each, actor)
        checks = check_report(known, known.in_edition(), clock.now().date())
        if stopping := [each.finding for each in checks if each.stops]:
            raise ReportRefused(stopping)
        details: dict[str, Plain] = {"note": note.strip()}
        append_step(EventKind.REPORT_SIGNED_OFF, report, details, actor, stores, clock)


def submit_report(*, report: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, note: str = "") -> None:
    """Submit a report that was signed off: what it answers is frozen, with the head of the record.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such report, or it is not signed off.

    Source: PoA II.33, ITI 36.
    """
    require_step(EventKind.REPORT_SUBMITTED, actor, stores)
    with stores.atomic():
        known = standing_report(report, EventKind.REPORT_SUBMITTED, stores)
        details: dict[str, Plain] = {
            "head": _head(stores),
            "fingerprint": known.sum(),
            "note": note.strip(),
        }
        append_step(EventKind.REPORT_SUBMITTED, report, details, actor, stores, clock)


def withdraw_report(*, report: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Withdraw a report that was not submitted.

    Raises:
        NotPermitted: the actor may not write reports.
        ReportRefused: there is no such report, it is submitted, or no reason is given.
    """
    require_step(EventKind.REPORT_WITHDRAWN, actor, stores)
    if not reason.strip():
        raise refused("reporting.reason_missing", field="reason", question="")
    with stores.atomic():
        standing_report(report, EventKind.REPORT_WITHDRAWN, stores)
        details: dict[str, Plain] = {"reason": reason.strip()}
        append_step(EventKind.REPORT_WITHDRAWN, report, details, actor, stores, clock)


def _known(name: str, stores: RecordkeepingStores) -> Report:
    try:
        return report_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refused("reporting.no_such_report", report=name) from None


def _open(name: str, stores: RecordkeepingStores) -> Report:
    known = _known(name, stores)
    if not known.open:
        raise refused("reporting.report_closed", report=name, standing=known.standing)
    return known


def standing_report(name: str, kind: EventKind, stores: RecordkeepingStores) -> Report:
    """Return a report that stands where a step may follow.

    Raises:
        ReportRefused: there is no such report, or it stands otherwise.
    """
    known = _known(name, stores)
    if known.standing not in event_kinds()[kind].follows:
        raise refused("reporting.wrong_standing", report=name, standing=known.standing, step=kind.value)
    return known


def _as_open(answer: Answer, report: Report) -> Answer:
    """Return an answer drawn anew, for publication or not as the one before it."""
    before = report.answers.get(answer.question)
    return replace(answer, withheld=True) if before and before.withheld else answer


def _question(report: Report, name: str) -> Question:
    try:
        return report.in_edition().question(name)
    except KeyError:
        raise refused("reporting.no_such_question", field="question", question=name) from None


def _keep(name: str, answers: Sequence[Answer], actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    for parcel in parcels(answers):
        details: dict[str, Plain] = {"answers": parcel}
        append_step(EventKind.REPORT_ANSWERED, name, details, actor, stores, clock)


def _head(stores: RecordkeepingStores) -> str:
    head = stores.records.head()
    return f"{head.size}.{head.root.hex()}" if head else ""


def refused(code: str, /, **facts: Plain) -> ReportRefused:
    """Return a refusal that cites what asks for the report."""
    return ReportRefused([Finding(code, _REPORT, facts)])
