from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from django import forms

from tracemark.reporting import STATISTICS_COLUMNS, StatedNumber, StatedSeries, Statement, split_values, statistics
from tracemark.web.cells import cell_name
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import LARGEST
from tracemark.web.said import said, say

_LARGEST_BYTES = 2 * 1024 * 1024
_NUMBER = "number"


def _source() -> forms.CharField:
    return forms.CharField(
        label=said("web.statistics.document"), help_text=said("web.statistics.document_hint"), max_length=200
    )


def _note() -> forms.CharField:
    return forms.CharField(
        label=said("web.statistics.note"), help_text=said("web.statistics.note_hint"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class StatisticsFileForm(DeskForm):
    """A table of statistics, a number a row, and where it comes from."""

    file = forms.FileField(
        label=said("web.statistics.file"), help_text=said("web.statistics.file_hint"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )  # fmt: skip
    document = _source()
    note = _note()

    def clean_file(self) -> object:
        """Refuse a file that is larger than statistics are."""
        file = self.cleaned_data["file"]
        if file.size > _LARGEST_BYTES:
            raise forms.ValidationError(say("web.statistics.file_large", most=_LARGEST_BYTES // 1024**2))
        return file


class SeriesForm(DeskForm):
    """Which series is stated, and of which year."""

    series = forms.ChoiceField(
        label=said("recordkeeping.detail_series"), choices=[(each, said(f"figures.{each}")) for each in statistics()]
    )
    year = forms.IntegerField(label=said("recordkeeping.detail_year"), min_value=1900)

    def clean_series(self) -> StatedSeries:
        """Return the series."""
        return statistics()[self.cleaned_data["series"]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table that is filled in: what its numbers have in common, and a field for each column."""

    head: str
    fields: Sequence[forms.BoundField]


class StatementForm(DeskForm):
    """The numbers of one series for one year, by all that must be told; what is left empty is not stated."""

    every_field_optional = True

    def __init__(self, *args: Any, series: StatedSeries, year: int, before: Statement | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series, self.year = series, year
        values = [(*split_values(each), "") for each in series.needs]
        self._places = list(product(*values))
        told = {tuple(map(partial(_split, cell), series.needs)): cell for cell in (before.cells if before else ())}
        for number, place in enumerate(self._places):
            known = told.get(place)
            self.fields[f"{_NUMBER}_{number}"] = forms.IntegerField(
                label=self._label(place), required=False, min_value=0, max_value=LARGEST,
                initial=known.number if known else None,
                widget=forms.NumberInput(attrs={"class": "short", "min": 0, "aria-label": self._label(place)}),
            )  # fmt: skip
        why = "; ".join(dict.fromkeys(cell.reason for cell in told.values() if cell.reason))
        if series.needs:
            self.fields["reason"] = forms.CharField(
                label=say("web.statistics.reason"), help_text=say("web.statistics.reason_hint"), required=False,
                max_length=500, initial=why,
            )  # fmt: skip
        self.fields["document"] = _source()
        if before:
            self.fields["note"] = _note()

    @property
    def columns(self) -> list[str]:
        """The heads of the columns of numbers."""
        needs = self.series.needs
        if not needs:
            return [say("web.figures.number")]
        return [cell_name(needs[0], each, {}) for each in (*split_values(needs[0]), "")]

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the table: one for each value of the second thing that must be told, or one only."""
        needs = self.series.needs
        second: tuple[str, ...] = (*split_values(needs[1]), "") if len(needs) > 1 else ("",)
        for value in second:
            places = [n for n, place in enumerate(self._places) if len(needs) < 2 or place[1] == value]  # noqa: PLR2004
            head = cell_name(needs[1], value, {}) if len(needs) > 1 else say("web.figures.number")
            yield Line(head, [self[f"{_NUMBER}_{each}"] for each in places])

    def rest(self) -> Iterator[forms.BoundField]:
        """Yield the fields that are no numbers."""
        yield from (self[name] for name in self.fields if not name.startswith(_NUMBER))

    def rows(self) -> list[tuple[int, list[str]]]:
        """Return what was filled in as the rows of a table of statistics."""
        return list(enumerate(map(self._row, self._filled()), 2))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        filled = list(self._filled())
        if not filled and not self.errors:
            self.add_error(None, say("web.statistics.nothing"))
        if any(not all(place) for place, _ in filled) and not cleaned.get("reason"):
            self.add_error("reason", say("web.statistics.reason_needed"))
        return cleaned

    def _filled(self) -> Iterator[tuple[tuple[str, ...], int]]:
        for number, place in enumerate(self._places):
            stated = self.cleaned_data.get(f"{_NUMBER}_{number}")
            if stated is not None:
                yield place, stated

    def _row(self, told: tuple[tuple[str, ...], int]) -> list[str]:
        place, number = told
        said_of: Mapping[str, str] = dict(zip(self.series.needs, place, strict=True))
        row = {**said_of, "series": self.series.id, "year": str(self.year), "number": str(number)}
        if not all(place):
            row["reason"] = self.cleaned_data["reason"]
        return [row.get(each, "") for each in STATISTICS_COLUMNS]

    def _label(self, place: tuple[str, ...]) -> str:
        named = (cell_name(split, value, {}) for split, value in zip(self.series.needs, place, strict=True))
        return say("wording.list_comma").join(named) or say("web.figures.number")


def _split(cell: StatedNumber, split: str) -> str:
    return cell.splits.get(split, "")


class WithdrawForm(DeskForm):
    """Why a statement no longer holds."""

    note = forms.CharField(
        label=said("web.statistics.withdraw_why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DeclineForm(DeskForm):
    """Why a statement stays as it is."""

    reason = forms.CharField(
        label=said("web.statistics.decline_why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
