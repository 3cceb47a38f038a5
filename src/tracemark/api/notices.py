from ninja import Router
from ninja.responses import Status as Answer

from tracemark import node
from tracemark.api.access import Call, needs
from tracemark.api.schemas.notices import NoticePostedOut, NoticeSendingIn, ToldNoticeOut, ToldNoticesOut
from tracemark.authorities import Permission

router = Router(tags=["interstate"])


@router.get("/notices", response=ToldNoticesOut, operation_id="list_told_notices")
@needs(Permission.SIGNAL_READ)
def list_told_notices(request: Call) -> ToldNoticesOut:
    """List what other States told of diversion, of refused licences and of their embargoes, the newest first."""
    return ToldNoticesOut(items=list(map(ToldNoticeOut.of, node.told_notices(request.auth.node))))


@router.post("/notices", response={201: NoticePostedOut}, operation_id="send_notice")
@needs(Permission.SIGNAL_SHARE, Permission.LICENCE_DECIDE, Permission.SCREENING_WRITE)
def send_notice(request: Call, body: NoticeSendingIn) -> Answer[NoticePostedOut]:
    """Tell another node of a signal, a refused licence or an own embargo; it leaves with the next delivery.

    A State's node is sent the whole, a region or the world only pattern, day and numbers.
    """
    caller = request.auth
    return Answer(201, NoticePostedOut(message=node.send_notice(caller.node, body.about, body.to, caller.actor)))
