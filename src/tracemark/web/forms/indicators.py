from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from tracemark.reporting import (
    LARGEST,
    PUBLISHED_COLUMNS,
    QUESTIONNAIRE_COLUMNS,
    Denominator,
    TableUnfit,
    Terms,
    outside_rows,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.said import said, say

_YEARS = (1900, 2200)
_MEBIBYTE = 1 << 20


def _year(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=said(label), required=False, min_value=_YEARS[0], max_value=_YEARS[1])


class IndicatorForm(DeskForm):
    """Of which years, out of which weapons, and what is chosen where the metadata leaves it open."""

    every_field_optional = True

    since = _year("web.indicator.from")
    until = _year("web.indicator.to")
    denominator = forms.ChoiceField(
        label=said("web.indicator.denominator"),
        required=False,
        choices=choices(reversed(Denominator), "reporting.denominator"),
    )
    add_back = forms.BooleanField(label=said("web.indicator.add_back"), required=False)
    lawful_holders = forms.ChoiceField(
        label=said("web.indicator.lawful_holders"),
        required=False,
        choices=choices(("yes", "no"), "web.indicator.lawful", any_code="web.indicator.only_for_all"),
    )
    unsaid_left_out = forms.BooleanField(label=said("web.indicator.unsaid_left_out"), required=False)

    def terms(self) -> Terms:
        """Return the terms; what cannot be read is as if nobody had asked for it."""
        given = self.cleaned_data if self.is_valid() else {}
        asked = Denominator(given.get("denominator") or Denominator.POTENTIALLY_TRACEABLE)
        lawful = given.get("lawful_holders")
        return Terms(
            asked,
            add_back=given.get("add_back", False),
            lawful_holders=lawful == "yes" if lawful else asked is Denominator.ALL,
            unsaid_is_criminal=not given.get("unsaid_left_out", False),
        )


class TableField(forms.FileField):
    """A table of others as it was downloaded; cleaned, its rows."""

    def __init__(self, columns: frozenset[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._columns = columns

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - Django's own
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if not file:
            return []
        if (file.size or 0) > LARGEST:
            raise ValidationError(say("web.indicator.file_too_large", limit=LARGEST // _MEBIBYTE))
        try:
            return outside_rows(bytes(file.read()), self._columns)
        except TableUnfit as error:
            missing = list(error.columns or sorted(self._columns))
            raise ValidationError(say("web.indicator.not_a_table", columns=missing)) from error


class CompareForm(DeskForm):
    """The published series, the questionnaire's counts, and of which State to look at them."""

    published = TableField(PUBLISHED_COLUMNS, label=said("web.indicator.published_file"))
    questionnaire = TableField(QUESTIONNAIRE_COLUMNS, label=said("web.indicator.questionnaire_file"), required=False)
    state = forms.CharField(label=said("web.indicator.only_state"), required=False, max_length=2)
