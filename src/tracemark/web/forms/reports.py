from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tracemark.kernel import Plain
from tracemark.reporting import (
    ALL,
    NATIONAL,
    Answer,
    AnswerKind,
    Edition,
    Origin,
    Period,
    Question,
    YesNo,
    editions,
    form_terms,
    number_of,
    part_of_share,
    parts_of,
    rows_of,
    share_text,
    texts_of,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import PartialDateField, choices
from tracemark.web.said import said, say, term

_BETWEEN = "|"
_LARGEST_BYTES = 16 * 1024 * 1024
_PART = "part_"


class DraftForm(DeskForm):
    """Which form is drafted, in which edition, and on which period."""

    form = forms.ChoiceField(label=said("recordkeeping.detail_form"), choices=choices(form_terms(), "reporting.form"))
    edition = forms.ChoiceField(label=said("recordkeeping.detail_edition"), required=False)
    first = PartialDateField(label=said("recordkeeping.detail_period_first"), help_text=said("web.forms.date_hint"))
    last = PartialDateField(label=said("recordkeeping.detail_period_last"), help_text=said("web.forms.date_hint"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each, each) for form, each in editions() if form == NATIONAL]
        self.fields["edition"].choices = [("", say("web.reports.newest")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last.last < first.first:
            self.add_error("last", say("web.figures.ends_before"))
        return cleaned

    def period(self) -> Period:
        """Return the period; the form must be valid."""
        return Period(self.cleaned_data["first"].first, self.cleaned_data["last"].last)

    def edition_name(self) -> str:
        """Return the edition; other forms than the national report have one only."""
        given = self.cleaned_data
        return str(given["edition"]) if given["form"] == NATIONAL else ""


class ReportNoteForm(DeskForm):
    """A note to a step, which may be left out."""

    note = forms.CharField(
        label=said("recordkeeping.detail_note"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ProposePublicationForm(ReportNoteForm):
    """From which day on a report is to be public."""

    public_from = forms.DateField(
        label=said("recordkeeping.detail_public_from"), required=False, help_text=said("web.reports.public_from_hint"),
        input_formats=["%Y-%m-%d"], error_messages={"invalid": said("web.reports.day_hint")},
    )  # fmt: skip
    field_order = ("public_from", "note")


class ReportTextForm(DeskForm):
    """A comment, or a reason."""

    note = forms.CharField(label=said("web.reports.text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class AssignForm(DeskForm):
    """Who answers for which section."""

    section = forms.ChoiceField(label=said("recordkeeping.detail_section"))
    owner = forms.CharField(label=said("recordkeeping.detail_owner"), max_length=150)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            (each.id, term(each.id, "reporting.section")) for each in edition.sections
        ]


class AnswerForm(DeskForm):
    """The answer to one question: fields by its kind, a note, and why no answer can be given where none is."""

    every_field_optional = True

    def __init__(
        self, *args: Any, question: Question, period: Period, answer: Answer | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("prefix", question.id.replace(".", "-"))
        super().__init__(*args, **kwargs)
        self.question, self._parts = question, parts_of(question, period)
        self._add_value(answer.value if answer else None)
        for name in ("note", "reason"):
            self.fields[name] = forms.CharField(
                label=say("recordkeeping.detail_note" if name == "note" else "web.reports.reason"),
                required=False, max_length=4000, initial=getattr(answer, name, ""),
                widget=forms.Textarea(attrs={"rows": 1}),
            )  # fmt: skip
        self.fields["withheld"] = forms.BooleanField(
            label=say("web.reports.withheld"), required=False, initial=bool(answer and answer.withheld)
        )

    def answer(self, attached: list[str]) -> Answer:
        """Return the answer; `attached` are the SHA-256 of documents that were handed in."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("note", "reason", "withheld")}
        return Answer(self.question.id, self._value(attached), Origin.TYPED, **told)

    def _add_value(self, value: Plain) -> None:
        kind, label = self.question.answer, say("web.reports.answer")
        if kind is AnswerKind.NUMBER:
            for part in (*self._parts, *(() if self.question.split == "year" else (ALL,))):
                self.fields[f"{_PART}{part}"] = forms.IntegerField(
                    label=part if part.isdecimal() else term(part, "reporting.part"),
                    required=False, min_value=0, initial=number_of(value, part),
                )  # fmt: skip
        elif kind is AnswerKind.SHARE:
            for part in (*self._parts, ALL):
                self.fields[f"{_PART}{part}"] = forms.DecimalField(
                    label=part if part.isdecimal() else term(part, "reporting.part"), help_text="%",
                    required=False, min_value=0, max_value=100, decimal_places=2, initial=part_of_share(value, part),
                )  # fmt: skip
        elif kind is AnswerKind.FILE:
            self.fields["file"] = forms.FileField(
                label=label, required=False, help_text=say("web.reports.file_hint", most=_LARGEST_BYTES // 1024**2)
            )
        else:
            self.fields["value"] = self._field(kind, label, value)

    def _field(self, kind: AnswerKind, label: str, value: Plain) -> forms.Field:
        if kind is AnswerKind.YES_NO:
            offered = [
                ("", say("reporting.none_given")),
                *((each.value, term(each, "reporting.answer")) for each in YesNo),
            ]
            return forms.ChoiceField(label=label, required=False, choices=offered, initial=value)
        if kind is AnswerKind.OPTIONS:
            named = [(each, term(each, "reporting.option")) for each in self.question.options]
            ticks = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(
                label=label, required=False, choices=named, widget=ticks, initial=texts_of(value)
            )
        if kind is AnswerKind.DATE:
            return forms.CharField(label=label, required=False, max_length=10, initial=value,
                                   help_text=say("web.reports.day_hint"))  # fmt: skip
        hint = ""
        if kind is AnswerKind.TABLE:
            heads = f" {_BETWEEN} ".join(term(each, "reporting.table") for each in self.question.columns)
            hint, value = say("web.reports.rows_hint", columns=heads), self._lines(value)
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(
            label=label, required=False, max_length=60_000, widget=area, initial=value, help_text=hint
        )

    def _lines(self, value: Plain) -> str:
        columns = self.question.columns
        return "\n".join(f" {_BETWEEN} ".join(str(row.get(each, "")) for each in columns) for row in rows_of(value))

    def _value(self, attached: list[str]) -> Plain:
        given, kind = self.cleaned_data, self.question.answer
        told = {name.removeprefix(_PART): given[name] for name in given if name.startswith(_PART)}
        numbers = {part: number for part, number in told.items() if number is not None}
        if kind is AnswerKind.NUMBER:
            return {ALL: sum(numbers.values()), **numbers} if numbers else None
        if kind is AnswerKind.SHARE:
            return {part: share_text(number) for part, number in numbers.items()} or None
        if kind is AnswerKind.FILE:
            return list(attached) or None
        value = given["value"]
        if kind is AnswerKind.TABLE and value.strip():
            return [self._row(line) for line in value.splitlines() if line.strip()]
        return value or None

    def _row(self, line: str) -> dict[str, Plain]:
        cells = [each.strip() for each in line.split(_BETWEEN)]
        named = dict(zip(self.question.columns, cells, strict=False))
        return {name: int(cell) if name == "number" and cell.isdecimal() else cell for name, cell in named.items()}

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Refuse a document that is too large to keep."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if file and (file.size or 0) > _LARGEST_BYTES:
            raise forms.ValidationError(say("web.reports.file_hint", most=_LARGEST_BYTES // 1024**2))
        return file
