from django import forms
from django.http import HttpResponse

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.web.access import Desk, needs
from tracemark.web.forms import DeskForm
from tracemark.web.pages import page
from tracemark.web.said import said

_EVENTS = 100
_READS = 50


class ReadsForm(DeskForm):
    """Whose data: the holder text that stands in the record."""

    holder = forms.CharField(
        label=said("web.audit.holder"),
        help_text=said("web.audit.holder_hint"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )


@needs(Permission.AUDIT_READ)
def audit(desk: Desk) -> HttpResponse:
    """List the newest events of the whole record: what was written, by whom, for which authority."""
    events = recordkeeping.newest_events(actor=desk.actor, stores=desk.node.stores, count=_EVENTS)
    return page(desk, "web/audit/events.html", events=events)


@needs(Permission.AUDIT_READ)
def reads(desk: Desk) -> HttpResponse:
    """List who read personal data, when and why: one person's, so that they can be told, or the newest of all."""
    form = ReadsForm(desk.GET or None)
    one = form.is_valid()
    if one:
        holder = form.cleaned_data["holder"].strip()
        found = recordkeeping.reads_of_person(holder=holder, actor=desk.actor, stores=desk.node.stores)
    else:
        found = recordkeeping.newest_reads(actor=desk.actor, stores=desk.node.stores, count=_READS)
    return page(desk, "web/audit/reads.html", form=form, reads=found, one=one)
