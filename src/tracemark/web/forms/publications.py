from django import forms

from tracemark.web.forms.desk import DeskForm
from tracemark.web.said import said


class ReasonForm(DeskForm):
    """Why a publication is declined, withdrawn or revised."""

    reason = forms.CharField(label=said("web.publications.reason"), required=False, max_length=500)
