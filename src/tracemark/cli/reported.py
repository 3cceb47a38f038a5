"""What `report` does and prints; apart from the commands, so that their help loads nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from tracemark import reporting, targets, wording
from tracemark.authorities import Role
from tracemark.cli.drawn import drawing_of, period_of
from tracemark.cli.options import bytes_of, node_at, operator, text_of, writer
from tracemark.cli.output import console, fail, fail_for, fail_with, print_json, print_line, reader_language, say
from tracemark.kernel import Finding
from tracemark.node import Node, ReportFile
from tracemark.reporting import Answer, Gap, NoSuchEdition, Report, Scheme, SchemeUnreadable


def draft(first: str, last: str, *, form: str, edition: str, due: str, db: str | None, as_json: bool) -> None:
    """Draft a report, and print its name and how much of it is answered."""
    period, opened = period_of(first, last), node_at(db)
    if due:
        period_of(due, due)
    actor = writer(opened, Role.POINT_OF_CONTACT)
    with drawing_of(opened, "", period) as drawing:
        name = reporting.draft_report(
            form=form, edition=edition, drawing=drawing, due=due, actor=actor, stores=opened.stores, clock=opened.clock
        )
    known = _report(opened, name)
    told = _told(known)
    if as_json:
        print_json(told)
    else:
        print_line("cli.report_drafted", **told, drawn=len(known.drawn))


def list_reports(form: str, *, db: str | None, as_json: bool) -> None:
    """Print the reports, newest first."""
    opened = node_at(db)
    found = reporting.report_list(actor=operator(opened, Role.AUDITOR), stores=opened.stores, form=form)
    if as_json:
        print_json({"reports": list(map(_told, found))})
        return
    if not found:
        print_line("cli.nothing_listed")
    for each in found:
        standing = say(f"recordkeeping.standing_{each.standing}")
        done, whole = each.progress(each.in_edition())
        period = f"{each.period.first} – {each.period.last}"
        console.print(f"{each.name}  {each.form} {each.edition}  {period}  {standing}  {done}/{whole}", soft_wrap=True)


def show(name: str, edition: str, *, db: str | None, as_json: bool) -> None:
    """Print a report by section."""
    opened = node_at(db)
    known, to = _report(opened, name), reader_language()
    laid_out = _edition(known, edition)
    if as_json:
        content = opened.papers.report(name, "json", operator(opened, Role.AUDITOR), to, laid_out.edition)
        console.file.write(content.decode())
        return
    for section, put in known.sections(laid_out):
        owner = known.owners.get(section.id, "")
        console.print(f"{section.number} {say(f'reporting.section_{section.id}')}  {owner}".rstrip(), style="bold")
        for asked, answer in put:
            value = wording.answer_text(asked.question, answer.value if answer else None, opened.agency_names, to=to)
            origin = f"[{say(f'reporting.origin_{answer.origin.value}')}]" if answer else ""
            console.print(
                f"  {asked.number} {wording.question_title(asked.question.id, to=to)} ({asked.question.id})",
                soft_wrap=True,
            )
            console.print(f"      {value} {origin}".rstrip(), soft_wrap=True)


def answer(
    name: str,
    question: str,
    value: str | None,
    *,
    file: Path | None,
    reason: str,
    note: str,
    withheld: bool,
    db: str | None,
) -> None:
    """Answer a question."""
    opened = node_at(db)
    actor = writer(opened, Role.POINT_OF_CONTACT)
    known = reporting.questions().get(question)
    if known is None:
        fail("reporting.no_such_question", question=question)
    if file is not None:
        value = opened.keep_attachment(bytes_of(file), actor)
    told = None if value is None else reporting.typed_value(known, value)
    given = Answer(question, told, note=note, reason=reason, withheld=withheld)
    reporting.answer_question(report=name, answer=given, actor=actor, stores=opened.stores, clock=opened.clock)
    print_line("cli.report_answered", report=name, question=question)


def confirm(name: str, chosen: Sequence[str], *, db: str | None) -> None:
    """Confirm what was carried over."""
    opened = node_at(db)
    count = reporting.confirm_answers(
        report=name,
        questions=chosen or list(_report(opened, name).answers),
        actor=writer(opened, Role.POINT_OF_CONTACT),
        stores=opened.stores,
        clock=opened.clock,
    )
    print_line("cli.report_confirmed", report=name, count=count)


def draw(name: str, *, compare: bool, db: str | None, as_json: bool) -> None:
    """Draw the figures anew, or compare them with themselves at the record they were drawn at."""
    opened = node_at(db)
    known, actor = _report(opened, name), writer(opened, Role.POINT_OF_CONTACT)
    if not compare:
        with drawing_of(opened, "", known.period) as drawing:
            reporting.draw_again(report=name, drawing=drawing, actor=actor, stores=opened.stores, clock=opened.clock)
        print_line("cli.report_drawn", report=name)
        return
    heads = sorted({int(each.head.partition(".")[0]) for each in known.drawn.values()})
    again = []
    for size in heads:
        with drawing_of(opened, "", known.period, size) as drawing:
            again += [each for each in reporting.redrawn(known, drawing)
                      if known.drawn[each.question.id].head == drawing.head]  # fmt: skip
    other = [each for each in again if not each.same]
    if as_json:
        print_json({"report": name, "drawn": len(again), "other": [each.question.id for each in other]})
    else:
        print_line("cli.report_compared", report=name, count=len(again), other=[each.question.id for each in other])
    if other or len(again) < len(known.drawn):
        raise SystemExit(1)


def assign(name: str, section: str, owner: str, *, db: str | None) -> None:
    """Say who answers for a section."""
    opened = node_at(db)
    actor = writer(opened, Role.POINT_OF_CONTACT)
    reporting.assign_section(
        report=name, section=section, owner=owner, actor=actor, stores=opened.stores, clock=opened.clock
    )
    print_line("cli.report_assigned", report=name, section=section, owner=owner)


def comment(name: str, text: str, question: str, *, db: str | None) -> None:
    """Comment on a report."""
    opened = node_at(db)
    actor = writer(opened, Role.POINT_OF_CONTACT)
    reporting.comment_on_report(
        report=name, text=text, question=question, actor=actor, stores=opened.stores, clock=opened.clock
    )
    print_line("cli.report_commented", report=name)


def check(name: str, *, db: str | None, as_json: bool) -> None:
    """Print what there is to say against a report; status 1 where something stops it."""
    opened, to = node_at(db), reader_language()
    _report(opened, name)
    found = reporting.report_checks(
        name=name, actor=operator(opened, Role.AUDITOR), stores=opened.stores, clock=opened.clock
    )
    stops = sum(each.stops for each in found)
    if as_json:
        plain = [
            {
                "question": each.question,
                "code": each.finding.code,
                "stops": each.stops,
                "explanation": wording.finding_text(each.finding, to=to),
            }
            for each in found
        ]
        print_json({"report": name, "stops": stops, "checks": plain})
    else:
        for each in found:
            mark = "✗" if each.stops else "·"
            console.print(f"{mark} {each.question}: {wording.finding_text(each.finding, to=to)}", soft_wrap=True)
        print_line("cli.report_checked", report=name, count=len(found), stops=stops)
    if stops:
        raise SystemExit(1)


def take(step: str, name: str, text: str, *, public_from: str = "", db: str | None) -> None:
    """Sign off, submit, propose to publish, publish, take back or withdraw a report."""
    opened = node_at(db)
    role = Role.APPROVER if step in ("sign_off", "publish", "take_back") else Role.POINT_OF_CONTACT
    by: dict[str, Any] = {"actor": writer(opened, role), "stores": opened.stores, "clock": opened.clock}
    if step == "sign_off":
        try:
            reporting.sign_off_report(report=name, note=text, **by)
        except reporting.ReportRefused as refused:
            fail_with(*map(_with_question, refused.findings))
    elif step == "submit":
        reporting.submit_report(report=name, note=text, **by)
    elif step == "propose":
        day = period_of(public_from, public_from).first if public_from else None
        reporting.propose_report_publication(report=name, public_from=day, note=text, **by)
    elif step == "publish":
        reporting.publish_report(report=name, note=text, **by)
    elif step == "take_back":
        reporting.take_back_report(report=name, reason=text, **by)
    else:
        reporting.withdraw_report(report=name, reason=text, **by)
    standing = _report(opened, name).standing
    print_line("cli.report_stands", report=name, standing=standing)


def _with_question(finding: Finding) -> str:
    text, question = wording.finding_text(finding, to=reader_language()), finding.facts.get("question")
    return f"{question}: {text}" if question else text


def export(name: str, form: ReportFile, *, language: str, edition: str, output: Path | None, db: str | None) -> None:
    """Write a report as a file."""
    opened = node_at(db)
    known = _report(opened, name)
    laid_out = _edition(known, edition)
    to = language or reader_language()
    if to not in [each.code for each in wording.LANGUAGES]:
        fail("cli.no_such_language", language=to, languages=[each.code for each in wording.LANGUAGES])
    content = opened.papers.report(name, form, operator(opened, Role.AUDITOR), to, laid_out.edition)
    place = output or Path(f"{name}-{to}.{form}")
    place.write_bytes(content)
    print_line("cli.report_exported", report=name, place=str(place), count=len(content))


def list_editions(form: str, edition: str, *, as_json: bool) -> None:
    """Print the editions, or one of them as JSON."""
    if edition:
        try:
            print_json(reporting.edition_of(form, edition).plain())
        except NoSuchEdition:
            fail("reporting.no_such_edition", form=form, edition=edition)
        return
    for each in reporting.editions().values():
        asked = list(each.asked)
        told = {
            "form": each.form,
            "edition": each.edition,
            "since": each.since.isoformat(),
            "questions": len(asked),
            "numbers_read": sum(one.read for one in asked),
            "figures": sum(bool(one.question.figure) for one in asked),
        }
        if as_json:
            print_json(told)
        else:
            print_line("cli.report_edition", **told)


def show_calendar(*, waiting: bool, db: str | None, as_json: bool) -> None:
    """Print what is due; with `waiting`, what somebody should be reminded of, and status 1 where there is any."""
    opened = node_at(db)
    found = reporting.reporting_calendar(actor=operator(opened, Role.AUDITOR), stores=opened.stores, clock=opened.clock)
    shown = [each for each in found if each.waits or not waiting]
    if as_json:
        print_json({"due": [each.plain() for each in shown]})
    else:
        for each in shown:
            state = say(f"reporting.due_{each.state.value}")
            period = f"{each.period.first} – {each.period.last}"
            console.print(f"{each.on}  {each.form}  {period}  {state}  {each.report}".rstrip(), soft_wrap=True)
    if waiting and shown:
        raise SystemExit(1)


def assess(name: str, file: Path | None, *, db: str | None, as_json: bool) -> None:
    """Print the points of a report with its gaps, or of all submitted ones as a trend."""
    opened, scheme = node_at(db), _scheme(file)
    if not name:
        trend = reporting.assessment_trend(
            form=reporting.NATIONAL, scheme=scheme, actor=operator(opened, Role.AUDITOR), stores=opened.stores
        )
        if not trend and not as_json:
            print_line("cli.no_report_submitted")
        for report, each in trend:
            _print_points(report, each.plain(), as_json=as_json)
        return
    known = _report(opened, name)
    found, missing = reporting.assess(known, scheme), list(reporting.gaps(known, scheme))
    year = opened.clock.now().year + 2
    answered = targets.answering(actor=operator(opened, Role.AUDITOR), stores=opened.stores)
    if as_json:
        by = {gap: [targets.answering_plain(each) for each in what] for gap, what in answered.items()}
        plain = [{**_gap(each, year), "answered_by": by.get(each.question.id, [])} for each in missing]
        print_json({**found.plain(), "gaps": plain})
        return
    _print_points(known, found.plain(), as_json=False)
    table = Table(box=None, pad_edge=False, show_header=False)
    for score in found.scores:
        table.add_row(say(f"reporting.theme_{score.theme}"), str(score.points), str(score.available))
    console.print(table)
    for gap in missing:
        told = _gap(gap, year)
        console.print(f"{told['question']} ({told['paragraph']}): {told['target']}", soft_wrap=True)
        for answer_to in answered.get(gap.question.id, []):
            console.print(f"    {answer_to.dossier} {answer_to.activity} {answer_to.title}", soft_wrap=True)


def _gap(gap: Gap, year: int) -> dict[str, str]:
    question = gap.question
    facts = {"question": question.id, "theme": gap.theme, "source": str(question.paragraph), "year": str(year)}
    told = {"question": question.id, "paragraph": str(question.paragraph), "theme": gap.theme, "answer": gap.answer}
    return {**told, **{each: say(f"reporting.gap_{each}", **facts) for each in ("target", "action", "request")}}


def _print_points(report: Report, told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json({**told, "last": report.period.last.isoformat()})
    else:
        print_line("cli.report_points", **told, period=f"{report.period.first} – {report.period.last}")


def _scheme(file: Path | None) -> Scheme:
    if file is None:
        return reporting.published_scheme()
    try:
        return reporting.read_scheme(text_of(file))
    except SchemeUnreadable as error:
        return fail_for(error, "cli.scheme_unreadable", file=str(file))


def _report(opened: Node, name: str) -> Report:
    try:
        return reporting.report(name=name, actor=operator(opened, Role.AUDITOR), stores=opened.stores)
    except KeyError:
        return fail("reporting.no_such_report", report=name)


def _edition(known: Report, edition: str) -> reporting.Edition:
    try:
        return known.in_edition(edition)
    except NoSuchEdition:
        return fail("reporting.no_such_edition", form=known.form, edition=edition)


def _told(known: Report) -> dict[str, Any]:
    done, whole = known.progress(known.in_edition())
    return {
        "report": known.name,
        "form": known.form,
        "edition": known.edition,
        "first": known.period.first.isoformat(),
        "last": known.period.last.isoformat(),
        "standing": known.standing,
        "answered": done,
        "asked": whole,
        "head": known.head,
    }
