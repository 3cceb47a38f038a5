from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from tracemark import correspondence, node, secretariat
from tracemark.authorities import Level, Permission
from tracemark.kernel import Citation
from tracemark.reporting import NATIONAL
from tracemark.secretariat import CommitmentRow, RegionalTable, StateTable
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page

_MOST_SUMS = 100


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A commitment across States: a cell each, with what every report answered, and whether the last came nearer."""

    question: str
    paragraph: Citation
    cells: tuple[tuple[Sequence[str], int], ...]


@needs(Permission.PEER_READ)
def secretariat_desk(desk: Desk) -> HttpResponse:
    """Show what States told a region or the world: warnings, sums, owed reports, contacts, commitments."""
    if desk.node.level is Level.NATIONAL:
        raise Http404
    members, today = node.member_states(desk.node), desk.node.clock.now().date()
    reports = list(node.told_reports(desk.node))
    peers = correspondence.peer_list(actor=desk.actor, stores=desk.node.stores)
    return page(
        desk,
        "web/secretariat/desk.html",
        members=members,
        warnings=secretariat.early_warnings(node.told_least(desk.node), today),
        sums=_sums(list(node.told_tables(desk.node)), members),
        owed=secretariat.owed_returns(members, reports, NATIONAL, today),
        contacts=[(each, correspondence.is_stale(each, today)) for each in peers if each.is_known],
        matrix=[_row(each, members) for each in secretariat.commitment_rows(reports, NATIONAL)],
    )


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
