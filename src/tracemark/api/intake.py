from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ninja import File, Form, Router, UploadedFile
from ninja.responses import Status as Answer

from tracemark import intake
from tracemark.api.access import Call, needs
from tracemark.api.limits import MULTIPART
from tracemark.api.schemas.events import RecordedOut
from tracemark.api.schemas.fields import Limit, Number
from tracemark.api.schemas.intake import HeldJudgementIn, HeldPage, ReportOut, RunOut, TableReadingIn
from tracemark.authorities import Permission
from tracemark.intake import HeldState, Intake
from tracemark.node import Node

router = Router(tags=["intake"])

_READERS = (Permission.IMPORT_COMMIT, Permission.DUPLICATES_JUDGE, Permission.AUDIT_READ)


@router.post("/imports/dry-run", response=ReportOut, operation_id="try_import")
@needs(Permission.IMPORT_DRY_RUN, takes=MULTIPART)
def try_import(request: Call, reading: Form[TableReadingIn], file: File[UploadedFile]) -> ReportOut:
    """Say row by row what an import of a table (CSV, XLSX, XLS, ODS) would do. Writes nothing.

    `sheet` and `heading_row` say where in a spreadsheet the table stands; left out, it is found.
    """
    caller = request.auth
    with _taken(file, reading, caller.node) as taken:
        report = intake.dry_run(intake=taken, actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock)
    return ReportOut.of(report, caller.language)


@router.post("/imports", response={201: ReportOut}, operation_id="import_table")
@needs(Permission.IMPORT_COMMIT, takes=MULTIPART)
def import_table(request: Call, reading: Form[TableReadingIn], file: File[UploadedFile]) -> Answer[ReportOut]:
    """Import a table in sealed batches. The same file twice changes nothing; an interrupted one goes on."""
    caller = request.auth
    with _taken(file, reading, caller.node) as taken:
        report = intake.import_table(
            intake=taken, actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock
        )
    return Answer(201, ReportOut.of(report, caller.language))


@router.get("/imports/{run}", response=RunOut, operation_id="read_import")
@needs(*_READERS)
def read_import(request: Call, run: Number) -> RunOut:
    """Say how far an import has come."""
    return RunOut.of(request.auth.node.stores.intake.run(run))


@router.get("/imports/{run}/held", response=HeldPage, operation_id="list_held")
@needs(*_READERS)
def list_held(
    request: Call, run: Number, state: HeldState | None = None, after: Number = 0, limit: Limit = 50
) -> HeldPage:
    """List the rows of an import that were set aside."""
    store = request.auth.node.stores.intake
    found = store.page(state=state, run=store.run(run).id, after=after, limit=limit + 1)
    return HeldPage.of(found, limit)


@router.post("/held/{row}/judgement", response={201: RecordedOut}, operation_id="judge_held")
@needs(Permission.DUPLICATES_JUDGE)
def judge_held(request: Call, row: Number, body: HeldJudgementIn) -> Answer[RecordedOut]:
    """Settle a held row: it is a weapon on record, which gains the events it lacks, or a new one."""
    caller = request.auth
    recorded = intake.judge_held(
        held=row,
        same_as=body.same_as,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(201, RecordedOut.of(recorded))


@contextmanager
def _taken(file: UploadedFile, reading: TableReadingIn, node: Node) -> Iterator[Intake]:
    """Lay what was sent into a file of its own for as long as it is read."""
    with TemporaryDirectory(prefix="tracemark-") as folder:
        path = Path(folder) / _name(file.name or "")
        with path.open("wb") as written:
            for chunk in file.chunks():
                written.write(chunk)
        yield node.intake_of(path, reading.profile, sheet=reading.sheet, heading_row=reading.heading_row)


def _name(given: str) -> str:
    """Return a name that is safe on any disk; its ending tells a spreadsheet from a text."""
    kept = "".join(each for each in Path(given).name if each.isalnum() or each in "._- ")[-80:].strip(". ")
    return kept or "table"
