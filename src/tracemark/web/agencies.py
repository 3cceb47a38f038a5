from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark.authorities import Agency, AgencyKind, Permission
from tracemark.web.access import Desk, needs
from tracemark.web.forms import DeskForm, PartialDateField, choices
from tracemark.web.pages import page, tell
from tracemark.web.said import said


class AgencyForm(DeskForm):
    """An agency or holder that the node is to know."""

    code = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9-]{1,31}$",
        label=said("web.agencies.code"),
        help_text=said("web.agencies.code_hint"),
        error_messages={"invalid": said("web.agencies.not_a_code")},
        widget=forms.TextInput(attrs={"class": "short mark", "dir": "ltr", "autocomplete": "off"}),
    )
    name = forms.CharField(label=said("web.agencies.name"), max_length=160)
    kind = forms.ChoiceField(label=said("web.agencies.kind"), choices=choices(AgencyKind, "authorities.agency"))
    parent = forms.CharField(label=said("web.agencies.parent"), required=False, max_length=32)
    active_from = PartialDateField(
        label=said("web.agencies.active_from"), help_text=said("web.forms.date_hint"), required=False
    )
    competent = forms.BooleanField(label=said("web.agencies.competent"), required=False)
    contact_point = forms.BooleanField(label=said("web.agencies.contact_point"), required=False)

    def agency(self, state: str) -> Agency:
        """Return the agency, of the node's own State."""
        given = self.cleaned_data
        return Agency(
            code=given["code"],
            name=given["name"],
            kind=AgencyKind(given["kind"]),
            state=state,
            parent=given["parent"],
            active_from=given["active_from"],
            competent=given["competent"],
            contact_point=given["contact_point"],
        )


@needs(Permission.AGENCIES_MANAGE)
def agencies(desk: Desk) -> HttpResponse:
    """List the agencies and holders this node knows."""
    listed = sorted(desk.node.stores.agencies.all(), key=lambda each: each.code)
    return page(desk, "web/accounts/agencies.html", agencies=listed)


@needs(Permission.AGENCIES_MANAGE)
@require_http_methods(["GET", "POST"])
def new_agency(desk: Desk) -> HttpResponse:
    """Add an agency. One that is there already is not written over."""
    form = AgencyForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        known = {each.code for each in desk.node.stores.agencies.all()}
        agency = form.agency(desk.node.state)
        if agency.code in known:
            form.add_error("code", said("web.agencies.known_already"))
        elif agency.parent and agency.parent not in known:
            form.add_error("parent", said("web.forms.not_an_agency"))
        else:
            with desk.node.stores.atomic():
                desk.node.stores.agencies.put(agency)
            tell(desk, "web.agencies.added", code=agency.code)
            return redirect("agencies")
    return page(desk, "web/accounts/new_agency.html", 422 if form.errors else 200, form=form)
