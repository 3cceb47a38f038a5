import hashlib
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from tracemark.authorities import Agency
from tracemark.marking import Mark, MarkKind
from tracemark.recordkeeping import RECOVERIES, Breach, EventKind, TakenFrom, event_kinds
from tracemark.tracing import AGE_BANDS, GROUND_PARAGRAPHS, Ground, PersonInvolved, Recovery, Sex
from tracemark.weapons import ESSENTIAL_PARTS, Component, ComponentId, Description, Part
from tracemark.web.forms.descriptions import origin_field, unmarked_field
from tracemark.web.forms.fields import PartialDateField, choices
from tracemark.web.forms.readings import ReadingsForm
from tracemark.web.said import said, say

PERSONS = 4
"""How many persons involved can be told of at once."""

_ROLES = ("possessor", "victim", "witness", "other")
_MOST_PHOTOS = 12
_FINGERPRINT = re.compile("[0-9a-f]{64}")
_MEBIBYTE = 1024 * 1024
_LARGEST_PHOTO = 12
_MOST_PLACES = 80_000_000
_DECODED = ("PNG", "JPEG", "WEBP")
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures, PNG, JPEG or WebP; cleaned, a list of their bytes, each picture once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_ManyFiles(attrs={"accept": "image/png,image/jpeg,image/webp"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:  # noqa: ANN401 - Django's own
        files: Sequence[UploadedFile[bytes]] = [
            each for each in (data if isinstance(data, list | tuple) else [data]) if each
        ]
        if len(files) > _MOST_PHOTOS:
            raise ValidationError(say("web.recoveries.too_many_photos", most=_MOST_PHOTOS))
        found: dict[str, bytes] = {}
        for each in files:
            content = self._content(super().clean(each, initial))
            found[hashlib.sha256(content).hexdigest()] = content
        return list(found.values())

    def _content(self, file: "UploadedFile[bytes]") -> bytes:
        if (file.size or 0) > _LARGEST_PHOTO * _MEBIBYTE:
            raise ValidationError(say("web.recoveries.photo_too_large", name=file.name, limit=_LARGEST_PHOTO))
        content = bytes(file.read())
        if not picture_type(content) or not _decodes(content):
            raise ValidationError(say("web.recoveries.not_a_photo", name=file.name))
        return content


def _decodes(content: bytes) -> bool:
    """Whether a picture can be drawn to its last place: what is sealed must be of use to whoever opens it."""
    try:
        with Image.open(BytesIO(content), formats=_DECODED) as image:
            if image.width * image.height > _MOST_PLACES:
                return False
            image.verify()
        # What was verified is spent: to be drawn, it is opened again.
        with Image.open(BytesIO(content), formats=_DECODED) as image:
            image.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return False
    return True


class KeptPhotosField(forms.CharField):
    """Fingerprints of pictures that were handed in with an earlier try of the same form; cleaned, a list of them."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=_MOST_PHOTOS * 65, widget=forms.HiddenInput)

    def clean(self, value: object) -> list[str]:
        found = str(super().clean(value)).split()
        if not all(map(_FINGERPRINT.fullmatch, found)):
            raise ValidationError(say("web.recoveries.not_a_photo", name=""))
        return found


def picture_type(content: bytes) -> str:
    """Return the media type of a picture by its first bytes, "" where it is none that we take."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media for start, media in _PICTURES if content.startswith(start)), "")


def ground_choices() -> list[tuple[str, object]]:
    """Return the grounds of ITI 6, each in its words with the paragraph."""
    return [(ground.value, f"{say(f'tracing.ground_{ground}')} ({GROUND_PARAGRAPHS[ground]})") for ground in Ground]


class RecoveryForm(ReadingsForm):
    """How a weapon came to hand, and what can be seen of it. Of persons involved, sex and age band only."""

    event = forms.ChoiceField(
        label=said("web.recoveries.kind"),
        choices=choices((each for each in EventKind if each in RECOVERIES), "recordkeeping.kind"),
        widget=forms.RadioSelect,
    )
    happened = PartialDateField(label=said("web.recoveries.happened"), help_text=said("web.forms.date_hint"))
    place = forms.CharField(label=said("web.recoveries.place"), max_length=200)
    custodian = forms.ChoiceField(
        label=said("web.recoveries.custodian"), help_text=said("web.recoveries.custodian_hint")
    )
    document = forms.CharField(label=said("web.record.document"), required=False, max_length=120)
    grounds = forms.MultipleChoiceField(
        label=said("web.recoveries.grounds"),
        help_text=said("web.recoveries.grounds_hint"),
        required=False,
        choices=ground_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_basis = forms.CharField(
        label=said("web.recoveries.legal_basis"),
        help_text=said("web.recoveries.legal_basis_hint"),
        required=False,
        max_length=400,
    )
    breach = forms.ChoiceField(
        label=said("recordkeeping.detail_breach"),
        help_text=said("web.recoveries.breach_hint"),
        required=False,
        choices=choices(Breach, "recordkeeping.breach", any_code="web.words.unknown"),
    )
    taken_from = forms.ChoiceField(
        label=said("recordkeeping.detail_taken_from"),
        help_text=said("web.recoveries.taken_from_hint"),
        required=False,
        choices=choices(TakenFrom, "recordkeeping.taken_from", any_code="web.words.unknown"),
    )
    circumstances = forms.CharField(
        label=said("web.recoveries.circumstances"),
        help_text=said("web.recoveries.circumstances_hint"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PhotosField(
        label=said("web.recoveries.photos"), help_text=said("web.recoveries.photos_hint"), required=False
    )
    origin = origin_field()
    unmarked = unmarked_field()

    kept = KeptPhotosField()
    checked = forms.BooleanField(label=said("web.recoveries.checked"), required=False)

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["custodian"].choices = [(each.code, f"{each.name} ({each.code})") for each in agencies]  # type: ignore[attr-defined]
        for number in range(1, PERSONS + 1):
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=said("web.recoveries.role", number=number),
                required=False,
                choices=choices(_ROLES, "tracing.person", any_code="web.words.none"),
            )
            self.fields[f"sex_{number}"] = forms.ChoiceField(
                label=said("web.recoveries.sex", number=number),
                required=False,
                choices=choices(Sex, "tracing.sex"),
                initial=Sex.UNKNOWN.value,
            )
            self.fields[f"age_{number}"] = forms.ChoiceField(
                label=said("web.recoveries.age", number=number),
                required=False,
                choices=choices(AGE_BANDS, "tracing.age"),
                initial=AGE_BANDS[-1],
            )

    @property
    def triples(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of persons involved."""
        return [tuple(self[f"{name}_{number}"] for name in ("role", "sex", "age")) for number in range(1, PERSONS + 1)]

    @property
    def more_persons(self) -> bool:
        """Whether further persons are told of, so that their fields are not folded away."""
        return any(role.value() or any(field.errors for field in (role, *others)) for role, *others in self.triples[1:])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("unmarked") and any(cleaned.get(field.name) for field, _ in self.pairs):
            self.add_error("unmarked", say("web.recoveries.marked_after_all"))
        if kind := cleaned.get("event"):
            for name in {"breach", "taken_from"} - event_kinds()[EventKind(kind)].may:
                if cleaned.get(name):
                    self.add_error(name, say("web.recoveries.not_of_kind"))
        return cleaned

    def recovery(self, photos: Sequence[str]) -> Recovery:
        """Return the recovery. `photos` are the fingerprints of the pictures, which are kept by then."""
        given = self.cleaned_data
        return Recovery(
            kind=EventKind(given["event"]),
            happened=given["happened"],
            place=given["place"],
            custodian=given["custodian"],
            grounds=frozenset(map(Ground, given["grounds"])),
            legal_basis=given["legal_basis"],
            circumstances=given["circumstances"],
            persons=tuple(self._persons()),
            photos=tuple(photos),
            description=self._description(),
            components=tuple(self._components()),
            marks=tuple(self._marks()),
            unmarked=given["unmarked"],
            document=given["document"],
            breach=Breach(given["breach"]) if given["breach"] else None,
            taken_from=TakenFrom(given["taken_from"]) if given["taken_from"] else None,
        )

    def _persons(self) -> list[PersonInvolved]:
        given = self.cleaned_data
        numbers = (number for number in range(1, PERSONS + 1) if given[f"role_{number}"])
        return [
            PersonInvolved(
                given[f"role_{each}"], Sex(given[f"sex_{each}"] or Sex.UNKNOWN), given[f"age_{each}"] or AGE_BANDS[-1]
            )
            for each in numbers
        ]

    def _description(self) -> Description | None:
        described = self.description()
        return described if described != Description() else None

    def _components(self) -> list[Component]:
        parts = list(dict.fromkeys(Part(each.part) for each in self.readings() if each.part))
        control = next((part for part in parts if part in ESSENTIAL_PARTS), None)
        return [Component(ComponentId(0), part, control=part is control) for part in parts]

    def _marks(self) -> list[Mark]:
        """A damaged reading is the mark's text and never its serial, under which nobody would look for it."""
        return [
            Mark(
                MarkKind.MANUFACTURE if not each.part or Part(each.part) in ESSENTIAL_PARTS else MarkKind.COMPONENT,
                text=each.text,
                part=Part(each.part) if each.part else None,
            )
            for each in self.readings()
        ]
