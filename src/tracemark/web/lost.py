import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import node, tracing
from tracemark.authorities import Permission
from tracemark.tracing import ListForm, LostList, LostWeapon, RowFault
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.lost import ImportListForm, ShareListForm
from tracemark.web.pages import page, tell
from tracemark.web.said import say
from tracemark.web.uploads import LARGEST_BYTES

_MOST_FAULTS = 50


@needs(Permission.TRACE_READ)
def lost_lists(desk: Desk) -> HttpResponse:
    """List the lists of lost and stolen weapons that were shared and are kept."""
    return _lists_page(desk)


@needs(Permission.TRACE_ASK)
@require_POST
def share_lost(desk: Desk) -> HttpResponse:
    """Post what the register says is lost or stolen to another node."""
    form = ShareListForm(desk.POST, nodes=_nodes(desk), auto_id="share_%s")
    given = form.cleaned_data if form.is_valid() else {}
    act = lambda: node.share_lost_list(desk.node, given["node"], ListForm(given["form"]), desk.actor)  # noqa: E731
    if shared := taken(desk, form, act):
        tell(desk, "web.lost.shared", list=shared.name, to=shared.peer)
        return redirect("lost_list", shared.name)
    return _lists_page(desk, share=form)


@needs(Permission.TRACE_ASK)
@require_POST
def import_lost(desk: Desk) -> HttpResponse:
    """Keep a list that came as a file, or name each row that is wrong."""
    form = ImportListForm(desk.POST, desk.FILES, auto_id="import_%s")
    if kept := taken(desk, form, lambda: _imported(desk, form)):
        tell(desk, "web.lost.kept", list=kept.name)
        return redirect("lost_list", kept.name)
    return _lists_page(desk, imported=form)


@needs(Permission.TRACE_READ)
@require_http_methods(["GET", "POST"])
def lost_list(desk: Desk, name: str) -> HttpResponse:
    """Show a list with what fits; its weapons, which are told in confidence, once they are asked for."""
    try:
        known = tracing.lost_list_named(name, desk.node.stores)
    except KeyError:
        raise Http404 from None
    entries: list[LostWeapon] = []
    form = DeskForm(desk.POST) if desk.method == "POST" else DeskForm()
    if desk.method == "POST":
        entries = taken(desk, form, lambda: _entries(desk, known)) or []
    status = 422 if form.errors else 200
    readable = not known.ours and known.form is ListForm.FULL
    return page(desk, "web/lost/list.html", status, known=known, entries=entries, readable=readable, form=form)


def _entries(desk: Desk, known: LostList) -> list[LostWeapon]:
    return tracing.lost_entries(name=known.name, actor=desk.actor, bureau=desk.node.bureau)


def _imported(desk: Desk, form: ImportListForm) -> LostList | None:
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory(dir=desk.node.folder if desk.node.folder.is_dir() else None) as folder:
        place = Path(folder) / Path(file.name or "list.csv").name
        place.write_bytes(file.read(LARGEST_BYTES))
        kept, faults = node.import_lost_list(desk.node, place, form.cleaned_data["state"], desk.actor)
    _name_faults(form, faults)
    return kept


def _name_faults(form: ImportListForm, faults: Sequence[RowFault]) -> None:
    for each in faults[:_MOST_FAULTS]:
        why = say(each.code, value=each.value)
        said = say("web.lost.row", row=each.row, field=say(f"tracing.lost_field_{each.field}"), why=why)
        form.add_error("file", said)


def _nodes(desk: Desk) -> list[str]:
    return sorted(each.name for each in desk.node.directory.all() if each.is_known)


def _lists_page(desk: Desk, share: ShareListForm | None = None, imported: ImportListForm | None = None) -> HttpResponse:
    nodes = _nodes(desk)
    return page(
        desk,
        "web/lost/lists.html",
        422 if share or imported else 200,
        lists=tracing.lost_lists(actor=desk.actor, stores=desk.node.stores),
        nodes=nodes,
        share=share or ShareListForm(nodes=nodes, auto_id="share_%s"),
        imported=imported or ImportListForm(auto_id="import_%s"),
    )
