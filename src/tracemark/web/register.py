from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from tracemark import marking, recordkeeping, weapons
from tracemark.authorities import Permission, may, sees_node
from tracemark.recordkeeping import RegisterFilter, Status
from tracemark.weapons import NO_WEAPON, WeaponId, parse_weapon
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.forms import DeskForm, choices
from tracemark.web.lists import PAGE
from tracemark.web.pages import page
from tracemark.web.said import said, say

_DAMAGED = frozenset("?*[")
"""The signs of a reading: what bears one is for the trace desk, since the register compares what stands there."""


class RegisterForm(DeskForm):
    """What is looked for. Every field may stay empty."""

    every_field_optional = True

    serial = forms.CharField(
        label=said("web.register.serial"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    status = forms.ChoiceField(
        label=said("web.register.status"),
        required=False,
        choices=choices(
            (each for each in Status if each is not Status.UNRECORDED),
            "recordkeeping.status",
            any_code="web.words.any",
        ),
    )
    kind = forms.ChoiceField(
        label=said("web.register.kind"),
        required=False,
        choices=choices(sorted(weapons.catalogue().kinds), "weapons.kind", any_code="web.words.any"),
    )
    maker = forms.CharField(label=said("web.register.maker"), required=False, max_length=64)
    model = forms.CharField(label=said("web.register.model"), required=False, max_length=64)
    calibre = forms.CharField(label=said("web.register.calibre"), required=False, max_length=32)
    holder = forms.CharField(label=said("web.register.holder"), required=False, max_length=80)

    def clean_serial(self) -> str:
        serial: str = self.cleaned_data["serial"]
        if _DAMAGED & set(serial):
            raise forms.ValidationError(say("web.register.damaged"))
        return serial

    def wanted(self) -> RegisterFilter:
        """Return what is looked for: a serial as the register folds it, makers and the like by code or by name."""
        known = weapons.catalogue()
        given = {name: value.strip() for name, value in self.cleaned_data.items()}
        maker = known.find_maker(given["maker"]).code or given["maker"]
        return RegisterFilter(
            serial=marking.fold_serial(given["serial"]),
            status=given["status"],
            kind=given["kind"],
            maker=maker,
            model=known.find_model(given["model"], maker).code or given["model"],
            calibre=known.find_calibre(given["calibre"]).code or given["calibre"],
            holder=given["holder"],
        )


@needs(Permission.RECORD_READ)
def register(desk: Desk) -> HttpResponse:
    """Look for weapons: by identity, by the beginning of a serial, by what they are and where they stand."""
    asked = desk.GET.get("q", "").strip()
    if asked and (weapon := _identity(asked)):
        return redirect("weapon", weapon)
    traces = may(desk.actor, Permission.TRACE_SEARCH)
    if _DAMAGED & set(asked) and traces:
        return redirect(f"{reverse('trace_desk')}?{urlencode({'reading_1': asked})}")
    given = desk.GET.dict() | ({"serial": asked} if asked else {})
    form = RegisterForm(given)
    after = WeaponId(number_of(desk.GET.get("after", "")))
    found = []
    if form.is_valid():
        found = recordkeeping.register_page(
            wanted=form.wanted(), actor=desk.actor, stores=desk.node.stores, after=after, limit=PAGE + 1
        )
    shown = found[:PAGE]
    more = _address(given, shown[-1].weapon) if len(found) > PAGE else ""
    first = _address(given) if after else ""
    more_asked = any(given.get(name) for name in ("maker", "model", "calibre", "holder"))
    return page(
        desk,
        "web/register/list.html",
        422 if form.errors else 200,
        form=form,
        found=shown,
        more=more,
        first=first,
        more_asked=more_asked,
        asked=any(value for name, value in given.items() if name != "after"),
        traces=traces,
        own_only=not sees_node(desk.actor),
    )


def _identity(text: str) -> WeaponId | None:
    """Read `W-123`; digits alone may as well be a serial, so they are looked for as one."""
    try:
        return parse_weapon(text) if text[:2].casefold() == "w-" else None
    except ValueError:
        return None


def _address(given: dict[str, str], after: WeaponId = NO_WEAPON) -> str:
    wanted = {name: value for name, value in given.items() if value and name not in {"after", "q"}}
    return "?" + urlencode(wanted | ({"after": after} if after else {}))
