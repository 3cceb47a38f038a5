from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from tracemark import correspondence, node, secretariat, wording
from tracemark.authorities import Level, Permission
from tracemark.kernel import Citation
from tracemark.reporting import NATIONAL, Denominator
from tracemark.secretariat import CommitmentRow, RegionalIndicator, RegionalTable, StateTable
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page
from tracemark.web.said import spoken

_MOST_SUMS = 100


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A commitment across States: a cell each, with what every report answered, and whether the last came nearer."""

    question: str
    paragraph: Citation
    cells: tuple[tuple[Sequence[str], int], ...]


@needs(Permission.PEER_READ)
def secretariat_desk(desk: Desk) -> HttpResponse:
    """Show what States told a region or the world: warnings, SDG 16.4.2, sums, owed reports, contacts, commitments."""
    if desk.node.level is Level.NATIONAL:
        raise Http404
    members, today = node.member_states(desk.node), desk.node.clock.now().date()
    reports, tables = list(node.told_reports(desk.node)), list(node.told_tables(desk.node))
    peers = correspondence.peer_list(actor=desk.actor, stores=desk.node.stores)
    return page(
        desk,
        "web/secretariat/desk.html",
        members=members,
        warnings=secretariat.early_warnings(node.told_least(desk.node), today),
        indicators=_indicators(tables, members),
        sums=_sums(tables, members),
        owed=secretariat.owed_returns(members, reports, NATIONAL, today),
        contacts=[(each, correspondence.is_stale(each, today)) for each in peers if each.is_known],
        matrix=[_row(each, members) for each in secretariat.commitment_rows(reports, NATIONAL)],
    )


def _indicators(told: Sequence[StateTable], members: Sequence[str]) -> list[tuple[RegionalIndicator, str, Any]]:
    """SDG 16.4.2 for each period that a State told, under the terms of each denominator, with who is missing."""
    found = [
        secretariat.regional_indicator(denominator, period, told, members)
        for denominator in Denominator
        for period in secretariat.told_periods(denominator, told)
    ]
    return [
        (each, "; ".join(wording.terms_texts(each.terms, to=spoken())), sorted(each.missing.items()))
        for each in found[-_MOST_SUMS:]
    ]


def _sums(told: Sequence[StateTable], members: Sequence[str]) -> list[tuple[RegionalTable, Any]]:
    """Each figure of each period that a State told, added up over all of them, with who is missing and why."""
    asked = {(each.table.figure, each.table.period): each.table.by for each in told if each.stands}
    found = [
        secretariat.roll_up(figure, period, by, told, members)
        for (figure, period), by in sorted(asked.items(), key=lambda each: (each[0][0], str(each[0][1])))
    ]
    return [(each, sorted(each.whole.missing.items())) for each in found[:_MOST_SUMS]]


def _row(row: CommitmentRow, members: Sequence[str]) -> MatrixRow:
    cells = (([answer for _, answer in row.answers.get(state, ())], row.change(state)) for state in members)
    return MatrixRow(row.question, row.paragraph, tuple(cells))
