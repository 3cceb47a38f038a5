from django.http import HttpResponse
from ninja import Router
from ninja.responses import Status as Answer

from tracemark import reporting
from tracemark.api.access import Call, needs
from tracemark.api.problems import not_found
from tracemark.api.schemas.statistics import (
    SeriesListOut,
    SeriesOut,
    StatedOut,
    StatementOut,
    StatementsOut,
    StatisticsIn,
    WithdrawalIn,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission
from tracemark.reporting import STATISTICS_COLUMNS, StatisticsRefused

router = Router(tags=["figures"])


@router.get("/statistics/series", response=SeriesListOut, operation_id="list_series")
@needs(Permission.FIGURE_READ)
def list_series(request: Call) -> SeriesListOut:  # noqa: ARG001 - django-ninja hands it to every view
    """List what can be stated, and by what each number must or may be told."""
    return SeriesListOut(items=list(map(SeriesOut.of, reporting.statistics().values())))


@router.get("/statistics", response=StatementsOut, operation_id="list_statements")
@needs(Permission.FIGURE_READ)
def list_statements(request: Call) -> StatementsOut:
    """List what is stated, by series and year."""
    found = reporting.statement_list(**request.auth.reading)
    return StatementsOut(items=list(map(StatementOut.of, found)))


@router.post("/statistics", response={201: StatedOut}, operation_id="state_statistics")
@needs(Permission.STATISTICS_WRITE)
def state_statistics(request: Call, body: StatisticsIn) -> Answer[StatedOut]:
    """State numbers, all or none; what is stated already of a series and year is superseded, and `note` says why."""
    acting = request.auth.acting
    rows = [(place, each.row()) for place, each in enumerate(body.rows, 1)]
    told = reporting.read_statistics(STATISTICS_COLUMNS, rows, this_year=acting["clock"].now().year)
    stated = reporting.state_statistics(statements=told, document=body.document, note=body.note, **acting)
    return Answer(201, StatedOut(new=stated.new, revised=stated.revised, unchanged=stated.unchanged))


@router.get("/statistics/{statement}", response=StatementOut, operation_id="read_statement")
@needs(Permission.FIGURE_READ)
def read_statement(request: Call, statement: DossierName) -> StatementOut | HttpResponse:
    """Give a statement with each version of it, the newest last."""
    try:
        return StatementOut.of(reporting.statement_record(name=statement, **request.auth.reading))
    except StatisticsRefused:
        return not_found(request)


@router.post("/statistics/{statement}/withdrawal", response={201: StatementOut}, operation_id="withdraw_statement")
@needs(Permission.STATISTICS_WRITE)
def withdraw_statement(
    request: Call, statement: DossierName, body: WithdrawalIn
) -> Answer[StatementOut] | HttpResponse:
    """Withdraw a statement: its series and year count as not stated from then on."""
    found = read_statement(request, statement)
    if isinstance(found, HttpResponse):
        return found
    reporting.withdraw_statistics(name=statement, note=body.note, **request.auth.acting)
    return Answer(201, StatementOut.of(reporting.statement_record(name=statement, **request.auth.reading)))
