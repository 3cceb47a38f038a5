from django import forms

from tracemark.participation import (
    MOST_TEXT,
    MOST_TIP,
    ConsultationDraft,
    Done,
    FollowUp,
    Speaker,
    Voice,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.forms.targets import DayField
from tracemark.web.said import said

_LINE = 300


def _line(code: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=said(code), max_length=_LINE, required=required)


def _long(code: str, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=said(code), max_length=MOST_TEXT, widget=widget, required=required)


class ConsultationForm(DeskForm):
    """What others are asked about, and for how long."""

    title = _line("web.consultations.subject")
    text = _long("web.consultations.text")
    about = forms.CharField(
        label=said("recordkeeping.detail_about"), max_length=_LINE, required=False,
        help_text=said("web.consultations.about_hint"),
    )  # fmt: skip
    invites = forms.MultipleChoiceField(
        label=said("web.consultations.invites"), choices=choices(Voice, "participation.voice"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=said("web.consultations.invites_hint"),
    )  # fmt: skip
    opens = DayField(label=said("web.consultations.opens"))
    closes = DayField(label=said("web.consultations.closes"))

    def draft(self) -> ConsultationDraft:
        """Return what was typed; the form must be valid."""
        given = self.cleaned_data
        return ConsultationDraft(**{**given, "invites": tuple(map(Voice, given["invites"]))})


class ExtensionForm(DeskForm):
    """A later closing day, and why."""

    closes = DayField(label=said("web.consultations.closes"))
    reason = _line("web.targets.reason")


class InvitationForm(DeskForm):
    """An organisation that was invited."""

    voice = forms.ChoiceField(label=said("web.contribute.voice"), choices=choices(Voice, "participation.voice"))
    body = _line("web.consultations.body")


class HearingForm(DeskForm):
    """A hearing that was held."""

    on = DayField(label=said("web.consultations.on"))
    place = _line("web.consultations.place")
    summary = _long("web.consultations.summary")


class SpeakerForm(DeskForm):
    """For which organisation somebody spoke at a hearing."""

    hearing = forms.IntegerField(label=said("web.consultations.hearing"), widget=forms.Select())
    voice = forms.ChoiceField(label=said("web.contribute.voice"), choices=choices(Voice, "participation.voice"))
    body = forms.CharField(
        label=said("web.consultations.body"), max_length=_LINE, help_text=said("web.consultations.body_hint")
    )
    said = _long("web.consultations.said")

    def speaker(self) -> Speaker:
        """Return who spoke; the form must be valid."""
        given = self.cleaned_data
        return Speaker(Voice(given["voice"]), given["body"], given["said"])


class FollowUpForm(DeskForm):
    """What was done with a submission or a hearing."""

    matter = forms.CharField(label=said("web.consultations.matter"), max_length=40, widget=forms.Select())
    done = forms.ChoiceField(label=said("web.consultations.done"), choices=choices(Done, "participation.done"))
    where = _line("web.consultations.where", required=False)
    why = _long("web.consultations.why", required=False)

    def answer(self) -> FollowUp:
        """Return what was done; the form must be valid."""
        given = self.cleaned_data
        return FollowUp(given["matter"], Done(given["done"]), given["where"], given["why"])


class ClosingForm(DeskForm):
    """What is said at the end."""

    note = _long("web.consultations.note")


class TipForm(DeskForm):
    """What somebody who names nobody wants to tell."""

    text = forms.CharField(
        label=said("web.tips.text"), max_length=MOST_TIP,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
    )  # fmt: skip


class TipCodeForm(DeskForm):
    """The code of a tip."""

    code = forms.CharField(
        label=said("web.receipt.code"), max_length=60, help_text=said("web.tips.code_hint"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
