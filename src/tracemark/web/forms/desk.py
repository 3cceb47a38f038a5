from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from tracemark import wording
from tracemark.kernel import Finding, Refused
from tracemark.web.said import spoken


class DeskRenderer(TemplatesSetting):
    """Renders `{{ form }}` with error summary, labels, hints and errors; see `templates/web/forms`."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class DeskForm(forms.Form):
    """A form at an officer's desk. The browser's own complaints are left out: ours speak the reader's language."""

    use_required_attribute = False
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, refused: Refused) -> None:
        """Put what a room found wrong beside the fields it concerns, the rest above the form."""
        for finding in refused.findings:
            self.add_error(self.field_of(finding), wording.finding_text(finding, to=spoken()))

    def field_of(self, finding: Finding) -> str | None:
        """Return the field a finding concerns, by the fact `field`; None where it concerns the whole."""
        name = finding.facts.get("field")
        return name if isinstance(name, str) and name in self.fields else None
