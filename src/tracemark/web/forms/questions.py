from typing import Any

from django import forms

from tracemark.web.forms.desk import DeskForm
from tracemark.web.said import said


class QuestionForm(DeskForm):
    """What is asked privately, and of which other node."""

    node = forms.ChoiceField(label=said("web.questions.node"))
    reading = forms.CharField(label=said("web.questions.reading"), max_length=100)
    maker = forms.CharField(label=said("web.register.maker"), max_length=100, required=False)

    def __init__(self, *args: Any, nodes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["node"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = [(each, each) for each in nodes]
