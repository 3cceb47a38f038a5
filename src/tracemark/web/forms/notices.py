from typing import Any

from django import forms

from tracemark.web.forms.desk import DeskForm
from tracemark.web.said import said


class SendNoticeForm(DeskForm):
    """To which other nodes a notice goes; `nodes` are those of the directory, each with what it is called."""

    nodes = forms.MultipleChoiceField(label=said("web.notices.nodes"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, nodes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nodes"]
        if isinstance(field, forms.ChoiceField):
            field.choices = nodes
