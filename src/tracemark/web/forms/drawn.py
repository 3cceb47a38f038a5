from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tracemark.web.said import spoken


class DrawnOnce(forms.BoundField):
    """A field that is the same in every form of its class, drawn once a process, language and choice.

    What was typed in is put into the empty one; only what was wrong with it is drawn anew. Django draws each choice of
    a list by a template of its own: five lists take it longer than finding a weapon among ten million.
    """

    def as_field_group(self) -> SafeString:
        value = str(self.value() or "")
        typed = type(self.field.widget) is forms.TextInput and bool(value)
        if self.errors or (value and not typed and not isinstance(self.field, forms.ChoiceField)):
            return super().as_field_group()
        known = (type(self.form), self.html_name, spoken(), "" if typed else value)
        if known not in _DRAWN:
            # Another form of the class, which may be filled in otherwise, has to make do with it.
            _DRAWN[known] = self._empty() if typed else super().as_field_group()
        return self._filled(_DRAWN[known], value) if typed else _DRAWN[known]

    def _empty(self) -> SafeString:
        return forms.BoundField(type(self.form)(), self.field, self.name).as_field_group()

    def _filled(self, empty: SafeString, value: str) -> SafeString:
        name = f' name="{self.html_name}"'
        return mark_safe(empty.replace(name, f'{name} value="{escape(value)}"', 1))  # noqa: S308 - escaped here


_DRAWN: dict[tuple[type[forms.BaseForm], str, str, str], SafeString] = {}
