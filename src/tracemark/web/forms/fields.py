from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from tracemark.kernel import PartialDate
from tracemark.weapons import WeaponId, parse_weapon
from tracemark.web.said import said

LARGEST = 2**53 - 1
"""The largest whole number that plain JSON may hold, and so the record."""


class PartialDateField(forms.CharField):
    """A date known to the day, the month or the year: `2019-05-17`, `2019-05`, `2019`."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "class": "short", "autocomplete": "off"})
        # Longer than any date: what is cut to its length by a browser is not what was meant.
        super().__init__(max_length=40, widget=widget, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(said("web.forms.not_a_date")) from error


class WeaponField(forms.CharField):
    """A weapon's identity: `W-123` or `123`."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.TextInput(
            attrs={"dir": "ltr", "class": "short mark", "autocomplete": "off", "spellcheck": "false"}
        )
        super().__init__(max_length=20, widget=widget, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> WeaponId | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_weapon(text)
        except ValueError as error:
            raise ValidationError(said("web.forms.not_a_weapon")) from error


def choices(values: Iterable[str], family: str, *, any_code: str = "") -> list[tuple[str, object]]:
    """Return the choices of a select, each said as `<family>_<value>`; `any_code` says an empty first one."""
    listed: list[tuple[str, object]] = [(str(value), said(f"{family}_{value}")) for value in values]
    return [("", said(any_code)), *listed] if any_code else listed
