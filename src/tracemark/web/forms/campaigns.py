from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracemark.assistance import CampaignDraft, CampaignKind, CampaignReturn, amount_used, machine_of, supply_of
from tracemark.targets import amount_text
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.forms.targets import CitationField, DayField, ListField, NumberField
from tracemark.web.said import said, say

_CODE = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


class LinesField(forms.CharField):
    """Things told one a line, each read by `read`, which returns None for what it cannot read."""

    def __init__(self, code: str, read: Callable[[str], object]) -> None:
        self._read = read
        widget = forms.Textarea(attrs={"rows": 3, **_CODE})
        label, hint = said(f"web.campaigns.{code}"), said(f"web.campaigns.{code}_hint")
        super().__init__(label=label, help_text=hint, required=False, max_length=2000, widget=widget)

    def clean(self, value: object) -> tuple[Any, ...]:
        lines = [each.strip() for each in super().clean(value).splitlines() if each.strip()]
        found = [(line, self._read(line)) for line in lines]
        for line, each in found:
            if each is None:
                raise ValidationError(say("assistance.campaign_line", line=line))
        return tuple(each for _, each in found)


class CampaignForm(DeskForm):
    """What a campaign is to do."""

    kind = forms.ChoiceField(
        label=said("web.campaigns.kind"), choices=choices(CampaignKind, "assistance.campaign_kind")
    )
    title = forms.CharField(label=said("web.campaigns.name"), max_length=200)
    places = ListField(
        label=said("web.campaigns.places"), help_text=said("web.campaigns.places_hint"), max_length=400,
        widget=forms.TextInput(attrs=_CODE),
    )  # fmt: skip
    quantity = forms.IntegerField(label=said("web.campaigns.quantity"), min_value=1, max_value=10**9)
    first = DayField(label=said("web.campaigns.first"))
    last = DayField(label=said("web.campaigns.last"))
    responsible = forms.CharField(
        label=said("web.targets.responsible"), max_length=200,
        widget=forms.TextInput(attrs=_CODE),
    )  # fmt: skip
    commitment = CitationField(label=said("web.targets.commitment"), help_text=said("web.targets.commitment_hint"))
    target = forms.CharField(
        label=said("web.targets.target"), max_length=20, required=False, widget=forms.TextInput(attrs=_CODE)
    )
    machines = LinesField("machines", machine_of)
    supplies = LinesField("supplies", supply_of)
    cost = NumberField(label=said("web.targets.cost"), required=False)
    currency = forms.CharField(
        label=said("web.targets.currency"), max_length=3, required=False, widget=forms.TextInput(attrs=_CODE)
    )
    every_days = forms.IntegerField(label=said("web.campaigns.every_days"), min_value=1, max_value=366)

    def draft(self) -> CampaignDraft:
        """Return what was filled in."""
        told = {name: self.cleaned_data[name] for name in CampaignDraft.__slots__}
        return CampaignDraft(**told | {"kind": CampaignKind(told["kind"])})


class CampaignRevisionForm(CampaignForm):
    """What a campaign is to do from now on, and why that changed."""

    reason = forms.CharField(
        label=said("web.targets.reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


def campaign_initial(draft: CampaignDraft) -> dict[str, Any]:
    """Return what a form holds at first where a campaign is revised."""
    machines = "\n".join(f"{each.name} | {each.per_day}" for each in draft.machines)
    supplies = "\n".join(f"{each.name} | {each.unit} | {amount_text(each.quantity)}" for each in draft.supplies)
    told = {name: getattr(draft, name) for name in CampaignDraft.__slots__}
    texts = {"places": ", ".join(draft.places), "machines": machines, "supplies": supplies}
    days = {"first": draft.first.isoformat(), "last": draft.last.isoformat()}
    return told | texts | days | {"kind": draft.kind.value, "commitment": str(draft.commitment)}


class StartForm(DeskForm):
    """The day on which a campaign began."""

    on = DayField(label=said("web.campaigns.first"))


class ReturnForm(DeskForm):
    """What a campaign did in some days."""

    first = DayField(label=said("web.campaigns.first"))
    last = DayField(label=said("web.campaigns.last"))
    done = forms.IntegerField(label=said("web.campaigns.done"), min_value=0, max_value=10**9)
    days_worked = forms.IntegerField(label=said("web.campaigns.days_worked"), min_value=0, max_value=10**5)
    spent = NumberField(label=said("web.campaigns.spent"))
    used = LinesField("used", amount_used)
    received = LinesField("received", amount_used)
    note = forms.CharField(
        label=said("web.targets.note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def told(self) -> CampaignReturn:
        """Return what was filled in."""
        given = dict(self.cleaned_data)
        return CampaignReturn(**{**given, "used": dict(given["used"]), "received": dict(given["received"])})
