from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from tracemark import intake
from tracemark.intake import HeldRow
from tracemark.weapons import WeaponId, parse_weapon, weapon_text
from tracemark.web.forms.desk import DeskForm
from tracemark.web.said import said, say
from tracemark.web.uploads import LARGEST_BYTES

OWN = "own"
_LARGEST_PROFILE_BYTES = 256 * 1024
_MEBIBYTE = 1024 * 1024


class UploadForm(DeskForm):
    """A file of weapons, and the profile that says what its columns mean."""

    file = forms.FileField(
        label=said("web.intake.file"),
        help_text=said("web.intake.file_hint", limit=LARGEST_BYTES // _MEBIBYTE),
        error_messages={"empty": said("web.intake.file_empty"), "required": said("web.intake.file_required")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.jsonld,.json,.xml"}),
    )
    profile = forms.ChoiceField(
        label=said("web.intake.profile"),
        help_text=said("web.intake.profile_hint"),
        initial="registry",
        choices=lambda: [*((name, name) for name in intake.shipped_profiles()), (OWN, said("web.intake.profile_own"))],
    )
    sheet = forms.CharField(
        label=said("web.intake.sheet"), help_text=said("web.intake.sheet_hint"), required=False, max_length=200
    )
    heading_row = forms.IntegerField(
        label=said("web.intake.heading_row"),
        help_text=said("web.intake.heading_row_hint"),
        required=False,
        min_value=1,
        max_value=1_048_576,
    )
    own_file = forms.FileField(
        label=said("web.intake.own_file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    own_text = forms.CharField(
        label=said("web.intake.own_text"),
        help_text=said("web.intake.own_text_hint"),
        required=False,
        max_length=_LARGEST_PROFILE_BYTES,
        widget=forms.Textarea(attrs={"rows": 6, "class": "mark", "dir": "ltr", "spellcheck": "false"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            size = -(-(file.size or 0) // _MEBIBYTE)
            raise ValidationError(say("web.intake.file_too_large", size=size, limit=LARGEST_BYTES // _MEBIBYTE))
        return file

    def clean_own_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["own_file"]
        if file and (file.size or 0) > _LARGEST_PROFILE_BYTES:
            raise ValidationError(say("web.intake.profile_too_large"))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("profile") == OWN and not (cleaned.get("own_file") or cleaned.get("own_text")):
            self.add_error("own_file", say("web.intake.own_missing"))
        return cleaned

    def own_profile(self) -> str | None:
        """Return the text of the State's own profile, None where a shipped one was chosen.

        Raises:
            UnicodeDecodeError: the file is no text.
        """
        if self.cleaned_data["profile"] != OWN:
            return None
        file: UploadedFile[bytes] | None = self.cleaned_data["own_file"]
        return file.read().decode("utf-8-sig") if file else str(self.cleaned_data["own_text"])


class JudgementForm(DeskForm):
    """Which weapon a held row is: one of those it is held against, or one that is not on record yet."""

    judgement = forms.ChoiceField(
        label=said("web.intake.judgement"),
        widget=forms.RadioSelect,
        error_messages={"required": said("web.intake.judgement_required")},
    )

    def __init__(self, *args: Any, row: HeldRow, lacking: Mapping[WeaponId, int], **kwargs: Any) -> None:
        """`lacking`: how many events each weapon would gain if the row were it."""
        super().__init__(*args, **kwargs)
        known = [WeaponId(each) for each in row.against]
        field = self.fields["judgement"]
        field.choices = [  # type: ignore[attr-defined]
            *((weapon_text(each), _same(each, lacking.get(each, 0))) for each in known),
            ("different", say("web.intake.judge_different")),
        ]

    def same_as(self) -> WeaponId | None:
        """Return the weapon that the row is, None where it is a new one."""
        text = self.cleaned_data["judgement"]
        return None if text == "different" else parse_weapon(text)


def _same(weapon: WeaponId, lacks: int) -> str:
    code = "web.intake.judge_same" if lacks else "web.intake.judge_same_adds_nothing"
    return say(code, weapon=weapon_text(weapon), count=lacks)
