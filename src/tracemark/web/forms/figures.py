from datetime import date
from typing import Any

from django import forms

from tracemark.reporting import Period
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import PartialDateField
from tracemark.web.said import said, say, term

YEARS = 5
"""So many years are shown where no period was asked for, the present one among them."""


class PeriodForm(DeskForm):
    """From when to when figures are drawn."""

    every_field_optional = True

    first = PartialDateField(label=said("web.figures.first"), required=False)
    last = PartialDateField(label=said("web.figures.last"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last.last < first.first:
            self.add_error("last", say("web.figures.ends_before"))
        return cleaned

    def period(self) -> Period:
        """Return the period asked for; what was not said, or not well, is the last years."""
        told = self.cleaned_data if self.is_valid() else {}
        first, last = told.get("first"), told.get("last")
        end = last.last if last else max(self._today, first.last if first else self._today)
        start = first.first if first else min(date(end.year - YEARS + 1, 1, 1), end)
        self._show(start, end)
        return Period(start, end)

    def _show(self, start: date, end: date) -> None:
        """Write in the fields that were left empty what stands for them."""
        shown = {"first": start.isoformat(), "last": end.isoformat()}
        self.initial.update(shown)
        if self.is_bound:
            told = {name: self.data[name] for name in self.data}
            self.data = told | {name: day for name, day in shown.items() if not told.get(name)}


class BreakdownForm(PeriodForm):
    """A period, and by what a figure is broken down."""

    by = forms.ChoiceField(label=said("web.figures.by"), required=False)
    and_by = forms.ChoiceField(label=said("web.figures.and_by"), required=False)

    def __init__(self, *args: Any, by: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._usual = "year" if "year" in by else ""
        nothing = ("", say("web.figures.no_breakdown"))
        for name in ("by", "and_by"):
            self.fields[name].choices = [nothing, *((each, term(each, "figures.by")) for each in by)]  # type: ignore[attr-defined]
        self.fields["by"].initial = self._usual

    def breakdown(self) -> tuple[str, ...]:
        """Return by what the figure is drawn, each thing once; by year where nothing was said."""
        if not self.is_bound:
            return (self._usual,) if self._usual else ()
        told = self.cleaned_data if self.is_valid() else {}
        return tuple(dict.fromkeys(each for each in (told.get("by"), told.get("and_by")) if each))
