from django import forms
from django.utils.safestring import SafeString

from tracemark.web.said import spoken


class DrawnOnce(forms.BoundField):
    """A field that is the same in every form of its class, drawn once a process, language and choice.

    Only what was typed in, and what was wrong with it, is drawn anew. Django draws each choice of a list by a template
    of its own: five lists take it longer than finding a weapon among ten million.
    """

    def as_field_group(self) -> SafeString:
        value = str(self.value() or "")
        if self.errors or (value and not isinstance(self.field, forms.ChoiceField)):
            return super().as_field_group()
        known = (type(self.form), self.html_name, spoken(), value)
        if known not in _DRAWN:
            _DRAWN[known] = super().as_field_group()
        return _DRAWN[known]


_DRAWN: dict[tuple[type[forms.BaseForm], str, str, str], SafeString] = {}
