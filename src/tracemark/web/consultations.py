"""The desk where others are asked: consultations, hearings, and what was done with what they said."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import participation
from tracemark.authorities import Permission
from tracemark.node import is_public, takes_contributions
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.consulted import consultation_context
from tracemark.web.dossier_steps import Offered, Step, Steps, by, taken
from tracemark.web.forms.consultations import (
    ClosingForm,
    ConsultationForm,
    ExtensionForm,
    FollowUpForm,
    HearingForm,
    InvitationForm,
    SpeakerForm,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.pages import page, tell

_STEPS = Steps(
    {
        "invite": Step(
            EventKind.CONSULTATION_INVITED,
            InvitationForm,
            lambda desk, name, form: participation.invite(
                consultation=name,
                voice=participation.Voice(form.cleaned_data["voice"]),
                body=form.cleaned_data["body"],
                **by(desk),
            ),
        ),
        "hear": Step(
            EventKind.CONSULTATION_HEARD,
            HearingForm,
            lambda desk, name, form: participation.record_hearing(consultation=name, **form.cleaned_data, **by(desk)),
        ),
        "speak": Step(
            EventKind.CONSULTATION_SPOKEN,
            SpeakerForm,
            lambda desk, name, form: participation.record_speaker(
                consultation=name, hearing=form.cleaned_data["hearing"], speaker=form.speaker(), **by(desk)
            ),
        ),
        "follow": Step(
            EventKind.CONSULTATION_FOLLOWED_UP,
            FollowUpForm,
            lambda desk, name, form: participation.follow_up(consultation=name, answer=form.answer(), **by(desk)),
        ),
        "extend": Step(
            EventKind.CONSULTATION_EXTENDED,
            ExtensionForm,
            lambda desk, name, form: participation.extend_consultation(
                consultation=name, **form.cleaned_data, **by(desk)
            ),
        ),
        "close": Step(
            EventKind.CONSULTATION_CLOSED,
            ClosingForm,
            lambda desk, name, form: participation.close_consultation(
                consultation=name, **form.cleaned_data, **by(desk)
            ),
        ),
    }
)


@needs(Permission.CONSULTATION_READ)
def consultations(desk: Desk) -> HttpResponse:
    """List consultations, the newest first, with what still waits for an answer in each."""
    found = participation.consultation_list(actor=desk.actor, stores=desk.node.stores)
    rows = [(each, len(participation.waiting_matters(each, desk.node.stores))) for each in found]
    return page(desk, "web/consultations/list.html", rows=rows, open_to_all=is_public() and takes_contributions())


@needs(Permission.CONSULTATION_WRITE)
@require_http_methods(["GET", "POST"])
def new_consultation(desk: Desk) -> HttpResponse:
    """Ask others about something."""
    form = ConsultationForm(desk.POST or None, initial={"opens": desk.node.clock.now().date().isoformat()})
    known = taken(desk, form, lambda: participation.open_consultation(draft=form.draft(), **by(desk)))
    if known is not None:
        tell(desk, "web.consultations.opened", consultation=known.name)
        return redirect("consultation", known.name)
    return page(desk, "web/consultations/new.html", 422 if form.errors else 200, form=form)


@needs(Permission.CONSULTATION_READ)
def consultation(desk: Desk, name: str) -> HttpResponse:
    """Show a consultation: what was said, what was done with it, and what may be done next."""
    return _shown(desk, name)


@needs(Permission.CONSULTATION_WRITE)
@require_POST
def consultation_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a consultation."""
    tried = _STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=_STEPS.kind(slug).value, name=name)
    return redirect("consultation", name)


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    try:
        known = participation.consultation_named(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None
    steps = list(_STEPS.offered(desk, known.standing, tried))
    context = consultation_context(desk.node, known)
    _offer_matters(steps, known, [each.contribution.name for each, _ in context["said"]])
    return page(
        desk,
        "web/consultations/consultation.html",
        422 if tried else 200,
        steps=steps,
        waiting=participation.waiting_matters(known, desk.node.stores),
        **context,
    )


def _offer_matters(steps: Iterable[Offered], known: participation.Consultation, submitted: Iterable[str]) -> None:
    """Let steps choose from hearings and accepted submissions; that it is one of them, the actions check."""
    held = [(str(each.number), f"{each.number} · {each.on} · {each.place}") for each in known.hearings]
    offered = {"hearing": held, "matter": [*held, *((each, each) for each in submitted)]}
    for step in steps:
        for name in offered.keys() & step.form.fields.keys():
            step.form.fields[name].widget.choices = offered[name]
