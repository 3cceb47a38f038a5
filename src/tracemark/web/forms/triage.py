from collections.abc import Sequence
from typing import Any

from django import forms

from tracemark.diversion import (
    STAGES,
    FollowUp,
    Found,
    Onward,
    Reading,
    SignalFilter,
    Stage,
    Standing,
    Strength,
    ways_of_diversion,
)
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
    """Why a signal is escalated, and to what: something that is opened with it, or that there is already."""

    note = _note(required=True)
    opens = forms.ChoiceField(
        label=said("web.signals.opens"),
        required=False,
        choices=choices(FollowUp, "web.signals.opens", any_code="web.signals.opens_nothing"),
    )
    case = _code("recordkeeping.detail_case", "web.signals.case_hint")
    investigation = _code("recordkeeping.detail_investigation", "web.signals.investigation_hint")

    def onward(self) -> Onward:
        """Return where it goes."""
        given = self.cleaned_data
        return Onward(given["investigation"], given["case"], FollowUp(given["opens"]) if given["opens"] else None)


class MergeForm(DeskForm):
    """Into which signal another is merged."""

    into = _code("recordkeeping.detail_into", "web.signals.into_hint", required=True)
    note = _note(required=False)


class CodingForm(DeskForm):
    """Where, when and how weapons left lawful hands."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{say(f'diversion.way_{each.code}')} ({each.source})") for each in ways_of_diversion().values()
        ]

    def coded(self, grounds: Sequence[str], signal: str = "", case: str = "") -> Found:
        """Return what was found, on some grounds."""
        given = self.cleaned_data
        when = (given["since"] or None, given["until"] or None, given["place"])
        return Found(given["stage"] or "unknown", given["how"], grounds, *when, signal, case)


class ConfirmForm(CodingForm):
    """On which grounds a second person confirms a signal, and its point of diversion where that is known."""

    field_order = ("note", "how", "stage")
    note = _note(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        how = self.fields["how"]
        how.required, how.help_text = False, said("web.signals.how_hint")
        self.fields["stage"].required = False
        how.choices = [("", said("web.signals.not_coded")), *how.choices]  # type: ignore[attr-defined]

    def found(self) -> Found | None:
        """Return the point of diversion, on the grounds of the note; None where none is coded."""
        return self.coded([self.cleaned_data["note"]]) if self.cleaned_data["how"] else None


class ShareForm(DeskForm):
    """With which State or region a signal is shared."""

    to_state = forms.RegexField(
        r"[A-Z][A-Z0-9-]{1,19}",
        error_messages={"invalid": said("web.forms.not_a_state")},
        label=said("web.signals.to_state"),
        help_text=said("web.signals.to_state_hint"),
        max_length=20,
        widget=forms.TextInput(attrs=_CODE),
    )


class PointForm(CodingForm):
    """Where, when and how weapons left lawful hands, and on which grounds an officer says so."""

    field_order = ("weapons",)
    weapons = WeaponsField(label=said("web.signals.weapons"))
    grounds = forms.CharField(
        label=said("recordkeeping.detail_grounds"),
        help_text=said("web.signals.grounds_hint"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    signal = _code("recordkeeping.detail_signal")
    case = _code("recordkeeping.detail_case")

    def weapon_list(self) -> list[WeaponId]:
        """Return the weapons."""
        found: list[WeaponId] = self.cleaned_data["weapons"]
        return found

    def found(self) -> Found:
        """Return what was found."""
        given = self.cleaned_data
        grounds = [line for line in given["grounds"].splitlines() if line.strip()]
        return self.coded(grounds, given["signal"], given["case"])


def weapons_text(weapons: list[WeaponId]) -> str:
    """Write weapons as they are typed."""
    return " ".join(map(weapon_text, weapons))
