"""Campaigns that mark, destroy or upgrade: planned, told of in returns, and held against what the record shows."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import assistance, node
from tracemark.authorities import Permission
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, taken
from tracemark.web.forms.campaigns import CampaignForm, CampaignRevisionForm, ReturnForm, StartForm, campaign_initial
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.targets import DrawForm, WhyForm
from tracemark.web.pages import page, tell

_STEPS = Steps(
    {
        "start": Step(
            EventKind.CAMPAIGN_STARTED,
            StartForm,
            lambda desk, name, form: assistance.start_campaign(campaign=name, **form.cleaned_data, **by(desk)),
        ),
        "return": Step(
            EventKind.CAMPAIGN_RETURNED,
            ReturnForm,
            lambda desk, name, form: node.return_and_count(desk.node, name, form.told(), desk.actor),
        ),
        "count": Step(
            EventKind.CAMPAIGN_COUNTED,
            DrawForm,
            lambda desk, name, _form: node.count_campaign(desk.node, name, desk.actor),
        ),
        "close": Step(
            EventKind.CAMPAIGN_CLOSED,
            WhyForm,
            lambda desk, name, form: assistance.close_campaign(campaign=name, **form.cleaned_data, **by(desk)),
        ),
    }
)


@needs(Permission.ASSISTANCE_READ)
def campaigns(desk: Desk) -> HttpResponse:
    """List campaigns, those with alarms first."""
    return page(desk, "web/campaigns/list.html", found=assistance.campaign_list(**by(desk)))


@needs(Permission.ASSISTANCE_WRITE)
@require_http_methods(["GET", "POST"])
def new_campaign(desk: Desk) -> HttpResponse:
    """Plan a campaign."""
    form = CampaignForm(desk.POST or None, initial={"responsible": desk.actor.authority, "every_days": 30})
    known = taken(desk, form, lambda: assistance.plan_campaign(draft=form.draft(), **by(desk)))
    if known is not None:
        tell(desk, "web.targets.sealed", kind=EventKind.CAMPAIGN_PLANNED.value, name=known.name)
        return redirect("campaign", known.name)
    return page(desk, "web/campaigns/new.html", 422 if form.errors else 200, form=form)


@needs(Permission.ASSISTANCE_READ)
def campaign(desk: Desk, name: str) -> HttpResponse:
    """Show a campaign: its returns beside the record, its supplies, when it will end, and what is wrong."""
    return _shown(desk, name)


@needs(Permission.ASSISTANCE_WRITE)
@require_http_methods(["GET", "POST"])
def revise_campaign(desk: Desk, name: str) -> HttpResponse:
    """Change what a campaign is to do, and say why."""
    try:
        known = assistance.campaign_record(campaign=name, **by(desk)).campaign
    except KeyError:
        raise Http404 from None
    form = CampaignRevisionForm(desk.POST or None, initial=campaign_initial(known.draft))

    def revise() -> assistance.Campaign:
        told = {"draft": form.draft(), "reason": form.cleaned_data["reason"]}
        return assistance.revise_campaign(campaign=name, **told, **by(desk))

    if taken(desk, form, revise) is not None:
        tell(desk, "web.targets.sealed", kind=EventKind.CAMPAIGN_REVISED.value, name=name)
        return redirect("campaign", name)
    return page(desk, "web/campaigns/revise.html", 422 if form.errors else 200, form=form, known=known)


@needs(Permission.ASSISTANCE_WRITE)
@require_POST
def campaign_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a campaign."""
    tried = _STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=_STEPS.kind(slug).value, name=name)
    return redirect("campaign", name)


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    try:
        found = assistance.campaign_record(campaign=name, **by(desk))
    except KeyError:
        raise Http404 from None
    known = found.campaign
    return page(
        desk,
        "web/campaigns/campaign.html",
        422 if tried else 200,
        known=known,
        draft=known.draft,
        outlook=found.outlook,
        steps=list(_STEPS.offered(desk, known.standing, tried)),
    )
