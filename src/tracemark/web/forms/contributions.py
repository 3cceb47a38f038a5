from collections.abc import Sequence
from typing import Any

from django import forms

from tracemark import wording
from tracemark.participation import MOST_TEXT, ContributionDraft, ContributionSort, Subject, Voice
from tracemark.reporting import figures
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.said import said, say, spoken

_LINE = 300


class ContributionForm(DeskForm):
    """What somebody without an account says of a published report or figure. What it lacks the room finds."""

    sort = forms.ChoiceField(
        label=said("web.contribute.sort"), choices=choices(ContributionSort, "participation.sort"),
        widget=forms.RadioSelect,
    )  # fmt: skip
    voice = forms.ChoiceField(label=said("web.contribute.voice"), choices=choices(Voice, "participation.voice"))
    question = forms.ChoiceField(label=said("web.contribute.question"), required=False)
    text = forms.CharField(
        label=said("web.contribute.text"), required=False, max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}), help_text=said("web.contribute.text_hint"),
    )  # fmt: skip
    year = forms.CharField(
        label=said("recordkeeping.detail_year"), required=False, max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text=said("web.contribute.shadow_hint"),
    )  # fmt: skip
    value = forms.CharField(
        label=said("web.contribute.value"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    source = forms.CharField(label=said("web.contribute.source"), required=False, max_length=_LINE)
    method = forms.CharField(label=said("web.contribute.method"), required=False, max_length=_LINE)
    named = forms.BooleanField(label=said("web.contribute.named"), required=False)
    name = forms.CharField(label=said("web.contribute.name"), required=False, max_length=_LINE)
    contact = forms.CharField(
        label=said("web.contribute.contact"), required=False, max_length=_LINE,
        help_text=said("web.contribute.contact_hint"),
    )  # fmt: skip
    agreed = forms.BooleanField(label=said("web.contribute.agreed"), required=False)

    def __init__(self, *args: Any, subjects: Sequence[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", say("web.contribute.all")), *((each.id, _name(each.id)) for each in subjects)]
        self.fields["question"].choices = offered  # type: ignore[attr-defined]
        if not subjects:
            # A consultation asks for words: there is no number of the State's to set one beside.
            for name in ("sort", "question", "year", "value", "source", "method"):
                del self.fields[name]
            self.fields["text"].help_text = ""

    def draft(self) -> ContributionDraft:
        """Return what was typed; the form must be valid."""
        given = dict(self.cleaned_data)
        sort = ContributionSort(given.pop("sort", ContributionSort.COMMENT))
        voice = Voice(given.pop("voice"))
        return ContributionDraft(sort, voice, **given)


class ReceiptForm(DeskForm):
    """The code of a receipt."""

    code = forms.CharField(label=said("web.receipt.code"), max_length=60, help_text=said("web.receipt.hint"),
                           widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))  # fmt: skip


class ContributionStepForm(DeskForm):
    """What is said with a step: an answer, a reason, or a legal basis."""

    note = forms.CharField(label=said("web.reports.text"), required=False, max_length=2000,
                           widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip


def _name(subject: str) -> str:
    if subject in figures():
        return say(f"figures.{subject}")
    return wording.question_title(subject, to=spoken())
