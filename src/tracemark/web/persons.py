from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.forms import DeskForm
from tracemark.web.pages import page, tell
from tracemark.web.said import said


class PurposeForm(DeskForm):
    """Why a person's data are read: noted before they are shown."""

    purpose = forms.CharField(
        label=said("web.persons.purpose"),
        help_text=said("web.persons.purpose_hint"),
        min_length=5,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ErasureForm(DeskForm):
    """On what legal ground a person's data are to be erased."""

    legal_basis = forms.CharField(
        label=said("web.persons.legal_basis"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


@needs(Permission.PERSON_READ)
@require_http_methods(["GET", "POST"])
def person(desk: Desk, weapon: WeaponId, commitment: str) -> HttpResponse:
    """Ask for a purpose, note it, and show the data of a person whom this weapon's record names."""
    holder, data = recordkeeping.person_holder(commitment), None
    form = PurposeForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        data = recordkeeping.read_person(
            holder=holder,
            weapon=weapon,
            purpose=form.cleaned_data["purpose"],
            actor=desk.actor,
            stores=desk.node.stores,
            clock=desk.node.clock,
        )
    else:
        recordkeeping.record_naming(holder=holder, weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    status = 422 if form.errors else 200
    return page(desk, "web/persons/person.html", status, weapon=weapon, commitment=commitment, form=form, data=data)


@needs(Permission.PERSON_ERASE_PROPOSE)
@require_http_methods(["GET", "POST"])
def erase(desk: Desk, weapon: WeaponId, commitment: str) -> HttpResponse:
    """Propose to erase a person's data; a second person decides."""
    holder = recordkeeping.person_holder(commitment)
    form = ErasureForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        try:
            proposed = recordkeeping.propose_erasure(
                holder=holder,
                weapon=weapon,
                legal_basis=form.cleaned_data["legal_basis"],
                actor=desk.actor,
                stores=desk.node.stores,
                clock=desk.node.clock,
                terms=desk.node.terms,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.decisions.proposed", number=proposed.id)
            return redirect("decision", proposed.id)
    else:
        recordkeeping.record_naming(holder=holder, weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    status = 422 if form.errors else 200
    return page(desk, "web/persons/erase.html", status, weapon=weapon, commitment=commitment, form=form)
