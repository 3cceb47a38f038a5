from collections.abc import Callable, Mapping
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tracemark import authorities, intake, recordkeeping
from tracemark.authorities import Permission
from tracemark.kernel import Plain, Refused
from tracemark.recordkeeping import Proposal
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
    stores = desk.node.stores
    holder, erase_at = recordkeeping.person_holder(commitment), reverse("erase", args=[weapon, commitment])
    standing = recordkeeping.person_standing(holder=holder, weapon=weapon, actor=desk.actor, stores=stores)
    if not standing.held:
        return page(desk, "web/persons/gone.html", weapon=weapon, commitment=commitment, erased=standing.erased)
    form = PurposeForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        data = recordkeeping.read_person(
            holder=holder, weapon=weapon, purpose=purpose, actor=desk.actor, stores=stores, clock=desk.node.clock
        )
        return _shown(desk, commitment, data, erase_at, weapon=weapon)
    recordkeeping.record_naming(holder=holder, weapon=weapon, actor=desk.actor, stores=stores)
    return _asked(desk, commitment, form, weapon=weapon)


@needs(Permission.PERSON_READ)
@require_http_methods(["GET", "POST"])
def held_person(desk: Desk, row: int, commitment: str) -> HttpResponse:
    """Ask for a purpose, note it, and show the data of a person whom a held row names."""
    stores = desk.node.stores
    holder, erase_at = recordkeeping.person_holder(commitment), reverse("erase_held", args=[row, commitment])
    form = PurposeForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        data = intake.read_person_of_row(
            holder=holder, held=row, purpose=purpose, actor=desk.actor, stores=stores, clock=desk.node.clock
        )
        return _shown(desk, commitment, data, erase_at, row=row)
    authorities.require_person_sight(desk.actor, "", stores.agencies.all())
    intake.require_named(holder, row, stores)
    return _asked(desk, commitment, form, row=row)


@needs(Permission.PERSON_ERASE_PROPOSE)
@require_http_methods(["GET", "POST"])
def erase(desk: Desk, weapon: WeaponId, commitment: str) -> HttpResponse:
    """Propose to erase a person's data; a second person decides."""
    holder, stores = recordkeeping.person_holder(commitment), desk.node.stores
    recordkeeping.record_naming(holder=holder, weapon=weapon, actor=desk.actor, stores=stores)
    propose = partial(recordkeeping.propose_erasure, holder=holder, weapon=weapon, terms=desk.node.terms)
    return erasure(desk, commitment, propose, weapon=weapon)


@needs(Permission.PERSON_ERASE_PROPOSE)
@require_http_methods(["GET", "POST"])
def erase_held(desk: Desk, row: int, commitment: str) -> HttpResponse:
    """Propose to erase the data of a person whom a held row names; a second person decides."""
    holder = recordkeeping.person_holder(commitment)
    intake.require_named(holder, row, desk.node.stores)
    return erasure(desk, commitment, partial(intake.propose_erasure_from_row, holder=holder, held=row), row=row)


def _asked(desk: Desk, commitment: str, form: PurposeForm, **named_by: int) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(desk, "web/persons/person.html", status, commitment=commitment, form=form, **named_by)


def _shown(desk: Desk, commitment: str, data: Mapping[str, Plain], erase_at: str, **named_by: int) -> HttpResponse:
    return page(desk, "web/persons/person.html", commitment=commitment, data=data, erase_at=erase_at, **named_by)


def erasure(desk: Desk, commitment: str, propose: Callable[..., Proposal], **named_by: int | str) -> HttpResponse:
    """Ask for the legal ground on which a person's data are to be erased, and propose it with `propose`."""
    form = ErasureForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        try:
            proposed = propose(
                legal_basis=form.cleaned_data["legal_basis"],
                actor=desk.actor,
                stores=desk.node.stores,
                clock=desk.node.clock,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.decisions.proposed", number=proposed.id)
            return redirect("decision", proposed.id)
    status = 422 if form.errors else 200
    return page(desk, "web/persons/erase.html", status, commitment=commitment, form=form, **named_by)
