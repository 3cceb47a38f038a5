from collections.abc import Mapping
from typing import Any

from django import forms

from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind
from tracemark.stockpiles import LotTold, Move
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import LARGEST, choices
from tracemark.web.forms.stockpiles import CODE, RackForm, day_field, detail_field, method_choices
from tracemark.web.said import said


class LotForm(RackForm):
    """An ammunition lot that came into a site."""

    lot = detail_field("lot", required=True, widget=forms.TextInput(attrs=CODE))
    quantity = forms.IntegerField(label=said("web.lots.rounds"), min_value=1, max_value=LARGEST)
    happened = day_field("happened")
    calibre = forms.CharField(label=said("recordkeeping.detail_calibre"), required=False, max_length=60)
    maker = detail_field("maker")
    country = detail_field("country", help_text=said("web.forms.state_hint"))
    year = forms.IntegerField(label=said("recordkeeping.detail_year"), required=False, min_value=1900, max_value=2100)
    note = detail_field("note", long=True)

    def told(self) -> LotTold:
        """Return what was filled in."""
        names = ("lot", "quantity", "calibre", "maker", "country", "year", "rack", "note")
        return LotTold(**{name: self.cleaned_data[name] for name in names})


LOT_STEPS: Mapping[EventKind, str] = {
    EventKind.LOT_ISSUED: "to",
    EventKind.LOT_RETURNED: "from",
    EventKind.LOT_EXPENDED: "",
    EventKind.LOT_COUNTED: "",
    EventKind.LOT_ADDED: "",
    EventKind.LOT_DESTROYED: "method",
}
"""The steps of a lot, the most frequent first, with what each says besides."""


class MoveForm(DeskForm):
    """One step of an ammunition lot."""

    kind = forms.ChoiceField(label=said("web.lots.step"), choices=choices(LOT_STEPS, "recordkeeping.kind"))
    quantity = forms.IntegerField(label=said("web.lots.rounds"), min_value=0, max_value=LARGEST)
    happened = day_field("happened")
    other = forms.CharField(
        label=said("web.lots.other"),
        help_text=said("web.lots.other_hint"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=CODE),
    )
    method = forms.ChoiceField(label=said("web.lots.method"), required=False)
    note = detail_field("note", long=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [("", said("web.words.none")), *method_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asks = LOT_STEPS.get(EventKind(cleaned["kind"])) if cleaned.get("kind") else ""
        if asks == "to" and not cleaned.get("other"):
            self.add_error("other", self.fields["kind"].error_messages["required"])
        if asks == "method" and not cleaned.get("method"):
            self.add_error("method", self.fields["kind"].error_messages["required"])
        return cleaned

    def move(self) -> Move:
        """Return the step."""
        given = self.cleaned_data
        kind = EventKind(given["kind"])
        asks, details = LOT_STEPS[kind], dict[str, Plain]({"note": given["note"]})
        if asks:
            details[asks] = given["method"] if asks == "method" else given["other"]
        return Move(kind, given["quantity"], given["happened"], details)
