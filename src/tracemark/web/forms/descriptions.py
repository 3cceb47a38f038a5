from typing import Any

from django import forms

from tracemark.weapons import Description, Origin, UnmarkedReason, catalogue
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.naming import LISTS, Understood, understood
from tracemark.web.said import said

_YEARS = (1700, 2200)


class DescribedForm(DeskForm):
    """What a weapon is, as far as known.

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

    @property
    def described(self) -> list[forms.BoundField]:
        """The fields that say what the weapon is."""
        return [self[name] for name in ("kind", *LISTS, "year")]

    def understood(self) -> list[Understood]:
        """Return what the catalogue makes of the words."""
        return understood({name: self.cleaned_data.get(name) or "" for name in LISTS})

    def description(self) -> Description:
        """What is known for certain goes in by its code; other words are kept as they were written."""
        given, words = self.cleaned_data, self.understood()
        return Description(
            kind=given["kind"],
            year=given["year"],
            origin=Origin(given.get("origin") or Origin.UNKNOWN),
            unmarked_because=given.get("unmarked") or "",
            as_written={each.field: each.text for each in words if not each.certain} or None,
            **{each.field: each.code for each in words if each.certain},
        )


def origin_field() -> forms.ChoiceField:
    """Return the field that says how the weapon came to be."""
    return forms.ChoiceField(
        label=said("web.weapon.origin"),
        required=False,
        choices=choices(Origin, "weapons.origin"),
        initial=Origin.UNKNOWN.value,
    )


def unmarked_field() -> forms.ChoiceField:
    """Return the field that says why the weapon bears no mark."""
    return forms.ChoiceField(
        label=said("web.recoveries.unmarked"),
        help_text=said("web.recoveries.unmarked_hint"),
        required=False,
        choices=choices(UnmarkedReason, "weapons.unmarked", any_code="web.recoveries.marked"),
    )
