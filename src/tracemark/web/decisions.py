from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import recordkeeping
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused
from tracemark.recordkeeping import PROPOSAL_READERS, ProposalRecord, RejectionUnexplained
from tracemark.tracing import proposes_weights
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.forms import DeskForm
from tracemark.web.forms.corrections import CorrectionForm
from tracemark.web.pages import page, tell
from tracemark.web.said import said

_DECIDED = 50


class NoteForm(DeskForm):
    """Why a proposal is rejected; not asked for when it is approved."""

    note = forms.CharField(
        label=said("web.decisions.note"),
        help_text=said("web.decisions.note_hint"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@needs(*PROPOSAL_READERS)
def decisions(desk: Desk) -> HttpResponse:
    """List what waits for a second person: all of it to those who decide or audit, to others what they proposed."""
    waiting = recordkeeping.open_proposals(actor=desk.actor, stores=desk.node.stores)
    before = number_of(desk.GET.get("before", ""))
    decided = recordkeeping.decided_proposals(
        actor=desk.actor, stores=desk.node.stores, before=before, limit=_DECIDED + 1
    )
    shown = decided[:_DECIDED]
    return page(
        desk,
        "web/decisions/list.html",
        proposals=waiting,
        decided=shown,
        more=f"?before={shown[-1][0].id}" if len(decided) > _DECIDED else "",
        first="?" if before else "",
    )


@needs(*PROPOSAL_READERS)
@require_http_methods(["GET", "POST"])
def decision(desk: Desk, proposal: int) -> HttpResponse:
    """Show a proposal beside what it would change; by POST, approve or reject it."""
    form = NoteForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        try:
            return _decide(desk, proposal, form.cleaned_data["note"])
        except RejectionUnexplained as refused:
            form.refuse(refused)
    found = recordkeeping.proposal(proposal=proposal, actor=desk.actor, stores=desk.node.stores)
    return _shown(desk, found, form)


@needs(Permission.RECORD_CORRECT_PROPOSE)
@require_http_methods(["GET", "POST"])
def correct(desk: Desk, weapon: WeaponId, position: int) -> HttpResponse:
    """Propose to put one event right; a second person decides."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    sealed = next((each.sealed for each in record.steps if each.sealed.position == position), None)
    if sealed is None:
        raise Http404
    form = CorrectionForm(desk.POST or None, sealed=sealed)
    if desk.method == "POST" and form.is_valid():
        try:
            proposed = recordkeeping.propose_correction(
                correction=form.correction(), actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.decisions.proposed", number=proposed.id)
            return redirect("decision", proposed.id)
    status = 422 if form.errors else 200
    return page(desk, "web/decisions/correct.html", status, weapon=weapon, sealed=sealed, form=form)


def _decide(desk: Desk, number: int, note: str) -> HttpResponse:
    """Make the one call that was asked for. What is not permitted, or was decided already, is refused by the room."""
    actor, stores, clock = desk.actor, desk.node.stores, desk.node.clock
    if "reject" in desk.POST:
        recordkeeping.reject_proposal(proposal=number, note=note, actor=actor, stores=stores, clock=clock)
        tell(desk, "web.decisions.rejected", number=number)
    else:
        desk.node.approve(number, actor)
        tell(desk, "web.decisions.approved", number=number)
    return redirect("decision", number)


def _shown(desk: Desk, found: ProposalRecord, form: NoteForm) -> HttpResponse:
    proposed, wrong = found.proposal, found.event
    after = proposed.content.get("details")
    return page(
        desk,
        "web/decisions/proposal.html",
        422 if form.errors else 200,
        proposal=proposed,
        stakes=found.stakes,
        rivals=found.rivals if found.decision is None else (),
        kept=any(each.keep_until and each.keep_until.last > desk.node.clock.now().date() for each in found.stakes),
        holds=any(each.holds_it for each in found.stakes),
        decision=found.decision,
        wrong=wrong,
        bound=found.bound,
        weights=proposes_weights(proposed),
        rows=recordkeeping.changed_details(wrong.event.details, after) if wrong and isinstance(after, dict) else (),
        decides=may(desk.actor, proposed.permission) and proposed.proposed_by.casefold() != desk.actor.name.casefold(),
        form=form,
    )
