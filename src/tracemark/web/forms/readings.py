from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracemark.tracing import ComponentReading, UnreadableReading, read_mark_text
from tracemark.weapons import Part, catalogue
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import WeaponField, choices
from tracemark.web.naming import LISTS, Understood, understood
from tracemark.web.said import said, spoken
from tracemark.wording import question_texts

READINGS = 4
"""How many components can be read at once."""

_YEARS = (1700, 2200)


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
        try:
            read_mark_text(text).settled()
        except UnreadableReading as error:
            raise ValidationError(" ".join(question_texts(error, to=spoken()))) from error
        return text


class ReadingsForm(DeskForm):
    """What can be read of a weapon's marks, each component apart, and what it is as far as known.

    Maker, model, calibre and country are typed in words, which `understood` looks up in the catalogue.
    """

    kind = forms.ChoiceField(
        label=said("web.register.kind"),
        required=False,
        choices=lambda: choices(catalogue().kinds, "weapons.kind", any_code="web.words.unknown"),
    )
    maker = forms.CharField(label=said("web.register.maker"), required=False, max_length=100)
    model = forms.CharField(label=said("web.register.model"), required=False, max_length=100)
    calibre = forms.CharField(label=said("web.register.calibre"), required=False, max_length=60)
    country = forms.CharField(label=said("web.weapon.country"), required=False, max_length=80)
    year = forms.IntegerField(label=said("web.weapon.year"), required=False, min_value=_YEARS[0], max_value=_YEARS[1])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in LISTS.items():
            self.fields[name].widget.attrs |= {"list": f"known-{of}", "autocomplete": "off"}
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
    def described(self) -> list[forms.BoundField]:
        """The fields that say what the weapon is."""
        return [self[name] for name in ("kind", *LISTS, "year")]

    def readings(self) -> tuple[ComponentReading, ...]:
        """Return what was read, as far as it was filled in."""
        given = self.cleaned_data
        numbers = (number for number in range(1, READINGS + 1) if given.get(f"reading_{number}"))
        return tuple(ComponentReading(given[f"reading_{number}"], given[f"part_{number}"]) for number in numbers)

    def understood(self) -> list[Understood]:
        """Return what the catalogue makes of the words."""
        return understood({name: self.cleaned_data.get(name) or "" for name in LISTS})

    def codes(self) -> Mapping[str, str]:
        """Return the codes of what the catalogue knows, with the kind."""
        return {"kind": self.cleaned_data["kind"], **{each.field: each.code for each in self.understood() if each.code}}


class SearchForm(ReadingsForm):
    """What the trace desk looks for. `recovered` is the weapon on whose recovery a case may be opened."""

    every_field_optional = True

    recovered = WeaponField(required=False)
