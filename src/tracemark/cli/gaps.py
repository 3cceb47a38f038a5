"""Gaps of a report at the command line; apart from the commands, so that nothing is loaded where none is typed."""

from tracemark import reporting, wording
from tracemark.authorities import Role
from tracemark.cli.options import operator
from tracemark.cli.output import fail, reader_language
from tracemark.node import Node
from tracemark.reporting import Gap, Report


def gap_at(node: Node, report: str, question: str) -> tuple[Gap, Report]:
    """Return a gap of a report with the report, or end the command where there is none."""
    try:
        known = reporting.report(name=report, actor=operator(node, Role.AUDITOR), stores=node.stores)
    except KeyError:
        return fail("reporting.no_such_report", report=report)
    found = reporting.gap_of(known, reporting.published_scheme(), question)
    return (found, known) if found else fail("targets.no_gap", report=report, gap=question)


def words_of(gap: Gap) -> str:
    """Return a gap's question in the reader's language."""
    return wording.question_title(gap.question.id, to=reader_language())
