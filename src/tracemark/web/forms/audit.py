from django import forms

from tracemark.recordkeeping import EventFilter, EventKind
from tracemark.weapons import NO_WEAPON
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import WeaponField, choices
from tracemark.web.said import said

_MARK = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


def _day(code: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={**_MARK, "class": "short mark", "placeholder": "2026-09-30"})
    return forms.DateField(label=said(code), required=False, input_formats=["%Y-%m-%d"], widget=widget)


class AuditForm(DeskForm):
    """What is looked for in the whole record. Every field may stay empty."""

    every_field_optional = True

    account = forms.CharField(
        label=said("web.audit.account"), required=False, max_length=150, widget=forms.TextInput(attrs=_MARK)
    )
    authority = forms.CharField(
        label=said("web.audit.authority"), required=False, max_length=80, widget=forms.TextInput(attrs=_MARK)
    )
    kind = forms.ChoiceField(
        label=said("web.seal.event"),
        required=False,
        choices=choices(EventKind, "recordkeeping.kind", any_code="web.words.any"),
    )
    weapon = WeaponField(label=said("web.register.weapon"), required=False)
    since = _day("web.audit.since")
    until = _day("web.audit.until")

    def wanted(self) -> EventFilter:
        """Return what is looked for."""
        given = self.cleaned_data
        weapon = given["weapon"] or NO_WEAPON
        return EventFilter(given["account"].strip(), given["authority"].strip(), given["kind"], weapon)
