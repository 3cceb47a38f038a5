from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from ninja import Router
from ninja.responses import Status as Answer

from tracemark import reporting
from tracemark.api.access import Call, needs
from tracemark.api.problems import not_found
from tracemark.api.schemas.statistics import (
    DeclinedIn,
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
    """State numbers, all or none; in place of what is stated already they are proposed, and `note` says why."""
    acting = request.auth.acting
    rows = [(place, each.row()) for place, each in enumerate(body.rows, 1)]
    told = reporting.read_statistics(STATISTICS_COLUMNS, rows, this_year=acting["clock"].now().year)
    stated = reporting.state_statistics(statements=told, document=body.document, note=body.note, **acting)
    return Answer(201, StatedOut(new=stated.new, proposed=stated.proposed, unchanged=stated.unchanged))


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
    """Propose to withdraw a statement: once another person approves, its series and year count as not stated."""
    return _settled(request, statement, partial(reporting.withdraw_statistics, note=body.note))


@router.post("/statistics/{statement}/approval", response={201: StatementOut}, operation_id="approve_statistics")
@needs(Permission.STATISTICS_APPROVE)
def approve_statistics(request: Call, statement: DossierName) -> Answer[StatementOut] | HttpResponse:
    """Put in the place of a statement what another person proposed, or withdraw it."""
    return _settled(request, statement, reporting.approve_statistics)


@router.post("/statistics/{statement}/refusal", response={201: StatementOut}, operation_id="decline_statistics")
@needs(Permission.STATISTICS_APPROVE)
def decline_statistics(request: Call, statement: DossierName, body: DeclinedIn) -> Answer[StatementOut] | HttpResponse:
    """Leave a statement as it is, and say why."""
    return _settled(request, statement, partial(reporting.decline_statistics, reason=body.reason))


def _settled(request: Call, statement: str, step: Callable[..., None]) -> Answer[StatementOut] | HttpResponse:
    """Take a step with a statement, and give it as it stands then; 404 where there is none."""
    try:
        reporting.statement_record(name=statement, **request.auth.reading)
    except StatisticsRefused:
        return not_found(request)
    step(name=statement, **request.auth.acting)
    return Answer(201, StatementOut.of(reporting.statement_record(name=statement, **request.auth.reading)))
