from datetime import datetime

from django import forms
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.recordkeeping import Checkpoint
from tracemark.web.access import Desk, needs
from tracemark.web.forms import DeskForm
from tracemark.web.pages import page
from tracemark.web.said import said

_HEADS = 20
_FAULTS = 200


class VerifyForm(DeskForm):
    """What is verified besides the record."""

    with_register = forms.BooleanField(
        label=said("web.verification.with_register"),
        help_text=said("web.verification.with_register_hint"),
        required=False,
    )
    every_head = forms.BooleanField(
        label=said("web.verification.every_head"),
        help_text=said("web.verification.every_head_hint"),
        required=False,
    )


@needs(Permission.RECORD_VERIFY)
@require_http_methods(["GET", "POST"])
def verification(desk: Desk) -> HttpResponse:
    """Show the newest signed heads; by POST, read the whole record against them and say what was touched."""
    form = VerifyForm(desk.POST if desk.method == "POST" else None)
    heads = recordkeeping.newest_heads(actor=desk.actor, stores=desk.node.stores, count=_HEADS)
    found = None
    if desk.method == "POST" and form.is_valid():
        found = desk.node.verify(desk.actor, **form.cleaned_data)
        recordkeeping.note_verification(found=found, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    return page(
        desk,
        "web/audit/verification.html",
        form=form,
        heads=[(head, _sealed_at(desk, head)) for head in heads],
        kept=recordkeeping.newest_verifications(actor=desk.actor, stores=desk.node.stores, count=_HEADS),
        found=found,
        faults=found.faults[:_FAULTS] if found else (),
        rest=max(0, len(found.faults) - _FAULTS) if found else 0,
    )


def _sealed_at(desk: Desk, head: Checkpoint) -> datetime | None:
    """When the last event under a head was recorded; None where it is gone, which verification will say."""
    try:
        return desk.node.stores.records.at(head.size - 1).recorded_at
    except (KeyError, ValueError):
        return None


@needs(Permission.RECORD_VERIFY)
def checkpoint(desk: Desk) -> HttpResponse:
    """Give the newest signed head as a file, to be kept elsewhere and compared with later."""
    heads = recordkeeping.newest_heads(actor=desk.actor, stores=desk.node.stores, count=1)
    if not heads:
        raise Http404
    [head] = heads
    answer = HttpResponse(str(head), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="checkpoint-{head.size}.txt"'
    return answer
