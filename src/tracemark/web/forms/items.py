from typing import Any

from django import forms

from tracemark.kernel import Refused
from tracemark.node import item_lines
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.goods import ItemsField
from tracemark.web.said import said

_LARGEST_LIST = 4 * 1024**2


class ItemsForm(DeskForm):
    """Weapons of a list: typed, or in a file, or both."""

    items = ItemsField(label=said("web.transfers.items"), help_text=said("web.transfers.items_hint"), required=False)
    file = forms.FileField(
        label=said("web.transfers.items_file"), help_text=said("web.transfers.items_file_hint"), required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Put the weapons of the file behind those typed.

        Raises:
            ValidationError: there are none.
        """
        given, told = dict(self.cleaned_data), list(self.cleaned_data.get("items", []))
        if file := given.pop("file", None):
            try:
                lines = item_lines(file.name, file.read(_LARGEST_LIST))
                told += ItemsField().clean("\n".join(lines)) if lines else []
            except Refused as refused:
                self.refuse(refused)
            except forms.ValidationError as error:
                self.add_error("file", error)
        if not told and not self.errors:
            self.add_error("items", self.fields["items"].error_messages["required"])
        return given | {"items": told}
