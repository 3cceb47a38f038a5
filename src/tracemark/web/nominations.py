"""Nominations to a cohort of fellows: received, shown without a name, read with a purpose, certified, followed up."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import correspondence, fellowship, node, wording
from tracemark.authorities import Permission, may
from tracemark.correspondence import Letter
from tracemark.fellowship import Nomination, SentNomination
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fellowships import (
    FellowTokenForm,
    FollowUpForm,
    MaybeWhyForm,
    NominationElsewhereForm,
    NominationForm,
    WhyForm,
)
from tracemark.web.once import sealed_once, ticket_of
from tracemark.web.pages import page, tell
from tracemark.web.persons import PurposeForm, erasure
from tracemark.web.said import say, spoken
from tracemark.web.selections import nominee_lines, state_namer

STEPS = Steps(
    {
        "fill": Step(
            EventKind.NOMINATION_SELECTED,
            MaybeWhyForm,
            lambda desk, name, form: fellowship.fill_seat(nomination=name, **form.cleaned_data, **by(desk)),
        ),
        "certify": Step(
            EventKind.NOMINATION_CERTIFIED,
            DeskForm,
            lambda desk, name, _: fellowship.certify_fellow(nomination=name, **by(desk)),
        ),
        "tell": Step(
            EventKind.NOMINATION_FOLLOWED_UP,
            FollowUpForm,
            lambda desk, name, form: fellowship.follow_up(nomination=name, told=form.follow_up(), **by(desk)),
        ),
        "withdraw": Step(
            EventKind.NOMINATION_WITHDRAWN,
            WhyForm,
            lambda desk, name, form: fellowship.withdraw_nomination(nomination=name, **form.cleaned_data, **by(desk)),
        ),
    }
)

SENT_STEPS = Steps(
    {
        "recall": Step(
            EventKind.SENT_NOMINATION_WITHDRAWN,
            WhyForm,
            lambda desk, name, form: node.withdraw_elsewhere(desk.node, name, form.cleaned_data["reason"], desk.actor),
        ),
    }
)


@needs(Permission.FELLOWSHIP_WRITE)
@require_http_methods(["GET", "POST"])
def new_nomination(desk: Desk, name: str) -> HttpResponse:
    """Receive a State's nomination for a cohort."""
    try:
        known = fellowship.cohort_record(cohort=name, actor=desk.actor, stores=desk.node.stores).cohort
    except KeyError:
        raise Http404 from None
    form = NominationForm(desk.POST or None)

    def nominate() -> str:
        told, who = form.nominee(), form.identity()
        return sealed_once(desk, lambda: fellowship.nominate(cohort=name, nominee=told, identity=who, **by(desk)))

    if nominated := taken(desk, form, nominate):
        tell(desk, "web.targets.sealed", kind=EventKind.NOMINATION_RECEIVED.value, name=nominated)
        return redirect("nomination", nominated)
    status = 422 if form.errors else 200
    return page(desk, "web/fellowship/new_nomination.html", status, form=form, cohort=known, once=ticket_of(desk))


@needs(Permission.FELLOWSHIP_WRITE)
@require_http_methods(["GET", "POST"])
def nominate_elsewhere(desk: Desk) -> HttpResponse:
    """Nominate somebody of this State for a cohort of another node, by letter."""
    form = NominationElsewhereForm(desk.POST or None, initial={"state": desk.node.state})
    known = [each for each in desk.node.directory.all() if each.is_known]
    listed = [(each.name, f"{each.name} ({wording.state_text(each.card.state, to=spoken())})") for each in known]
    form.fields["to"].choices = listed  # type: ignore[attr-defined]

    def nominate() -> str:
        told = (form.cleaned_data["to"], form.cleaned_data["cohort"], form.nominee(), form.identity())
        return sealed_once(desk, lambda: node.nominate_elsewhere(desk.node, *told, desk.actor))

    if sent := taken(desk, form, nominate):
        tell(desk, "cli.fellowship_nomination_sent", name=sent)
        return redirect("fellowships")
    status = 422 if form.errors else 200
    return page(desk, "web/fellowship/elsewhere.html", status, form=form, nobody=not listed, once=ticket_of(desk))


@needs(Permission.FELLOWSHIP_READ)
def sent_nomination(desk: Desk, name: str) -> HttpResponse:
    """Show a nomination at another node: what that told of it, how its letters fare, and that it may be withdrawn."""
    return _sent_page(desk, _read_sent(desk, name))


@needs(Permission.FELLOWSHIP_WRITE)
@require_POST
def sent_nomination_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take back a nomination at another node, by letter."""
    known = _read_sent(desk, name)
    if tried := SENT_STEPS.take(desk, slug, name):
        return _sent_page(desk, known, tried)
    tell(desk, "cli.fellowship_withdrawal_sent", name=name)
    return redirect("sent_nomination", name)


@needs(Permission.PERSON_ERASE_PROPOSE)
@require_http_methods(["GET", "POST"])
def erase_sent_nominee(desk: Desk, name: str) -> HttpResponse:
    """Propose to erase here who was nominated at another node; a second person decides."""
    return _erase(desk, name, _read_sent(desk, name).person, sent=name)


@needs(Permission.FELLOWSHIP_READ)
def nomination(desk: Desk, name: str) -> HttpResponse:
    """Show a nomination: what the record keeps of it, what was decided and why, and what may be done."""
    return _shown(desk, _read(desk, name))


@needs(Permission.FELLOWSHIP_WRITE, Permission.FELLOWSHIP_APPROVE)
@require_POST
def nomination_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a nomination."""
    known = _read(desk, name)
    if tried := STEPS.take(desk, slug, name):
        return _shown(desk, known, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("nomination", name)


@needs(Permission.FELLOWSHIP_WRITE)
@require_http_methods(["GET", "POST"])
def nominee(desk: Desk, name: str) -> HttpResponse:
    """Ask for a purpose, note it, and show who a nominee is."""
    known, form, who = _read(desk, name), PurposeForm(desk.POST or None), None
    asked = desk.method == "POST" and form.is_valid()
    if asked:
        try:
            who = fellowship.nominee_identity(nomination=name, purpose=form.cleaned_data["purpose"], **by(desk))
        except Refused as refused:
            form.refuse(refused)
            asked = False
    status = 422 if form.errors else 200
    return page(desk, "web/fellowship/nominee.html", status, known=known, form=form, who=who, asked=asked)


@needs(Permission.PERSON_ERASE_PROPOSE)
@require_http_methods(["GET", "POST"])
def erase_nominee(desk: Desk, name: str) -> HttpResponse:
    """Propose to erase who a nominee is; a second person decides."""
    return _erase(desk, name, _read(desk, name).person, nomination=name)


@needs(Permission.FELLOWSHIP_WRITE)
def fellow_certificate(desk: Desk, name: str) -> HttpResponse:
    """Give a fellow's certificate as a PDF; that the name was read for it is noted."""
    try:
        content = desk.node.papers.fellow_certificate(name, desk.actor, spoken())
    except KeyError:
        raise Http404 from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf") or ""
    return answer


@needs(Permission.FELLOWSHIP_READ)
@require_http_methods(["GET", "POST"])
def check_fellow(desk: Desk) -> HttpResponse:
    """Read a fellow's certificate against the key of the node that gave it. Nothing is recorded."""
    form = FellowTokenForm(desk.POST or None)
    found = taken(desk, form, lambda: node.check_fellow(**form.cleaned_data))
    return page(desk, "web/fellowship/check.html", 422 if form.errors else 200, form=form, found=found)


def _read(desk: Desk, name: str) -> Nomination:
    try:
        return fellowship.nomination_record(nomination=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _erase(desk: Desk, name: str, person: str, **named_by: str) -> HttpResponse:
    propose = partial(fellowship.erase_nominee, nomination=name)
    return erasure(desk, person.removeprefix("person:"), propose, **named_by)


def _read_sent(desk: Desk, name: str) -> SentNomination:
    try:
        return fellowship.sent_nomination(sent=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _sent_page(desk: Desk, known: SentNomination, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    steps = list(SENT_STEPS.offered(desk, "sent", tried)) if known.may_be_withdrawn or tried else []
    letters = list[Letter]()
    if may(desk.actor, Permission.PEER_READ):
        letters = correspondence.letters_about(dossier=known.name, actor=desk.actor, stores=desk.node.stores)
    told = [(each, each.trouble and say(each.trouble, **each.facts)) for each in letters]
    return page(desk, "web/fellowship/sent.html", 422 if tried else 200, known=known, steps=steps, letters=told)


def _shown(desk: Desk, known: Nomination, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    record = fellowship.cohort_record(cohort=known.cohort, actor=desk.actor, stores=desk.node.stores)
    [line] = [each for each in nominee_lines(record) if each.nomination.name == known.name]
    steps = [each for each in STEPS.offered(desk, known.standing, tried) if each.slug != "fill" or _waits(known)]
    return page(
        desk,
        "web/fellowship/nomination.html",
        422 if tried else 200,
        known=known,
        line=line,
        state=state_namer(record)(known.nominee.state),
        cohort=record.cohort,
        steps=steps,
    )


def _waits(known: Nomination) -> bool:
    """Whether a seat can be given to it alone: before a decision the whole selection is decided."""
    return known.standing == "waiting"
