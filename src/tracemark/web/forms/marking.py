import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from tracemark import marking
from tracemark.marking import Block, CheckSystem, Circumstance, MarkingStores, Profile, Scheme, Span
from tracemark.recordkeeping import NumberBlock, RegisterFilter
from tracemark.weapons import WeaponId, catalogue, parse_weapon
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import LARGEST, PartialDateField, WeaponField, choices
from tracemark.web.said import said, say

INSTRUMENTS = ("ITI", "MOSAIC", "FP")
MOST_LISTED = 200
"""How many weapons of a holder a session takes where nobody says: about what one bench marks in a week."""

MOST_WEAPONS = 2_000
"""A larger lot is marked in several sessions: nobody stamps more in one."""

_MARK = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_RANGE = re.compile(r"(W-\d+|\d+)\s*(?:\.\.|–|—)\s*(W-\d+|\d+)", re.IGNORECASE)


class WeaponsField(forms.CharField):
    """Identities of weapons, parted by spaces, commas or lines; `W-10..W-20` is all from one to the other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, **_MARK}), max_length=40_000, **kwargs)

    def clean(self, value: object) -> list[WeaponId]:
        text = super().clean(value)
        found: dict[WeaponId, None] = {}
        for word in re.split(r"[\s,;]+", _RANGE.sub(lambda each: f"{each[1]}..{each[2]}", text)):
            try:
                found |= dict.fromkeys(_named(word))
            except ValueError as error:
                raise forms.ValidationError(say("web.marking.not_weapons", text=word)) from error
            if len(found) > MOST_WEAPONS:
                raise forms.ValidationError(say("web.marking.too_many", most=MOST_WEAPONS))
        return list(found)


class CircumstanceForm(DeskForm):
    """Why and when we ask what a weapon bears, for which State, and which national law beside the instruments."""

    circumstance = forms.ChoiceField(
        label=said("web.marking.circumstance"), choices=choices(Circumstance, "marking.circumstance")
    )
    state = forms.RegexField(
        "^[A-Z]{2}$",
        label=said("web.marking.state"),
        help_text=said("web.forms.state_hint"),
        error_messages={"invalid": said("web.forms.not_a_state")},
        widget=forms.TextInput(attrs={"class": "short mark", "dir": "ltr", "autocomplete": "off"}),
    )
    profile = forms.ChoiceField(label=said("web.marking.profile"), required=False)

    def __init__(self, *args: Any, stores: MarkingStores, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stores = stores
        titles = marking.law_titles(stores=stores)
        self.fields["profile"].choices = [("", said("web.words.none")), *titles.items()]  # type: ignore[attr-defined]

    def law(self, on: date) -> Profile | None:
        """Return the national law that was chosen, as it holds on a day; where none of it does, the form says so."""
        name = self.cleaned_data["profile"]
        try:
            return marking.law_on(name, on, stores=self._stores) if name else None
        except KeyError:
            self.add_error("profile", say("web.marking.law_not_then"))
            return None


class CheckForm(CircumstanceForm):
    """What a weapon's marks are held against."""

    on = forms.DateField(
        label=said("web.marking.on"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "short mark", "dir": "ltr", "autocomplete": "off"}),
    )
    field_order = ("circumstance", "on", "state", "profile")


class PlanForm(CircumstanceForm):
    """Which weapons are to be marked, why, under which law, and with whose numbers."""

    weapons = WeaponsField(
        label=said("web.marking.weapons"), help_text=said("web.marking.weapons_hint"), required=False
    )
    holder = forms.CharField(
        label=said("web.marking.holder"),
        help_text=said("web.marking.holder_hint"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=_MARK),
    )
    kind = forms.ChoiceField(
        label=said("web.register.kind"),
        required=False,
        choices=lambda: choices(catalogue().kinds, "weapons.kind", any_code="web.words.any"),
    )
    model = forms.CharField(label=said("web.register.model"), required=False, max_length=64)
    serial = forms.CharField(
        label=said("web.marking.serial_begins"), required=False, max_length=64, widget=forms.TextInput(attrs=_MARK)
    )
    made = forms.IntegerField(label=said("web.marking.made"), required=False, min_value=1700, max_value=2200)
    most = forms.IntegerField(
        label=said("web.marking.most"), required=False, min_value=1, max_value=MOST_WEAPONS, initial=MOST_LISTED
    )
    after = WeaponField(label=said("web.marking.after"), help_text=said("web.marking.after_hint"), required=False)
    year = forms.IntegerField(label=said("web.marking.year"), min_value=1900, max_value=2200)
    instruments = forms.MultipleChoiceField(
        label=said("web.marking.instruments"),
        choices=choices(INSTRUMENTS, "web.marking.instrument"),
        widget=forms.CheckboxSelectMultiple,
    )
    block = forms.ChoiceField(label=said("web.marking.block"), help_text=said("web.marking.block_hint"), required=False)
    crowded = WeaponsField(
        label=said("web.marking.crowded"), help_text=said("web.marking.crowded_hint"), required=False
    )
    field_order = (
        *(
            "weapons",
            "holder",
            "kind",
            "model",
            "serial",
            "made",
            "most",
            "after",
            "circumstance",
            "state",
            "year",
            "profile",
            "instruments",
            "block",
            "crowded",
        ),
    )

    def __init__(self, *args: Any, blocks: Sequence[NumberBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._blocks = {
            str(each.allocated): each for each in blocks if each.allocated is not None and not each.closed_on
        }
        self.fields["block"].choices = [  # type: ignore[attr-defined]
            ("", say("web.words.none")),
            *((position, _block_name(each.block)) for position, each in self._blocks.items()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("weapons") and not cleaned.get("holder") and "weapons" not in self.errors:
            self.add_error("weapons", say("web.marking.nothing_named"))
        return cleaned

    def wanted(self) -> RegisterFilter:
        """Return which weapons of the holder are meant."""
        given = self.cleaned_data
        model = catalogue().find_model(given["model"].strip(), "").code or given["model"].strip()
        return RegisterFilter(
            holder=given["holder"], kind=given["kind"], model=model, serial=marking.fold_serial(given["serial"])
        )

    def numbers_from(self) -> NumberBlock | None:
        """Return the block whose numbers are to be used."""
        return self._blocks.get(self.cleaned_data.get("block") or "")


class StampedForm(DeskForm):
    """When and where the chosen weapons of a session were stamped, and what was measured."""

    happened = PartialDateField(label=said("web.marking.stamped_on"), help_text=said("web.forms.date_hint"))
    place = forms.CharField(label=said("web.marking.stamped_at"), required=False, max_length=200)
    depth_mm = forms.DecimalField(
        label=said("web.marking.depth"),
        help_text=said("web.marking.measured_hint"),
        required=False,
        min_value=0,
        max_value=10,
        decimal_places=4,
    )
    height_mm = forms.DecimalField(
        label=said("web.marking.height"), required=False, min_value=0, max_value=100, decimal_places=4
    )
    document = forms.CharField(label=said("web.record.document"), required=False, max_length=120)


class BlockForm(DeskForm):
    """Numbers to be allocated to a maker or to the national marking office."""

    holder = forms.CharField(
        label=said("web.marking.block_holder"),
        help_text=said("web.marking.block_holder_hint"),
        max_length=80,
        widget=forms.TextInput(attrs=_MARK),
    )
    written_before = forms.RegexField(
        r"^[0-9A-Za-z /.\-]*$",
        label=said("web.marking.prefix"),
        help_text=said("web.marking.prefix_hint"),
        error_messages={"invalid": said("web.marking.prefix_wrong")},
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={**_MARK, "class": "short mark"}),
    )
    digits = forms.IntegerField(label=said("web.marking.digits"), min_value=1, max_value=12, initial=7)
    check_system = forms.ChoiceField(label=said("web.marking.check"), choices=choices(CheckSystem, "web.marking.check"))
    first = forms.IntegerField(label=said("web.marking.first"), min_value=0, max_value=LARGEST, initial=1)
    last = forms.IntegerField(label=said("web.marking.last"), min_value=0, max_value=LARGEST)
    purpose = forms.CharField(label=said("web.marking.purpose"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"first", "last", "digits", "written_before"} <= cleaned.keys():
            try:
                self.scheme().write(self.span().last)
            except ValueError:
                self.add_error("last" if cleaned["first"] > cleaned["last"] else None, say("web.marking.block_wrong"))
        return cleaned

    def scheme(self) -> Scheme:
        """Return how the numbers are written.

        Raises:
            ValueError: the check does not cover the prefix.
        """
        given = self.cleaned_data
        return Scheme(given["written_before"], given["digits"], CheckSystem(given["check_system"]))

    def span(self) -> Span:
        """Return the numbers.

        Raises:
            ValueError: the last comes before the first.
        """
        return Span(self.cleaned_data["first"], self.cleaned_data["last"])


class UsedForm(DeskForm):
    """Numbers of a block that its holder says were stamped, as they are written."""

    first = forms.CharField(label=said("web.marking.used_first"), max_length=40, widget=forms.TextInput(attrs=_MARK))
    last = forms.CharField(
        label=said("web.marking.used_last"), max_length=40, required=False, widget=forms.TextInput(attrs=_MARK)
    )

    def __init__(self, *args: Any, block: Block, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._block = block

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("first"):
            try:
                cleaned["span"] = Span(self._read("first"), self._read("last" if cleaned.get("last") else "first"))
            except ValueError:
                self.add_error(
                    "first", say("web.marking.used_wrong", example=self._block.scheme.write(self._block.first))
                )
        return cleaned

    def _read(self, name: str) -> int:
        return self._block.scheme.read(self.cleaned_data[name])


class CloseForm(DeskForm):
    """Why no more numbers of a block are to be given out."""

    note = forms.CharField(label=said("web.marking.close_why"), required=False, max_length=400)


def _named(word: str) -> Iterator[WeaponId]:
    first, dots, last = word.partition("..")
    if not word:
        return
    if not dots:
        yield parse_weapon(word)
        return
    begin, end = parse_weapon(first), parse_weapon(last)
    if not begin <= end <= begin + MOST_WEAPONS:
        raise ValueError(word)
    yield from map(WeaponId, range(begin, end + 1))


def _block_name(block: Block) -> str:
    first, last = block.scheme.write(block.first), block.scheme.write(block.last)
    return f"{block.holder}: {first} – {last}" + (f" ({block.purpose})" if block.purpose else "")
