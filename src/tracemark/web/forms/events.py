from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import BoundField

from tracemark.kernel import Actor, PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, KindTerms, WeaponState
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.details import details_of, known_holder, nested_fields, scalar_field, scalar_names
from tracemark.web.forms.fields import PartialDateField
from tracemark.web.forms.persons import person_fields, person_of
from tracemark.web.said import said

_NAMED_FREELY = frozenset({EventKind.EXPORTED, EventKind.ISSUED})
"""Kinds whose receiver need not be an agency of the node: a unit of one, or somebody abroad."""
_SECTIONS = {
    "person": "web.record.section_person",
    "weapon": "web.record.section_weapon",
    "removed": "web.record.section_parts",
    "fitted": "web.record.section_parts",
    "mark": "web.record.section_mark",
}
"""The sections in which fields stand, by the first word of their name."""


class EventForm(DeskForm):
    """One event of one kind: when, by which paper, and the details that the kind asks and allows."""

    happened = PartialDateField(label=said("web.record.happened"), help_text=said("web.forms.date_hint"))
    document = forms.CharField(label=said("web.record.document"), required=False, max_length=120)

    def __init__(
        self,
        *args: Any,
        terms: KindTerms,
        state: WeaponState,
        agencies: Collection[str],
        persons: bool = False,
        **kwargs: Any,
    ) -> None:
        """`persons`: whether the writer may enter a private person as the holder."""
        super().__init__(*args, **kwargs)
        self._terms, self._state, self._agencies = terms, state, agencies
        names = terms.requires | terms.may
        self._persons = persons and "holder" in names
        for name in scalar_names(terms.requires):
            self.fields[name] = scalar_field(name, required=not (self._persons and name == "holder"))
        if self._persons:
            self.fields |= person_fields()
        for name in sorted(names):
            self.fields |= nested_fields(name, state, required=name in terms.requires)
        for name in scalar_names(terms.may):
            self.fields[name] = scalar_field(name, required=False)
        if "from" in names:
            self.fields["from"].initial = state.holder

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Return the fields as they stand together: each section's sentence and its fields; no empty section."""
        bound: dict[str, list[BoundField]] = {code: [] for code in ("web.record.event", *_SECTIONS.values())}
        for field in self:
            bound[_SECTIONS.get(field.name.split("_")[0], "web.record.event")].append(field)
        return [(code, fields) for code, fields in bound.items() if fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in {"holder", "from", "custodian"} & cleaned.keys():
            if cleaned[name] and self._terms.kind not in _NAMED_FREELY:
                try:
                    known_holder(cleaned[name], self._agencies)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        if self._persons and not self.errors.get("holder"):
            self._one_holder(cleaned)
        return cleaned

    def _one_holder(self, cleaned: dict[str, Any]) -> None:
        """See to it that the holder is an agency or one person, whose name is given."""
        person, holder = person_of(cleaned), cleaned.get("holder")
        if person and holder:
            self.add_error("holder", said("web.persons.one_holder"))
        elif person and not cleaned.get("person_name"):
            self.add_error("person_name", said("web.persons.name_needed"))
        elif not person and not holder and "holder" in self._terms.requires:
            self.add_error("holder", self.fields["holder"].error_messages["required"])

    def person(self) -> dict[str, Plain]:
        """Return the data of the person who was entered as the holder; nothing where it is somebody known."""
        return person_of(self.cleaned_data) if self._persons else {}

    def event(self, actor: Actor, holder: str = "") -> Event:
        """Return the event, as this actor would record it; `holder` stands for the person who was entered."""
        happened: PartialDate = self.cleaned_data["happened"]
        details: dict[str, Plain] = details_of(sorted(self._terms.requires | self._terms.may), self.cleaned_data)
        if holder:
            details["holder"] = holder
        return Event(
            self._state.weapon,
            self._terms.kind,
            happened,
            actor.authority,
            actor.name,
            details,
            self.cleaned_data["document"],
        )
