"""What is typed badly: the error names its field and says how to write it, and nothing that was typed is lost."""

import re
from html import unescape

import pytest
from django import forms
from django.urls import get_resolver, reverse

from tests.web.conftest import ClientAs
from tracemark.web.forms import DeskForm

TYPED = {
    "new_target": (
        "point_of_contact",
        {"title": "Fewer losses", "commitment": "PoA 99", "baseline": "a lot", "due": "2020-13-45"},
        ("Commitment", "Baseline", "Due on"),
    ),
    "new_licence": (
        "licensing_officer",
        {"from_state": "Taravia", "goods": "ten rifles", "end_use": "Patrols"},
        ("From State", "Goods"),
    ),
    "new_consignment": (
        "registry_officer",
        {"licence": "EL-9", "sender": "XT-ARMY", "carrier": "Blue Sea Lines"},
        ("Licence", "Receiver"),
    ),
    "new_assistance_request": (
        "point_of_contact",
        {"title": "Machines", "need": "Two of them", "lines": "much"},
        ("Budget",),
    ),
    "new_practice": ("point_of_contact", {"title": "A plate", "as_of": "soon"}, ("True as of",)),
}


@pytest.mark.parametrize("name", TYPED)
def test_the_error_names_the_field_and_what_was_typed_stays(name: str, client_as: ClientAs) -> None:
    role, typed, wrong = TYPED[name]
    answer = client_as(role).post(reverse(name), typed)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    summed_up = page.partition("error-summary")[2].partition("</ul>")[0]
    named = re.findall(r'<a href="#([^"]+)">([^:<]+):', summed_up)
    assert set(wrong) <= {label for _, label in named}
    assert [field for field, _ in named if f'id="{field}"' not in page] == []
    assert [value for value in typed.values() if value not in page.partition("</ul>")[2]] == []


def test_every_pattern_says_how_to_write_what_it_asks() -> None:
    assert get_resolver().url_patterns, "the pages are loaded, and with them every form"
    silent = [
        f"{form.__name__}.{name}"
        for form in _all_of(DeskForm)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.RegexField) and "invalid" not in field.error_messages
    ]
    assert silent == []


def _all_of(form: type[forms.Form]) -> list[type[forms.Form]]:
    return [form, *(each for child in form.__subclasses__() for each in _all_of(child))]
