from pathlib import Path
from tempfile import TemporaryDirectory

from ninja import File, Form, Router, UploadedFile
from ninja.responses import Status as Answer

from tracemark import node, tracing
from tracemark.api.access import Call, needs
from tracemark.api.limits import MULTIPART
from tracemark.api.schemas.lost import (
    FromState,
    LostEntriesOut,
    LostImportOut,
    LostListOut,
    LostListsOut,
    LostSharingIn,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission

router = Router(tags=["interstate"])


@router.get("/lost-lists", response=LostListsOut, operation_id="list_lost_lists")
@needs(Permission.TRACE_READ)
def list_lost_lists(request: Call) -> LostListsOut:
    """List the lists of lost and stolen weapons that were shared and that are kept, the newest first."""
    return LostListsOut(items=list(map(LostListOut.of, tracing.lost_lists(**request.auth.reading))))


@router.post("/lost-lists", response={201: LostListOut}, operation_id="share_lost_list")
@needs(Permission.TRACE_ASK)
def share_lost_list(request: Call, body: LostSharingIn) -> Answer[LostListOut]:
    """Post what the register says is lost or stolen to another node; it leaves with the next delivery."""
    caller = request.auth
    return Answer(201, LostListOut.of(node.share_lost_list(caller.node, body.to, body.form, caller.actor)))


@router.post("/lost-lists/import", response={200: LostImportOut, 201: LostImportOut}, operation_id="import_lost_list")
@needs(Permission.TRACE_ASK, takes=MULTIPART)
def import_lost_list(request: Call, state: Form[FromState], file: File[UploadedFile]) -> Answer[LostImportOut]:
    """Keep a list that comes as a file (CSV, XLSX, ODS). With 200 a row is wrong, and nothing is kept."""
    caller = request.auth
    with TemporaryDirectory(prefix="tracemark-") as folder:
        place = Path(folder) / f"list{Path(file.name or '').suffix[:8]}"
        place.write_bytes(file.read())
        kept, faults = node.import_lost_list(caller.node, place, state, caller.actor)
    return Answer(201 if kept else 200, LostImportOut.of(kept, list(faults)))


@router.get("/lost-lists/{lost_list}", response=LostListOut, operation_id="read_lost_list")
@needs(Permission.TRACE_READ)
def read_lost_list(request: Call, lost_list: DossierName) -> LostListOut:
    """Give a list with what fits it, without its entries."""
    return LostListOut.of(tracing.lost_list_named(lost_list, request.auth.node.stores))


@router.post("/lost-lists/{lost_list}/read", response=LostEntriesOut, operation_id="read_lost_entries")
@needs(Permission.TRACE_READ)
def read_lost_entries(request: Call, lost_list: DossierName) -> LostEntriesOut:
    """Show the weapons of a list that another State told in words; that they were read is noted."""
    caller = request.auth
    found = tracing.lost_entries(name=lost_list, actor=caller.actor, bureau=caller.node.bureau)
    return LostEntriesOut.of(found)
