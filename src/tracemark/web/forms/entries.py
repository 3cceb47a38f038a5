from collections.abc import Mapping
from typing import Any

from django import forms

from tracemark.intake import FIRST_KINDS, DraftEvent, Entry
from tracemark.kernel import Finding
from tracemark.marking import Mark, MarkKind
from tracemark.recordkeeping import EventKind, WeaponState, event_kinds
from tracemark.weapons import Component, ComponentId, Material, Part, WeaponId
from tracemark.web.forms.descriptions import DescribedForm, origin_field, unmarked_field
from tracemark.web.forms.details import details_of, nested_fields, scalar_field
from tracemark.web.forms.fields import PartialDateField, choices
from tracemark.web.said import said, say

COMPONENTS = 6
"""How many components can be entered at once; the first is the control component."""

MARKS = 6
"""How many marks can be entered at once."""

_DETAILS = ("holder", "from_state", "place", "lot", "licence")
_PLATE = {"yes": True, "no": False}
_NOT_YET = WeaponState(WeaponId(0))


class EntryForm(DescribedForm):
    """One weapon that is not on record: what it is, its parts and marks, and the event with which its record begins."""

    event = forms.ChoiceField(
        label=said("web.entry.event"),
        choices=choices(FIRST_KINDS, "recordkeeping.kind"),
        widget=forms.RadioSelect,
    )
    happened = PartialDateField(label=said("web.record.happened"), help_text=said("web.forms.date_hint"))
    document = forms.CharField(label=said("web.record.document"), required=False, max_length=120)
    origin = origin_field()
    unmarked = unmarked_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _DETAILS:
            self.fields[name] = scalar_field(name, required=name == "holder")
        self.fields["holder"].widget.attrs["list"] = "known-holders"
        for number in range(1, COMPONENTS + 1):
            self.fields |= _component_fields(number)
        marks = [nested_fields("marks", _NOT_YET, required=False) for _ in range(MARKS)]
        self.fields |= {f"{name}_{at}": field for at, each in enumerate(marks, 1) for name, field in each.items()}
        self._mark_names = list(marks[0])
        self._mark_rows: list[int] = []

    @property
    def told(self) -> list[forms.BoundField]:
        """The fields of the first event, without its kind."""
        return [self[name] for name in ("happened", *_DETAILS, "document")]

    @property
    def component_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the components, one a row; the first row is the control component."""
        names = ("part", "material", "plate")
        return [[self[f"component_{name}_{at}"] for name in names] for at in range(1, COMPONENTS + 1)]

    @property
    def mark_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the marks, one a row."""
        return [[self[f"{name}_{at}"] for name in self._mark_names] for at in range(1, MARKS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("event")
        if kind:
            terms = event_kinds()[EventKind(kind)]
            for name in _DETAILS:
                if name in terms.requires and not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self.fields["event"].error_messages["required"])
                elif name not in terms.requires | terms.may and cleaned.get(name):
                    self.add_error(name, say("web.entry.not_of_this_kind"))
        self._mark_rows = [at for at in range(1, MARKS + 1) if self._told(at, cleaned)]
        for at in self._mark_rows:
            if not cleaned.get(f"mark_kind_{at}"):
                self.add_error(f"mark_kind_{at}", say("web.entry.mark_without_kind"))
        if cleaned.get("unmarked") and self._mark_rows:
            self.add_error("unmarked", say("web.recoveries.marked_after_all"))
        return cleaned

    def field_of(self, finding: Finding) -> str | None:
        """A mark's serial is found wrong by the mark's place among those given."""
        told = str(finding.facts.get("field", ""))
        if told.startswith("marks."):
            return f"mark_serial_{self._mark_rows[int(told.split('.')[1])]}"
        return "event" if told == "kind" else super().field_of(finding)

    def entry(self) -> Entry:
        """Return the weapon, as the rooms know it."""
        given = self.cleaned_data
        kind = EventKind(given["event"])
        details = details_of(_DETAILS, given)
        first = DraftEvent(kind, given["happened"], details, document=given["document"])
        return Entry(self.description(), tuple(self._components()), tuple(self._marks()), first)

    def _components(self) -> list[Component]:
        given = self.cleaned_data
        rows = [at for at in range(1, COMPONENTS + 1) if given[f"component_part_{at}"]]
        return [
            Component(
                ComponentId(0),
                Part(given[f"component_part_{at}"]),
                control=at == 1,
                material=Material(given[f"component_material_{at}"] or Material.UNKNOWN),
                metal_plate=_PLATE.get(given[f"component_plate_{at}"]),
            )
            for at in rows
        ]

    def _marks(self) -> list[Mark]:
        return [Mark.of_plain(self._mark(at)) for at in self._mark_rows]

    def _mark(self, at: int) -> Mapping[str, Any]:
        row = {name: self.cleaned_data[f"{name}_{at}"] for name in self._mark_names}
        details: Mapping[str, Any] = details_of(["marks"], row)
        found: Mapping[str, Any] = details["marks"][0]
        return found

    def _told(self, at: int, cleaned: Mapping[str, object]) -> bool:
        """Whether a mark says anything besides its kind, which a new form brings along."""
        return any(name != "mark_kind" and cleaned.get(f"{name}_{at}") for name in self._mark_names)


def _component_fields(number: int) -> dict[str, forms.Field]:
    return {
        f"component_part_{number}": forms.ChoiceField(
            label=said("web.entry.control" if number == 1 else "web.entry.part"),
            required=False,
            choices=choices(Part, "weapons.part", any_code="web.words.none"),
        ),
        f"component_material_{number}": forms.ChoiceField(
            label=said("web.weapon.material"),
            required=False,
            choices=choices(Material, "weapons.material"),
            initial=Material.UNKNOWN.value,
        ),
        f"component_plate_{number}": forms.ChoiceField(
            label=said("web.entry.plate"),
            required=False,
            choices=choices(_PLATE, "web.entry.plate", any_code="web.entry.plate_unknown"),
        ),
    }


FIRST_ROW: Mapping[str, object] = {"mark_kind_1": MarkKind.MANUFACTURE.value}
"""What a new form begins with: most weapons bear the mark of their maker."""
