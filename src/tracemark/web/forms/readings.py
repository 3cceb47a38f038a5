from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracemark.tracing import ComponentReading, UnreadableReading, read_mark_text
from tracemark.weapons import Part
from tracemark.web.forms.descriptions import DescribedForm
from tracemark.web.forms.drawn import DrawnOnce
from tracemark.web.forms.fields import WeaponField, choices
from tracemark.web.naming import NAMED, Understood, understood
from tracemark.web.said import said, spoken
from tracemark.wording import question_texts

READINGS = 4
"""How many components can be read at once."""


def asked_before(given: Mapping[str, str]) -> dict[str, str]:
    """Return what was asked at the trace desk and leads on to another form: readings, parts, and what the weapon is."""
    names = ["kind", "year", *NAMED]
    names += [f"{name}_{number}" for name in ("reading", "part") for number in range(1, READINGS + 1)]
    return {name: given[name] for name in names if given.get(name)}


class ReadingField(forms.CharField):
    """What can be read of a mark, as examiners write it; what is not understood is asked about."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "class": "mark reading",
            "dir": "ltr",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "aria-describedby": "notation",
        }
        super().__init__(max_length=200, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: object) -> str:
        text = str(super().clean(value))
        if not text:
            return text
        try:
            read_mark_text(text).settled()
        except UnreadableReading as error:
            raise ValidationError(" ".join(question_texts(error, to=spoken()))) from error
        return text


class ReadingsForm(DescribedForm):
    """What can be read of a weapon's marks, each component apart, and what it is as far as known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, READINGS + 1):
            self.fields[f"reading_{number}"] = ReadingField(
                label=said("web.traces.reading", number=number), required=False
            )
            self.fields[f"part_{number}"] = forms.ChoiceField(
                label=said("web.traces.part", number=number),
                required=False,
                choices=choices(Part, "weapons.part", any_code="web.traces.part_unknown"),
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the readings, each with that of its part."""
        return [(self[f"reading_{number}"], self[f"part_{number}"]) for number in range(1, READINGS + 1)]

    @property
    def more_readings(self) -> bool:
        """Whether anything stands in the fields of further readings, so that they are not folded away."""
        return any(field.value() or field.errors for pair in self.pairs[1:] for field in pair)

    def readings(self) -> tuple[ComponentReading, ...]:
        """Return what was read, as far as it was filled in."""
        given = self.cleaned_data
        numbers = (number for number in range(1, READINGS + 1) if given.get(f"reading_{number}"))
        return tuple(ComponentReading(given[f"reading_{number}"], given[f"part_{number}"]) for number in numbers)

    def codes(self) -> Mapping[str, str]:
        """Return the codes of what the catalogue knows, with the kind."""
        return {"kind": self.cleaned_data["kind"], **{each.field: each.code for each in self.understood() if each.code}}


class AskedForm(ReadingsForm):
    """What is asked of the register: readings, what the weapon is, and the State that its import mark names."""

    bound_field_class = DrawnOnce

    import_country = forms.CharField(
        label=said("web.traces.import_country"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"list": "known-states", "autocomplete": "off"}),
    )

    @property
    def described(self) -> list[forms.BoundField]:
        return [*super().described, self["import_country"]]

    def understood(self) -> list[Understood]:
        return understood({name: self.cleaned_data.get(name) or "" for name in NAMED})


class SearchForm(AskedForm):
    """What the trace desk looks for. `recovered` is the weapon on whose recovery a case may be opened."""

    every_field_optional = True

    recovered = WeaponField(required=False)
