from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import node, transfers
from tracemark.authorities import Permission
from tracemark.recordkeeping import EventKind, event_kinds
from tracemark.transfers import Authorises, Licence
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, formerly, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.transfers import (
    AdviceForm,
    ApprovalForm,
    AssessmentForm,
    ConsentForm,
    IssueForm,
    LicenceForm,
    NotificationForm,
    ReasonForm,
    iso,
    licence_begun,
)
from tracemark.web.forms.triage import ShareForm
from tracemark.web.lists import listing
from tracemark.web.notices import sending
from tracemark.web.pages import notice_file, page, tell
from tracemark.web.said import said


def _issue(desk: Desk, name: str, form: DeskForm) -> None:
    given = form.cleaned_data
    handed_in = node.presented(given["token"], given["key"]) if given["token"] else None
    transfers.issue_licence(licence=name, presented=handed_in, waiver=given["waiver"], **by(desk))


STEPS = Steps(
    {
        "advise": Step(
            EventKind.LICENCE_ADVISED,
            AdviceForm,
            lambda desk, name, form: transfers.advise_licence(
                licence=name,
                grant=form.cleaned_data["advice"] == "grant",
                reason=form.cleaned_data["reason"],
                **by(desk),
            ),
        ),
        "notify": Step(
            EventKind.LICENCE_NOTIFIED,
            NotificationForm,
            lambda desk, name, form: transfers.notify_origin(
                licence=name, **{**form.cleaned_data, "due": iso(form.cleaned_data["due"])}, **by(desk)
            ),
        ),
        "answer": Step(
            EventKind.LICENCE_ANSWERED,
            ConsentForm,
            lambda desk, name, form: transfers.record_consent(
                licence=name,
                consents=form.cleaned_data["consents"] == "consents",
                number=form.cleaned_data["number"],
                note=form.cleaned_data["note"],
                **by(desk),
            ),
        ),
        "approve": Step(
            EventKind.LICENCE_APPROVED,
            ApprovalForm,
            lambda desk, name, form: transfers.approve_licence(licence=name, **form.cleaned_data, **by(desk)),
        ),
        "refuse": Step(
            EventKind.LICENCE_REFUSED,
            ReasonForm,
            lambda desk, name, form: transfers.refuse_licence(licence=name, **form.cleaned_data, **by(desk)),
        ),
        "issue": Step(EventKind.LICENCE_ISSUED, IssueForm, _issue),
        "revoke": Step(
            EventKind.LICENCE_REVOKED,
            ReasonForm,
            lambda desk, name, form: transfers.revoke_licence(licence=name, **form.cleaned_data, **by(desk)),
        ),
        "close": Step(
            EventKind.LICENCE_CLOSED,
            ReasonForm,
            lambda desk, name, form: transfers.close_licence(licence=name, **form.cleaned_data, **by(desk)),
        ),
    }
)

_OF_WHAT_IS_PASSED_ON = ("notify", "answer")
_LABELS = {
    name: said(f"recordkeeping.detail_{name}")
    for name in sorted(event_kinds()[EventKind.LICENCE_REVISED].requires | event_kinds()[EventKind.LICENCE_REVISED].may)
}


@needs(Permission.LICENCE_READ)
def licences(desk: Desk) -> HttpResponse:
    """List the licences, newest first."""
    listed = listing(desk, "licence", transfers.licence_list)
    on = desk.node.clock.now().date()
    return page(desk, "web/transfers/licences.html", listed=listed, found=[(each, each.late(on)) for each in listed])


@needs(Permission.LICENCE_WRITE)
@require_http_methods(["GET", "POST"])
def new_licence(desk: Desk) -> HttpResponse:
    """Draft a licence."""
    today = desk.node.clock.now().date()
    initial = {
        "applicant": desk.actor.authority,
        "from_state": desk.node.state,
        "valid_from": today.isoformat(),
        "valid_until": date(today.year, 12, 31).isoformat(),
    }
    form = LicenceForm(desk.POST or None, initial=initial)
    if name := taken(
        desk,
        form,
        lambda: transfers.draft_licence(
            application=form.application(),
            due=iso(form.cleaned_data["due"]),
            note=form.cleaned_data["note"],
            **by(desk),
        ),
    ):
        tell(desk, "web.transfers.sealed", kind=EventKind.LICENCE_DRAFTED.value, name=name)
        return redirect("licence", name)
    return page(desk, "web/transfers/new_licence.html", 422 if form.errors else 200, form=form)


@needs(Permission.LICENCE_WRITE)
@require_http_methods(["GET", "POST"])
def revise_licence(desk: Desk, name: str) -> HttpResponse:
    """Write a drafted licence anew, before anybody advised on it."""
    known = _read(desk, name)
    form = LicenceForm(desk.POST or None, initial={**licence_begun(known.application), "due": known.due})
    if taken(
        desk,
        form,
        lambda: transfers.revise_licence(
            licence=name,
            application=form.application(),
            due=iso(form.cleaned_data["due"]),
            note=form.cleaned_data["note"],
            **by(desk),
        ),
    ):
        tell(desk, "web.transfers.sealed", kind=EventKind.LICENCE_REVISED.value, name=name)
        return redirect("licence", name)
    return page(desk, "web/transfers/new_licence.html", 422 if form.errors else 200, form=form, licence=known)


@needs(Permission.LICENCE_READ)
def licence(desk: Desk, name: str) -> HttpResponse:
    """Show a licence: what is asked, what was found, what was decided, what is left of it, and the next steps."""
    return _licence_page(desk, _read(desk, name))


@needs(Permission.LICENCE_WRITE)
@require_http_methods(["GET", "POST"])
def assess_licence(desk: Desk, name: str) -> HttpResponse:
    """Answer the questions of risk."""
    known = _read(desk, name)
    form = AssessmentForm(desk.POST or None, authorises=known.application.authorises, initial=_answers(known))
    if taken(desk, form, lambda: transfers.assess_licence(licence=name, assessment=form.assessment(), **by(desk))):
        tell(desk, "web.transfers.sealed", kind=EventKind.LICENCE_ASSESSED.value, name=name)
        return redirect("licence", name)
    return page(desk, "web/transfers/assess.html", 422 if form.errors else 200, form=form, licence=known)


@needs(Permission.LICENCE_WRITE, Permission.LICENCE_DECIDE)
@require_POST
def licence_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take the next step of a licence."""
    known = _read(desk, name)
    if tried := STEPS.take(desk, slug, name):
        return _licence_page(desk, known, tried)
    tell(desk, "web.transfers.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("licence", name)


@needs(Permission.LICENCE_DECIDE)
@require_POST
def share_refusal(desk: Desk, name: str) -> HttpResponse:
    """Give a refusal as a signed notice for another State; that it was given is sealed."""
    known, form = _read(desk, name), ShareForm(desk.POST, auto_id="id_share_%s")
    if not form.is_valid():
        return _licence_page(desk, known, sharing=form)
    text = transfers.share_refusal(
        licence=name, for_state=form.cleaned_data["to_state"], state=desk.node.state, **by(desk)
    )
    return notice_file(text, name)


def _read(desk: Desk, name: str) -> Licence:
    return transfers.licence(name=name, actor=desk.actor, stores=desk.node.stores)


def _licence_page(
    desk: Desk, known: Licence, tried: tuple[str, DeskForm] | None = None, sharing: ShareForm | None = None
) -> HttpResponse:
    application, on = known.application, desk.node.clock.now().date()
    lines = [
        (number, each, known.drawn.get(number, 0), known.left(number), known.received.get(number, 0))
        for number, each in enumerate(application.goods, 1)
    ]
    steps, passed_on = STEPS.offered(desk, known.standing, tried), application.authorises is Authorises.RETRANSFER
    return page(
        desk,
        "web/transfers/licence.html",
        422 if tried or sharing else 200,
        licence=known,
        application=application,
        lines=lines,
        answers=_told(known),
        embargoes=transfers.embargoes_for(application.to_state, on, desk.node.stores),
        hits=transfers.screen_names(
            names=transfers.licence_names(known), purpose=f"screening {known.name}", **by(desk)
        ),
        told_hits=node.told_hits(desk.node, transfers.licence_names(known)),
        told_embargoes=node.told_embargoes(desk.node, application.to_state, on),
        sending=sending(desk, known.name),
        sharing=sharing or ShareForm(auto_id="id_share_%s"),
        in_force=known.in_force(on),
        late=known.late(on),
        assesses=known.standing in ("drafted", "advised"),
        unanswered=known.unanswered(on),
        formerly=formerly([each.plain() for each in (*known.earlier, application)], known.steps, _LABELS),
        steps=[each for each in steps if passed_on or each.slug not in _OF_WHAT_IS_PASSED_ON],
    )


def _told(known: Licence) -> list[tuple[Any, Any]]:
    """The questions that were answered otherwise than no, with their answers."""
    answers = {each.question: each for each in known.assessment.answers} if known.assessment else {}
    told = [(each, answers[each.code]) for each in transfers.questions() if each.code in answers]
    return [(question, answer) for question, answer in told if answer.reply != "no" or answer.mitigation]


def _answers(known: Licence) -> dict[str, str]:
    """What was answered before, as the form begins with it."""
    if known.assessment is None:
        return {}
    begun = {"risk": known.assessment.risk.value, "reason": known.assessment.reason}
    for each in known.assessment.answers:
        begun |= {
            f"reply_{each.question}": each.reply.value,
            f"reason_{each.question}": each.reason,
            f"mitigation_{each.question}": each.mitigation,
        }
    return begun
