"""A field for each detail that an event may bear, and the way back from fields to the plain details of the record."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracemark import recordkeeping
from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Mark, MarkKind, Method, Surface
from tracemark.recordkeeping import Breach, TakenFrom, WeaponState
from tracemark.weapons import Material, Part
from tracemark.web.forms.fields import LARGEST, PartialDateField, choices
from tracemark.web.naming import understood
from tracemark.web.said import said, term

_LONG = frozenset({"note", "circumstances", "decision", "condition"})
_DATES = frozenset({"until", "reported_on"})
_STATES = frozenset({"from_state", "to_state"})
_PERCENTS = frozenset({"legible_percent"})
_COUNTS = frozenset({"witnesses", "weapons", "boxes"})
_CODES = frozenset({"holder", "from", "to", "custodian"})
_WORDS: Mapping[str, Iterable[str]] = {"breach": Breach, "taken_from": TakenFrom}
"""Details that hold one word of a closed list."""
_NESTED = frozenset({"weapon", "components", "marks", "removed", "fitted", "mark", "persons", "photos", "recovered_as"})
MARK_FIELDS = (
    *("kind", "part", "place", "text", "serial", "maker", "state", "year", "model", "calibre"),
    *("method", "surface", "depth_mm", "height_mm"),
)
_NAMED = {"maker": "makers", "model": "models", "calibre": "calibres"}
"""What a mark says in words that the catalogue may know, by the name of its list."""


def scalar_names(names: Iterable[str]) -> list[str]:
    """Return the details that are one plain value, in a fixed order: who and where first, words last."""
    order = ("holder", "from", "to", "custodian", "from_state", "to_state", "place")
    plain = [each for each in names if each not in _NESTED]
    return sorted(plain, key=lambda each: (order.index(each) if each in order else len(order), each in _LONG, each))


def scalar_field(name: str, *, required: bool) -> forms.Field:
    """Return the field of one plain detail."""
    given: dict[str, Any] = {"label": said(f"recordkeeping.detail_{name}"), "required": required}
    if name in _WORDS:
        return forms.ChoiceField(
            choices=choices(_WORDS[name], f"recordkeeping.{name}", any_code="web.words.unknown"), **given
        )
    makers: tuple[tuple[frozenset[str], Callable[..., forms.Field]], ...] = (
        (_DATES, _date_field),
        (_STATES, _state_field),
        (_PERCENTS, _percent_field),
        (_COUNTS, _count_field),
        (_CODES, _code_field),
        (_LONG, _long_field),
    )
    return next((make for names, make in makers if name in names), _short_field)(**given)


def nested_fields(name: str, state: WeaponState, *, required: bool) -> dict[str, forms.Field]:
    """Return the fields of a detail that is made of several values; none for what this page cannot write."""
    if name == "marks":
        return _mark_fields(required=required)
    if name == "mark":
        return {"mark": forms.ChoiceField(label=said("recordkeeping.detail_mark"), choices=_marks_of(state))}
    if name == "removed":
        return {
            "removed": forms.MultipleChoiceField(
                label=said("recordkeeping.detail_removed"),
                required=required,
                choices=_components_of(state),
                widget=forms.CheckboxSelectMultiple,
            )
        }
    if name == "fitted":
        return _fitted_fields()
    if name == "weapon":
        return _weapon_fields(required=required)
    return {}


def details_of(names: Iterable[str], cleaned: Mapping[str, object]) -> dict[str, Plain]:
    """Return the details that were filled in, as the record keeps them."""
    found: dict[str, Plain] = {}
    for name in names:
        value = _NESTED_READERS[name](cleaned) if name in _NESTED_READERS else _scalar(cleaned.get(name))
        if value not in (None, "", []):
            found[name] = value
    return found


def _scalar(value: object) -> Plain:
    return str(value) if isinstance(value, PartialDate | Decimal) else value  # type: ignore[return-value]


def _date_field(**given: Any) -> forms.Field:
    return PartialDateField(help_text=said("web.forms.date_hint"), **given)


def _percent_field(**given: Any) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=100, help_text=said("web.forms.percent_hint"), **given)


def _count_field(**given: Any) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=LARGEST, **given)


def _code_field(**given: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(max_length=80, help_text=said("web.forms.holder_hint"), widget=widget, **given)


def _long_field(**given: Any) -> forms.Field:
    return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **given)


def _short_field(**given: Any) -> forms.Field:
    return forms.CharField(max_length=200, **given)


def _state_field(**given: Any) -> forms.Field:
    return forms.RegexField(
        "^[A-Z]{2}$",
        help_text=said("web.forms.state_hint"),
        error_messages={"invalid": said("web.forms.not_a_state")},
        widget=forms.TextInput(attrs={"class": "short mark", "dir": "ltr", "autocomplete": "off"}),
        **given,
    )


def _mark_fields(*, required: bool) -> dict[str, forms.Field]:
    mono = {"class": "mark", "dir": "auto", "autocomplete": "off", "spellcheck": "false"}
    return {
        "mark_kind": forms.ChoiceField(
            label=said("web.record.mark_kind"),
            required=required,
            choices=choices(MarkKind, "marking.kind", any_code="" if required else "web.words.none"),
        ),
        "mark_part": forms.ChoiceField(
            label=said("web.record.mark_part"),
            required=False,
            choices=choices(Part, "weapons.part", any_code="web.words.unknown"),
        ),
        "mark_text": forms.CharField(
            label=said("web.record.mark_text"),
            help_text=said("web.record.mark_text_hint"),
            required=required,
            max_length=200,
            widget=forms.TextInput(attrs=mono),
        ),
        "mark_serial": forms.CharField(
            label=said("web.record.mark_serial"), required=False, max_length=64, widget=forms.TextInput(attrs=mono)
        ),
        **{f"mark_{name}": _named_field(name, of) for name, of in _NAMED.items()},
        "mark_state": _state_field(label=said("web.record.mark_state"), required=False),
        "mark_year": forms.IntegerField(
            label=said("web.record.mark_year"), required=False, min_value=1700, max_value=2100
        ),
        "mark_method": forms.ChoiceField(
            label=said("web.record.mark_method"),
            required=False,
            choices=choices(Method, "marking.method", any_code="web.words.unknown"),
        ),
        "mark_surface": forms.ChoiceField(
            label=said("web.record.mark_surface"),
            required=False,
            choices=choices(
                (each for each in Surface if each is not Surface.UNKNOWN),
                "marking.surface",
                any_code="web.words.unknown",
            ),
        ),
        "mark_depth_mm": forms.DecimalField(
            label=said("web.record.mark_depth"), required=False, min_value=0, max_value=10, decimal_places=4
        ),
        "mark_height_mm": forms.DecimalField(
            label=said("web.record.mark_height"), required=False, min_value=0, max_value=100, decimal_places=4
        ),
        "mark_place": forms.CharField(label=said("web.record.mark_place"), required=False, max_length=100),
    }


def _named_field(name: str, of: str) -> forms.Field:
    widget = forms.TextInput(attrs={"list": f"known-{of}", "autocomplete": "off"})
    return forms.CharField(label=said(f"web.record.mark_{name}"), required=False, max_length=60, widget=widget)


def _fitted_fields() -> dict[str, forms.Field]:
    return {
        "fitted_part": forms.ChoiceField(
            label=said("web.record.fitted_part"),
            required=False,
            choices=choices(Part, "weapons.part", any_code="web.words.none"),
        ),
        "fitted_component": forms.IntegerField(
            label=said("web.record.fitted_component"),
            help_text=said("web.record.fitted_component_hint"),
            required=False,
            min_value=1,
            max_value=LARGEST,
        ),
        "fitted_material": forms.ChoiceField(
            label=said("web.record.fitted_material"),
            required=False,
            initial=Material.UNKNOWN.value,
            choices=choices(Material, "weapons.material"),
        ),
    }


def _weapon_fields(*, required: bool) -> dict[str, forms.Field]:
    return {
        "weapon_kind": forms.CharField(label=said("web.register.kind"), required=required, max_length=64),
        "weapon_model": forms.CharField(label=said("web.register.model"), required=False, max_length=64),
        "weapon_calibre": forms.CharField(label=said("web.register.calibre"), required=False, max_length=32),
    }


def _mark(cleaned: Mapping[str, object]) -> Plain:
    said_by_fields = {name: cleaned.get(f"mark_{name}") for name in MARK_FIELDS}
    plain = {name: _scalar(value) for name, value in said_by_fields.items() if value not in (None, "")}
    known = {each.field: each.code for each in understood({n: str(plain.get(n, "")) for n in _NAMED}) if each.certain}
    return [Mark.of_plain({**plain, **known}).plain()] if plain.get("kind") else None


def _fitted(cleaned: Mapping[str, object]) -> Plain:
    if not cleaned.get("fitted_part"):
        return None
    plain: dict[str, Plain] = {"part": str(cleaned["fitted_part"])}
    if cleaned.get("fitted_component"):
        plain["id"] = int(str(cleaned["fitted_component"]))
    if cleaned.get("fitted_material") not in (None, "", Material.UNKNOWN):
        plain["material"] = str(cleaned["fitted_material"])
    return [plain]


def _weapon(cleaned: Mapping[str, object]) -> Plain:
    given = {name: cleaned.get(f"weapon_{name}") for name in ("kind", "model", "calibre")}
    plain = {name: str(value) for name, value in given.items() if value}
    return {**plain, "origin": "converted"} if plain else None


def _numbers(name: str) -> Callable[[Mapping[str, object]], Plain]:
    return lambda cleaned: [int(each) for each in cleaned.get(name) or ()]  # type: ignore[attr-defined]


def _chosen_mark(cleaned: Mapping[str, object]) -> Plain:
    return int(str(cleaned["mark"])) if cleaned.get("mark") else None


_NESTED_READERS: Mapping[str, Callable[[Mapping[str, object]], Plain]] = {
    "marks": _mark,
    "mark": _chosen_mark,
    "removed": _numbers("removed"),
    "fitted": _fitted,
    "weapon": _weapon,
}


def _marks_of(state: WeaponState) -> list[tuple[str, str]]:
    return [(str(each.id), f"{term(each.kind, 'marking.kind')}: {each.text or each.serial}") for each in state.marks]


def _components_of(state: WeaponState) -> list[tuple[str, str]]:
    return [(str(each.id), f"{term(each.part, 'weapons.part')} ({each.id})") for each in state.components]


def known_holder(value: str, agencies: Iterable[str]) -> str:
    """Return a holder whom the record may name: an agency, an organisation named as such, a person by commitment.

    Raises:
        ValidationError: it is neither, so that nobody records a ghost.
    """
    if recordkeeping.is_known_holder(value, set(agencies)):
        return value
    raise ValidationError(said("web.forms.not_a_holder"))
