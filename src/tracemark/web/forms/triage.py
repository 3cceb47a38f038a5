from typing import Any

from django import forms

from tracemark.diversion import STAGES, Found, Reading, SignalFilter, Stage, Standing, Strength, ways_of_diversion
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import PartialDateField, choices
from tracemark.web.forms.marking import WeaponsField
from tracemark.web.said import said, say

_CODE = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


def _note(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=said("recordkeeping.detail_note"),
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _code(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=said(label),
        help_text=said(hint) if hint else "",
        required=required,
        max_length=20,
        widget=forms.TextInput(attrs=_CODE),
    )


class QueueForm(DeskForm):
    """Which signals are listed."""

    every_field_optional = True

    standing = forms.ChoiceField(label=said("web.signals.standing"), required=False)
    strength = forms.ChoiceField(
        label=said("recordkeeping.detail_strength"),
        required=False,
        choices=choices(Strength, "diversion.strength", any_code="web.words.any"),
    )
    stage = forms.ChoiceField(
        label=said("recordkeeping.detail_stage"),
        required=False,
        choices=choices(Stage, "diversion.stage", any_code="web.words.any"),
    )
    rule = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = choices(Standing, "recordkeeping.standing")
        self.fields["standing"].choices = [("", said("web.signals.waiting")), *told]  # type: ignore[attr-defined]

    def wanted(self) -> SignalFilter:
        """Return what is looked for; what nobody knows asks for nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        asked = {name: given.get(name, "") for name in ("strength", "stage", "rule")}
        standing = given.get("standing")
        return SignalFilter(frozenset({Standing(standing)}), **asked) if standing else SignalFilter(**asked)


class DismissForm(DeskForm):
    """For which innocent readings a signal is dismissed."""

    readings = forms.MultipleChoiceField(
        label=said("recordkeeping.detail_readings"),
        choices=choices(Reading, "diversion.reading"),
        widget=forms.CheckboxSelectMultiple,
    )
    note = _note(required=False)


class EscalateForm(DeskForm):
    """Why a signal is escalated, and to what."""

    note = _note(required=True)
    case = _code("recordkeeping.detail_case", "web.signals.case_hint")
    investigation = _code("recordkeeping.detail_investigation", "web.signals.investigation_hint")


class MergeForm(DeskForm):
    """Into which signal another is merged."""

    into = _code("recordkeeping.detail_into", "web.signals.into_hint", required=True)
    note = _note(required=False)


class ConfirmForm(DeskForm):
    """On which grounds a second person confirms a signal."""

    note = _note(required=True)


class ShareForm(DeskForm):
    """With which State or region a signal is shared."""

    to_state = forms.RegexField(
        r"[A-Z][A-Z0-9-]{1,19}",
        label=said("web.signals.to_state"),
        help_text=said("web.signals.to_state_hint"),
        max_length=20,
        widget=forms.TextInput(attrs=_CODE),
    )


class PointForm(DeskForm):
    """Where, when and how weapons left lawful hands, and on which grounds an officer says so."""

    weapons = WeaponsField(label=said("web.signals.weapons"))
    stage = forms.ChoiceField(
        label=said("recordkeeping.detail_diverted_at"), choices=choices(STAGES, "diversion.stage")
    )
    how = forms.ChoiceField(label=said("recordkeeping.detail_diverted_how"))
    since = PartialDateField(
        label=said("recordkeeping.detail_diverted_on"), required=False, help_text=said("web.forms.date_hint")
    )
    until = PartialDateField(
        label=said("recordkeeping.detail_diverted_until"), required=False, help_text=said("web.signals.until_hint")
    )
    place = forms.CharField(label=said("recordkeeping.detail_place"), required=False, max_length=200)
    grounds = forms.CharField(
        label=said("recordkeeping.detail_grounds"),
        help_text=said("web.signals.grounds_hint"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    signal = _code("recordkeeping.detail_signal")
    case = _code("recordkeeping.detail_case")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{say(f'diversion.way_{each.code}')} ({each.source})") for each in ways_of_diversion().values()
        ]

    def weapon_list(self) -> list[WeaponId]:
        """Return the weapons."""
        found: list[WeaponId] = self.cleaned_data["weapons"]
        return found

    def found(self) -> Found:
        """Return what was found."""
        given = self.cleaned_data
        names = ("stage", "how", "since", "until", "place", "signal", "case")
        told: dict[str, Any] = {name: given[name] or (None if name in ("since", "until") else "") for name in names}
        return Found(grounds=[line for line in given["grounds"].splitlines() if line.strip()], **told)


def weapons_text(weapons: list[WeaponId]) -> str:
    """Write weapons as they are typed."""
    return " ".join(map(weapon_text, weapons))
