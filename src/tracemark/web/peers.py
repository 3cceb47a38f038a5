from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import correspondence, node
from tracemark.authorities import Permission
from tracemark.correspondence import key_id
from tracemark.recordkeeping import EventKind
from tracemark.transfers import step_of
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.interstate import PlainForm, WhyForm
from tracemark.web.forms.peers import CardForm, DigitsForm, ProposalForm, RevocationForm, RotationForm
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import say


def _rotate(desk: Desk, name: str, form: RotationForm) -> object:
    signed = form.cleaned_data["card"]
    told = node.open_rotation(signed)
    return correspondence.rotate_key(peer=name, card=told.card, signed=signed, by=told.by, **by(desk))


def _revoke(desk: Desk, name: str, form: RevocationForm) -> object:
    given = form.cleaned_data
    since = given["since"] or desk.node.clock.now()
    return correspondence.revoke_key(peer=name, since=since, reason=given["reason"], key=given["key"], **by(desk))


STEPS = Steps(
    {
        "confirm": Step(
            EventKind.PEER_LISTED,
            DigitsForm,
            lambda desk, name, form: correspondence.list_peer(peer=name, **form.cleaned_data, **by(desk)),
        ),
        "decline": Step(
            EventKind.PEER_DECLINED,
            WhyForm,
            lambda desk, name, form: correspondence.decline_peer(peer=name, **form.cleaned_data, **by(desk)),
        ),
        "refresh": Step(
            EventKind.PEER_CONFIRMED,
            PlainForm,
            lambda desk, name, _: correspondence.confirm_peer(peer=name, **by(desk)),
        ),
        "change": Step(
            EventKind.PEER_CHANGED,
            CardForm,
            lambda desk, name, form: correspondence.change_peer(
                peer=name, card=node.open_card(form.cleaned_data["card"]), **by(desk)
            ),
        ),
        "rotate": Step(EventKind.PEER_KEY_ROTATED, RotationForm, _rotate),
        "renew": Step(
            EventKind.PEER_KEY_PROPOSED,
            CardForm,
            lambda desk, name, form: correspondence.propose_key(
                peer=name, card=node.open_card(form.cleaned_data["card"]), **by(desk)
            ),
        ),
        "revoke": Step(EventKind.PEER_KEY_REVOKED, RevocationForm, _revoke),
    }
)


@needs(Permission.PEER_READ)
def peers(desk: Desk) -> HttpResponse:
    """List the other nodes, and show our own card with the digits to be read out."""
    today = desk.node.clock.now().date()
    reading: dict[str, Any] = {"actor": desk.actor, "stores": desk.node.stores}
    waiting = correspondence.letters_waiting(**reading)
    known = correspondence.peer_list(**reading)
    rows = [(each, correspondence.is_stale(each, today), waiting.get(each.name, 0)) for each in known]
    return page(desk, "web/peers/list.html", own=node.own_card(desk.node), rows=rows)


@needs(Permission.PEER_READ)
def own_card(desk: Desk) -> HttpResponse:
    """Give our signed card as a file, for other nodes."""
    answer = HttpResponse(f"{node.signed_card(desk.node)}\n", content_type="text/plain; charset=utf-8")
    name = desk.node.key.name.replace("/", "_")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.card") or ""
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Permission.PEER_WRITE)
@require_http_methods(["GET", "POST"])
def new_peer(desk: Desk) -> HttpResponse:
    """Propose another node by its signed card; a second person confirms it."""
    form = ProposalForm(desk.POST or None, desk.FILES or None)

    def proposed() -> str:
        card = node.open_card(form.cleaned_data["card"])
        return correspondence.propose_peer(card=card, every_days=form.cleaned_data["every_days"], **by(desk))

    if name := taken(desk, form, proposed):
        tell(desk, "web.peers.proposed", peer=name)
        return redirect("peer", name)
    return page(desk, "web/peers/new.html", 422 if form.errors else 200, form=form)


@needs(Permission.PEER_READ)
def peer(desk: Desk, name: str) -> HttpResponse:
    """Show another node: its card, its keys, what was done, and which letters went and came."""
    return _peer_page(desk, name)


@needs(Permission.PEER_WRITE, Permission.PEER_APPROVE)
@require_POST
def peer_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of another node."""
    if tried := STEPS.take(desk, slug, name):
        return _peer_page(desk, name, tried)
    tell(desk, "web.transfers.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("peer", name)


@needs(Permission.PEER_WRITE)
@require_POST
def ask_peer(desk: Desk, name: str) -> HttpResponse:
    """Ask another node by letter whether its card still holds."""
    if node.ask_contact(desk.node, name, desk.actor):
        tell(desk, "web.peers.asked", peer=name)
    else:
        warn(desk, "web.peers.asked_before", peer=name)
    return redirect("peer", name)


def _peer_page(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    reading: dict[str, Any] = {"peer": name, "actor": desk.actor, "stores": desk.node.stores}
    known = correspondence.peer_record(**reading)
    own_proposal = known.proposed is not None and known.proposed_by == desk.actor.name
    letters = correspondence.letters_with(**reading)
    announced = node.announced_key(desk.node, known)
    steps = list(STEPS.offered(desk, known.standing, tried))
    for each in steps:
        if each.slug == "rotate" and announced:
            each.form.initial["card"] = announced.signed
    return page(
        desk,
        "web/peers/peer.html",
        422 if tried else 200,
        known=known,
        card=known.proposed or known.card,
        keys=[(key_id(each.public_key), each) for each in reversed(known.keys)],
        stale=correspondence.is_stale(known, desk.node.clock.now().date()),
        own_proposal=own_proposal,
        announced=announced and (key_id(announced.card.signing_key), announced),
        doubtful=len(correspondence.since_revocation(**reading)),
        letters=[(each, each.trouble and say(each.trouble, **each.facts)) for each in letters],
        history=[step_of(each) for each in correspondence.peer_history(**reading)],
        steps=[each for each in steps if not (own_proposal and each.slug == "confirm")],
    )
