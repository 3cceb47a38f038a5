from typing import Any

from django import forms

from tracemark.tracing import ListForm
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.forms.interstate import CODE
from tracemark.web.said import said


class ShareListForm(DeskForm):
    """To which other node the list of what is lost and stolen goes, and in which form."""

    node = forms.ChoiceField(label=said("web.lost.node"))
    form = forms.ChoiceField(
        label=said("web.lost.form"),
        help_text=said("web.lost.form_hint"),
        choices=choices(reversed(ListForm), "tracing.lost_form"),
    )

    def __init__(self, *args: Any, nodes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["node"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each, each) for each in nodes]


class ImportListForm(DeskForm):
    """A list as a file, and whose it is."""

    file = forms.FileField(
        label=said("web.lost.file"),
        help_text=said("web.lost.import_hint"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )
    state = forms.RegexField(
        "^[A-Z]{2}$",
        label=said("web.lost.state"),
        error_messages={"invalid": said("web.forms.not_a_state")},
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
