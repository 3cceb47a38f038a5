from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import diversion, node, transfers, wording
from tracemark.authorities import Level, Permission, require
from tracemark.correspondence import Peer
from tracemark.diversion import Notice
from tracemark.transfers import Denial, Embargo
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import taken
from tracemark.web.forms.notices import SendNoticeForm
from tracemark.web.pages import page, tell
from tracemark.web.said import say, spoken


@needs(Permission.SIGNAL_READ)
def notices(desk: Desk) -> HttpResponse:
    """Show the notices that other States told: of signals, refusals and embargoes."""
    told = node.told_notices(desk.node)
    return page(
        desk,
        "web/notices/notices.html",
        signals=[each for each in told if isinstance(each.notice, Notice)],
        denials=[each for each in told if isinstance(each.notice, Denial)],
        embargoes=[each for each in told if isinstance(each.notice, Embargo)],
    )


@needs(Permission.SIGNAL_SHARE, Permission.LICENCE_DECIDE, Permission.SCREENING_WRITE)
@require_http_methods(["GET", "POST"])
def send_notice(desk: Desk, name: str) -> HttpResponse:
    """Post a signal, a refused licence or an own embargo to chosen nodes, and show to whom it went and when."""
    _require_seen(desk, name)
    form = _form(desk, desk.POST if desk.method == "POST" else None)
    if to := taken(desk, form, lambda: node.send_notices(desk.node, name, form.cleaned_data["nodes"], desk.actor)):
        tell(desk, "web.notices.posted", name=name, to=say("wording.list_comma").join(to))
        shown = _PAGES.get(name[:2])
        return redirect(shown, name) if shown else redirect("send_notice", name)
    return page(desk, "web/notices/send.html", 422 if form.errors else 200, sending=sending(desk, name, form))


def sending(desk: Desk, name: str, form: SendNoticeForm | None = None) -> dict[str, Any]:
    """Return what a page shows that lets a notice be sent: the form, and the notices that were posted already."""
    return {"name": name, "form": form or _form(desk), "posted": node.sent_notices(desk.node, name)}


def _form(desk: Desk, data: Any = None) -> SendNoticeForm:  # noqa: ANN401 - what a form takes
    known = sorted((each for each in desk.node.directory.all() if each.is_known), key=lambda each: each.name)
    return SendNoticeForm(data, nodes=[(each.name, _called(each)) for each in known], auto_id="id_send_%s")


def _called(peer: Peer) -> str:
    whose = wording.state_text(peer.card.state, to=spoken()) if peer.card.level is Level.NATIONAL else ""
    return f"{whose} ({peer.name})" if whose else peer.name


def _require_seen(desk: Desk, name: str) -> None:
    """Let in who may send a notice of such a dossier, and sees it.

    Raises:
        Http404: there is none.
        NotPermitted: the actor may not.
    """
    kind = name[:2]
    try:
        desk.node.stores.dossiers.dossier(name)
        permission, look = _SHARED[kind]
    except KeyError:
        raise Http404 from None
    require(desk.actor, permission)
    look(desk, name)


def _look_at_embargo(desk: Desk, name: str) -> None:
    if all(each.code != name for each in transfers.own_embargoes(desk.node.stores)):
        raise Http404


_PAGES = {"SG": "signal", "EL": "licence"}
_SHARED: dict[str, tuple[Permission, Callable[[Desk, str], object]]] = {
    "SG": (
        Permission.SIGNAL_SHARE,
        lambda desk, name: diversion.signal_record(name=name, actor=desk.actor, stores=desk.node.stores),
    ),
    "EL": (
        Permission.LICENCE_DECIDE,
        lambda desk, name: transfers.licence(name=name, actor=desk.actor, stores=desk.node.stores),
    ),
    "EM": (Permission.SCREENING_WRITE, _look_at_embargo),
}
