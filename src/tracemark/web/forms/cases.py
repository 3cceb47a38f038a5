from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from tracemark.tracing import CaseState, Outcome, Priority, TraceRequest, Verdict
from tracemark.weapons import WeaponId
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import WeaponField, choices
from tracemark.web.forms.readings import AskedForm
from tracemark.web.forms.recoveries import ground_choices
from tracemark.web.said import said, say


class CaseForm(AskedForm):
    """What a trace asks. What ITI 17 wants and is left empty is told on the case's page, not refused."""

    purpose = forms.CharField(
        label=said("web.cases.purpose"), help_text=said("web.cases.purpose_hint"), required=False, max_length=400
    )
    illicit_because = forms.MultipleChoiceField(
        label=said("web.recoveries.grounds"),
        required=False,
        choices=ground_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_basis = forms.CharField(label=said("web.recoveries.legal_basis"), required=False, max_length=400)
    circumstances = forms.CharField(
        label=said("web.recoveries.circumstances"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    free_text = forms.CharField(
        label=said("web.cases.free_text"),
        help_text=said("web.cases.free_text_hint"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    priority = forms.ChoiceField(
        label=said("web.cases.priority"),
        choices=choices(Priority, "tracing.priority"),
        initial=Priority.ROUTINE.value,
        widget=forms.RadioSelect,
    )
    urgent_because = forms.CharField(label=said("web.cases.urgent_because"), required=False, max_length=400)
    confidentiality_limits = forms.CharField(
        label=said("web.cases.confidentiality"),
        help_text=said("web.cases.confidentiality_hint"),
        required=False,
        max_length=400,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for each in self.understood():
            if not each.certain:
                names = [name for _, name in each.suggestions]
                told = ", ".join([each.name, *names] if each.code else names)
                code = "web.traces.may_be_one_of" if told else "web.traces.not_known"
                self.add_error(each.field, say(code, text=each.text, names=told))
        return cleaned

    def request(self, recovered: WeaponId) -> TraceRequest:
        """Return the request on a recovered weapon."""
        given, codes = self.cleaned_data, self.codes()
        words = ("purpose", "legal_basis", "circumstances", "free_text", "urgent_because", "confidentiality_limits")
        return TraceRequest(
            recovered=recovered,
            readings=self.readings(),
            illicit_because=tuple(given["illicit_because"]),
            year=given["year"],
            priority=Priority(given["priority"]),
            **{name: given[name] for name in words},
            **codes,
        )


class StateForm(DeskForm):
    """Which cases are listed."""

    every_field_optional = True

    state = forms.ChoiceField(
        label=said("web.cases.state"),
        required=False,
        choices=choices(CaseState, "tracing.state", any_code="web.words.any"),
    )


class WhichForm(DeskForm):
    """Which weapon is judged."""

    weapon = WeaponField(label=said("web.register.weapon"))


class VerdictForm(DeskForm):
    """What an officer finds of a candidate."""

    verdict = forms.ChoiceField(
        label=said("web.cases.verdict"), choices=choices(Verdict, "tracing.verdict"), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=said("web.cases.note"),
        help_text=said("web.cases.note_hint"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(DeskForm):
    """What came of a trace. `heard` are the requests to other States that were answered: it may rest on one."""

    outcome = forms.ChoiceField(
        label=said("web.cases.outcome"), choices=choices(Outcome, "tracing.outcome", any_code="web.cases.choose")
    )
    answer = forms.CharField(
        label=said("web.cases.note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    rests_on = forms.ChoiceField(label=said("recordkeeping.detail_rests_on"), required=False)

    def __init__(self, heard: Sequence[str], data: QueryDict | None = None) -> None:
        super().__init__(data)
        listed = [("", said("web.words.none")), *((name, name) for name in heard)]
        self.fields["rests_on"].choices = listed  # type: ignore[attr-defined]
