from django import forms
from django.http import HttpResponse
from django.utils.http import urlencode

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.recordkeeping import EventPage
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.forms import DeskForm
from tracemark.web.forms.audit import AuditForm
from tracemark.web.lists import PAGE
from tracemark.web.pages import page
from tracemark.web.said import said

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
    """Look through the whole record, the newest first: what was written, by whom, for which authority, and when."""
    given = desk.GET.dict()
    before = number_of(given.pop("before", ""))
    form, found = AuditForm(given), EventPage((), None)
    if form.is_valid():
        found = recordkeeping.search_events(
            wanted=form.wanted(),
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
            before=before,
            limit=PAGE,
            actor=desk.actor,
            stores=desk.node.stores,
        )
    asked = {name: value for name, value in given.items() if value}
    return page(
        desk,
        "web/audit/events.html",
        422 if form.errors else 200,
        form=form,
        events=found.events,
        asked=bool(asked),
        more="?" + urlencode({**asked, "before": str(found.before)}) if found.before else "",
        first="?" + urlencode(asked) if before else "",
    )


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
