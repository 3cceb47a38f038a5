from typing import Any

from django import forms

from tracemark.kernel import Plain
from tracemark.recordkeeping import Correction, Sealed, event_kinds
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.details import details_of, scalar_field, scalar_names
from tracemark.web.forms.fields import PartialDateField
from tracemark.web.said import said


class CorrectionForm(DeskForm):
    """What one event should have said: another date, other details, or that it never happened."""

    reason = forms.CharField(
        label=said("web.decisions.reason"),
        help_text=said("web.decisions.reason_hint"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    void = forms.BooleanField(label=said("web.decisions.void"), required=False)
    happened = PartialDateField(
        label=said("web.record.happened"), help_text=said("web.forms.date_hint"), required=False
    )

    def __init__(self, *args: Any, sealed: Sealed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sealed = sealed
        terms = event_kinds()[sealed.event.kind]
        self._names = scalar_names(terms.requires | terms.may)
        self.fields["happened"].initial = str(sealed.event.happened)
        for name in self._names:
            field = scalar_field(name, required=False)
            field.initial = sealed.event.details.get(name)
            self.fields[name] = field

    def correction(self) -> Correction:
        """Return the correction; what was left as it stands in the record is left out."""
        event, reason = self._sealed.event, self.cleaned_data["reason"]
        if self.cleaned_data["void"]:
            return Correction(self._sealed.position, reason, void=True)
        happened = self.cleaned_data["happened"]
        kept: dict[str, Plain] = {name: value for name, value in event.details.items() if name not in self._names}
        details = kept | details_of(self._names, self.cleaned_data)
        return Correction(
            self._sealed.position,
            reason,
            details=details if details != dict(event.details) else None,
            happened=happened if happened != event.happened else None,
        )
