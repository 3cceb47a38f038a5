from datetime import date

from django import forms

from tracemark.tracing import (
    COMPLETENESS_RULES,
    Handling,
    Known,
    Onward,
    Outcome,
    Purpose,
    Result,
    Verdict,
    Withholding,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import WeaponField, choices
from tracemark.web.said import said

CODE = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


def _long(code: str, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=said(code), required=required, max_length=2000, widget=widget)


def _several(code: str, of: list[tuple[str, object]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=said(code), required=False, choices=of, widget=forms.CheckboxSelectMultiple)


class HandlingForm(DeskForm):
    """Under which handling code something is told to another State. Source: ITI 15."""

    purposes = _several("web.interstate.purposes", choices(Purpose, "tracing.use"))
    onward = forms.ChoiceField(
        label=said("web.interstate.onward"),
        choices=choices(Onward, "tracing.onward"),
        initial=Onward.WITH_CONSENT.value,
    )
    expires_on = forms.DateField(
        label=said("web.interstate.expires_on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def handling(self) -> Handling:
        """Return the code that was chosen; for tracing only where no purpose was."""
        given = self.cleaned_data
        purposes = frozenset(map(Purpose, given["purposes"])) or frozenset({Purpose.TRACING})
        until: date | None = given["expires_on"]
        return Handling(purposes, Onward(given["onward"]), until)


class AskForm(HandlingForm):
    """Which State is asked, and through which node."""

    field_order = ("to_state", "node")
    to_state = forms.RegexField(
        label=said("web.interstate.state"),
        regex="^[A-Z]{2}$",
        error_messages={"invalid": said("web.forms.not_a_state")},
        widget=forms.TextInput(attrs=CODE),
    )
    node = forms.CharField(label=said("web.interstate.node"), max_length=200, widget=forms.TextInput(attrs=CODE))


class PlainForm(DeskForm):
    """A step that asks for nothing."""


class NoteForm(DeskForm):
    """A step that may bear a note."""

    note = _long("recordkeeping.detail_note")


class WhyForm(DeskForm):
    """A step that says why."""

    reason = _long("recordkeeping.detail_reason", required=True)


class QuestionForm(DeskForm):
    """What is to be clarified."""

    question = _long("web.interstate.question", required=True)


class SupplyForm(DeskForm):
    """What was asked for: only what is filled in changes the request."""

    circumstances = _long("web.recoveries.circumstances")
    import_country = forms.RegexField(
        label=said("web.traces.import_country"),
        regex="^[A-Z]{2}$",
        error_messages={"invalid": said("web.forms.not_a_state")},
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
    note = _long("recordkeeping.detail_note")


class DataForm(DeskForm):
    """Which of the things that were told are meant."""

    told = forms.MultipleChoiceField(
        label=said("web.interstate.data"), choices=choices(Known, "tracing.known"), widget=forms.CheckboxSelectMultiple
    )


class OutcomeForm(DeskForm):
    """What came of the trace, as the other State is told."""

    outcome = forms.ChoiceField(label=said("recordkeeping.detail_outcome"), choices=choices(Outcome, "tracing.outcome"))
    note = _long("recordkeeping.detail_note")


class LackingForm(DeskForm):
    """What an inquiry lacks of ITI 17."""

    lacking = _several("recordkeeping.detail_lacking", [(each.code, said(each.code)) for each in COMPLETENESS_RULES])
    note = _long("recordkeeping.detail_note")


class FoundForm(DeskForm):
    """What an officer finds of a candidate."""

    weapon = WeaponField(label=said("web.register.weapon"))
    verdict = forms.ChoiceField(label=said("web.cases.verdict"), choices=choices(Verdict, "tracing.verdict"))
    note = _long("recordkeeping.detail_note")


class StateAnswerForm(HandlingForm):
    """What is answered, what of it is told, and why not all."""

    field_order = ("result", "told", "grounds", "reasons", "expected_on")
    result = forms.ChoiceField(label=said("web.interstate.result"), choices=choices(Result, "tracing.result"))
    told = _several("web.interstate.data", choices(Known, "tracing.known"))
    grounds = _several("web.interstate.grounds", choices(Withholding, "tracing.withholding"))
    reasons = _long("web.interstate.reasons")
    expected_on = forms.DateField(
        label=said("web.interstate.expected_on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
