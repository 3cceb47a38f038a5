from django import forms

from tracemark.web.forms.desk import DeskForm
from tracemark.web.said import said, say

LARGEST_BYTES = 10 * 1024 * 1024
_MOST_MB = LARGEST_BYTES // 1024**2


class AidFileForm(DeskForm):
    """A file of activities that somebody published."""

    file = forms.FileField(
        label=said("web.aid.file"), help_text=said("web.aid.file_hint", most=_MOST_MB),
        widget=forms.FileInput(attrs={"accept": ".xml"}),
    )  # fmt: skip
    everything = forms.BooleanField(label=said("web.aid.everything"), required=False)

    def clean_file(self) -> object:
        """Refuse a file that is larger than a page takes in while somebody waits."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(say("web.aid.file_large", most=_MOST_MB))
        return file


class BoardForm(DeskForm):
    """Which country the board shows; all where none is chosen."""

    country = forms.ChoiceField(label=said("web.aid.only"), required=False)

    def __init__(self, *args: object, countries: list[tuple[str, str]]) -> None:
        super().__init__(*args)
        self.fields["country"].choices = [("", say("web.aid.all")), *countries]  # type: ignore[attr-defined]
