from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tracemark.web.forms.desk import DeskForm
from tracemark.web.said import said, say

_LARGEST_BYTES = 64 * 1024
_DAY = {"type": "date"}


class LawForm(DeskForm):
    """A State's own law on marks: its name, the days it holds, and its text as a file or typed."""

    name = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{0,39}$",
        label=said("web.laws.name"),
        help_text=said("web.laws.name_hint"),
        error_messages={"invalid": said("web.laws.name_wrong")},
        widget=forms.TextInput(attrs={"class": "short mark", "dir": "ltr", "autocomplete": "off"}),
    )
    valid_from = forms.DateField(
        label=said("web.laws.valid_from"), input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs=_DAY)
    )
    valid_until = forms.DateField(
        label=said("web.laws.valid_until"),
        help_text=said("web.laws.valid_until_hint"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs=_DAY),
    )
    file = forms.FileField(
        label=said("web.laws.file"), required=False, widget=forms.FileInput(attrs={"accept": ".toml"})
    )
    text = forms.CharField(
        label=said("web.laws.text"),
        help_text=said("web.laws.text_hint"),
        required=False,
        max_length=_LARGEST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "mark", "dir": "ltr", "spellcheck": "false"}),
    )

    def clean_file(self) -> str:
        """Return the text of the file, "" where none was handed in."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > _LARGEST_BYTES:
            raise forms.ValidationError(say("web.laws.too_large", limit=_LARGEST_BYTES // 1024))
        try:
            return bytes(file.read()).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(self.fields["file"].error_messages["invalid"]) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["law"] = (cleaned.get("file") or cleaned.get("text") or "").replace("\r\n", "\n")
        if not cleaned["law"].strip() and "file" not in self.errors:
            self.add_error("file", say("web.laws.nothing"))
        return cleaned
