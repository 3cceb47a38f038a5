import re
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import node, practices, targets, wording
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused
from tracemark.practices import Content, LibraryEntry, Practice
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.converters import DossierConverter
from tracemark.web.dossier_steps import Step, Steps, by, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.practices import (
    AdoptForm,
    NothingForm,
    PracticeForm,
    PracticeNoteForm,
    PracticeReasonForm,
    PracticeRevisionForm,
    PracticeSearchForm,
    ReviewForm,
    SharePracticeForm,
    practice_initial,
)
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import spoken

_NAME = re.compile(DossierConverter.regex)

STEPS = Steps(
    {
        "review": Step(
            EventKind.PRACTICE_REVIEWED,
            ReviewForm,
            lambda desk, name, form: practices.review_practice(name=name, note=form.cleaned_data["note"], **by(desk)),
        ),
        "return": Step(
            EventKind.PRACTICE_RETURNED,
            PracticeReasonForm,
            lambda desk, name, form: practices.return_practice(
                name=name, reason=form.cleaned_data["reason"], **by(desk)
            ),
        ),
        "publish": Step(
            EventKind.PRACTICE_PUBLISHED,
            NothingForm,
            lambda desk, name, _: practices.publish_practice(name=name, **by(desk)),
        ),
        "experience": Step(
            EventKind.PRACTICE_TRIED,
            PracticeNoteForm,
            lambda desk, name, form: practices.note_experience(name=name, note=form.cleaned_data["note"], **by(desk)),
        ),
        "withdraw": Step(
            EventKind.PRACTICE_WITHDRAWN,
            PracticeReasonForm,
            lambda desk, name, form: practices.withdraw_practice(
                name=name, reason=form.cleaned_data["reason"], **by(desk)
            ),
        ),
    }
)


@needs(Permission.PRACTICE_READ)
def library(desk: Desk) -> HttpResponse:
    """List the practices of the library, or those that say all the words."""
    form = PracticeSearchForm(desk.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "subject": ""}
    entries = [
        each for each in node.practice_library(desk.node, desk.actor) if asked["subject"] in ("", each.content.subject)
    ]
    found = practices.search_practices(entries, asked["words"], spoken())
    listed = [
        (each.entry, each.entry.content.tellings[each.language], _other(each.language), address_of_practice(each.entry))
        for each in found
    ]
    return page(desk, "web/practices/list.html", listed=listed, form=form)


@needs(Permission.PRACTICE_WRITE)
@require_http_methods(["GET", "POST"])
def new_practice(desk: Desk) -> HttpResponse:
    """Draft a practice in one language."""
    form = PracticeForm(desk.POST or None, initial=practice_initial(None, spoken(), desk.node.clock.now().date()))
    name = taken(desk, form, lambda: practices.draft_practice(content=form.content(None, desk.node.state), **by(desk)))
    if name is not None:
        tell(desk, "web.targets.sealed", kind=EventKind.PRACTICE_DRAFTED.value, name=name)
        return redirect("practice", name)
    return page(desk, "web/practices/edit.html", 422 if form.errors else 200, form=form, known=None)


@needs(Permission.PRACTICE_WRITE)
@require_http_methods(["GET", "POST"])
def revise_practice(desk: Desk, name: str) -> HttpResponse:
    """Change a draft, begin a next version, or add a language, which `language` in the address names."""
    known = _practice(desk, name)
    asked = desk.GET.get("language", "")
    to = asked if asked in practices.LANGUAGES else known.content.language_for(spoken())
    initial = practice_initial(known.content, to, desk.node.clock.now().date())
    form = PracticeRevisionForm(desk.POST or None, initial=initial)
    found = taken(desk, form, lambda: _revised(desk, known, form))
    if found is not None:
        tell(desk, "web.targets.sealed", kind=EventKind.PRACTICE_REVISED.value, name=name)
        return redirect("practice", name)
    others = [each for each in wording.LANGUAGES if each.code != to]
    return page(desk, "web/practices/edit.html", 422 if form.errors else 200, form=form, known=known, others=others)


def _revised(desk: Desk, known: Practice, form: PracticeRevisionForm) -> Practice:
    content = form.content(known.content, desk.node.state)
    return practices.revise_practice(name=known.name, content=content, reason=form.cleaned_data["reason"], **by(desk))


@needs(Permission.PRACTICE_READ)
def practice(desk: Desk, name: str) -> HttpResponse:
    """Show a practice of ours, with its versions and where it is used."""
    return _shown(desk, name)


@needs(Permission.PRACTICE_WRITE, Permission.PRACTICE_APPROVE)
@require_POST
def practice_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a practice."""
    _practice(desk, name)
    if slug == "share":
        return _share(desk, name)
    tried = STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("practice", name)


@needs(Permission.PRACTICE_READ)
def practice_elsewhere(desk: Desk) -> HttpResponse:
    """Show a practice that ships, or that another node sent; `key` in the address names it."""
    key = desk.GET.get("key", "").partition("@")[0]
    if _NAME.fullmatch(key):
        return redirect("practice", key)
    entry = _entry(desk, key)
    return page(desk, "web/practices/practice.html", **_told(desk, entry), known=None, steps=[])


@needs(Permission.PRACTICE_WRITE)
@require_POST
def take_over_practice(desk: Desk) -> HttpResponse:
    """Draft a practice that another State sent, to be reviewed here."""
    entry = _entry(desk, desk.POST.get("key", ""))
    name = practices.take_over_practice(entry=entry, **by(desk))
    tell(desk, "web.targets.sealed", kind=EventKind.PRACTICE_DRAFTED.value, name=name)
    return redirect("practice", name)


@needs(Permission.TARGET_WRITE)
@require_POST
def adopt_practice(desk: Desk) -> HttpResponse:
    """Take a practice up as an activity of a plan, which is then open to be changed."""
    entry = _entry(desk, desk.POST.get("key", ""))
    plans = targets.plan_list(actor=desk.actor, stores=desk.node.stores)
    form = AdoptForm(desk.POST, plans=plans)
    plan = taken(desk, form, lambda: _adopted(desk, entry, form))
    if plan is not None:
        return redirect(plan)
    known = _practice(desk, entry.key) if entry.holding is practices.Holding.OWN else None
    return page(
        desk, "web/practices/practice.html", 422, **{**_told(desk, entry), "adopt": form}, known=known, steps=[]
    )


def _adopted(desk: Desk, entry: LibraryEntry, form: AdoptForm) -> str:
    name, today = form.cleaned_data["plan"], desk.node.clock.now().date()
    plan = targets.plan_record(plan=name, actor=desk.actor, stores=desk.node.stores)
    activity = practices.activity_for_practice(
        entry, plan, language=spoken(), owner=form.cleaned_data["owner"], today=today
    )
    reason = wording.sentence("practices.adopted_because", {"practice": entry.cited}, to=spoken())
    targets.revise_activity(plan=name, activity=activity, reason=reason, **by(desk))
    tell(desk, "web.targets.sealed", kind=EventKind.PLAN_ACTIVITY_SET.value, name=f"{name} {activity.code}")
    return reverse("plan", args=[name])


def address_of_practice(entry: LibraryEntry) -> str:
    """Return where a practice is shown."""
    if entry.holding is practices.Holding.OWN:
        return reverse("practice", args=[entry.key])
    return f"{reverse('practice_elsewhere')}?{urlencode({'key': entry.key})}"


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    known = _practice(desk, name)
    steps = list(STEPS.offered(desk, known.standing, tried))
    if not known.versions:
        steps = [each for each in steps if each.slug != "experience"]
    told = _told(desk, practices.own_entry(known))
    share = _share_form(desk) if known.versions and may(desk.actor, Permission.PRACTICE_WRITE) else None
    draft = known.draft if known.draft and known.versions else None
    return page(
        desk,
        "web/practices/practice.html",
        422 if tried else 200,
        **told,
        known=known,
        draft=_telling(draft) if draft else None,
        steps=steps,
        share=share,
    )


def _told(desk: Desk, entry: LibraryEntry) -> dict[str, Any]:
    plans = targets.plan_list(actor=desk.actor, stores=desk.node.stores) if _sees_plans(desk) else []
    may_adopt = entry.number and entry.standing == "published" and may(desk.actor, Permission.TARGET_WRITE)
    running = [each for each in plans if each.standing == "running"]
    initial = {"key": entry.key, "owner": desk.actor.authority}
    asked = desk.GET.get("language", "")
    code, telling = _telling(entry.content, asked)
    return {
        "entry": entry,
        "telling": telling,
        "shown_in": _other(code),
        "languages": [each for each in wording.LANGUAGES if each.code in entry.content.tellings and each.code != code],
        "uses": practices.uses_of(entry.key, plans),
        "adopt": AdoptForm(plans=running, initial=initial) if may_adopt and running else None,
    }


def _sees_plans(desk: Desk) -> bool:
    return may(desk.actor, Permission.TARGET_READ)


def _telling(content: Content, asked: str = "") -> tuple[str, practices.Telling]:
    code = asked if asked in content.tellings else content.language_for(spoken())
    return code, content.tellings[code]


def _other(code: str) -> wording.Language | None:
    """Return the language that something is shown in, None where it is the reader's own."""
    return None if code == spoken() else wording.language(code)


def _share_form(desk: Desk, data: Any = None) -> SharePracticeForm:  # noqa: ANN401 - what a form takes
    form = SharePracticeForm(data, auto_id="id_share_%s")
    known = [each for each in desk.node.directory.all() if each.is_known]
    listed = [(each.name, f"{each.name} ({wording.state_text(each.card.state, to=spoken())})") for each in known]
    form.fields["to"].choices = listed  # type: ignore[attr-defined]
    return form


def _share(desk: Desk, name: str) -> HttpResponse:
    form = _share_form(desk, desk.POST)
    if form.is_valid():
        try:
            number = node.share_practice(desk.node, name, form.cleaned_data["to"], desk.actor)
        except Refused as refused:
            warn(desk, refused.findings[0].code, **refused.findings[0].facts)
        else:
            tell(desk, "cli.practice_shared", practice=name, number=number, peer=form.cleaned_data["to"])
    return redirect("practice", name)


def _practice(desk: Desk, name: str) -> Practice:
    try:
        return practices.practice_record(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _entry(desk: Desk, key: str) -> LibraryEntry:
    try:
        return practices.entry_named(key, node.practice_library(desk.node, desk.actor))
    except KeyError:
        raise Http404 from None
