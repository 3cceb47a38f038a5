"""A field drawn once is what Django draws each time."""

from itertools import product

import pytest
from django import forms
from django.utils import translation

from tracemark.web.forms.readings import SearchForm

GIVEN: tuple[dict[str, str], ...] = (
    {},
    {"reading_1": "AA?0?987", "kind": "pistol", "part_1": "slide", "part_2": "barrel"},
    {"reading_1": '"><script>', "maker": "Glock & Söhne", "kind": "rifle", "year": "2001", "import_country": "Chad"},
    {"kind": "no such kind", "year": "tomorrow", "part_3": "nothing"},
    {"reading_1": "AA[0", "recovered": "W-x"},
)


@pytest.mark.parametrize(("language", "given"), list(product(("en", "ar", "zh-hans"), GIVEN)))
def test_a_field_drawn_once_is_what_django_draws(language: str, given: dict[str, str]) -> None:
    with translation.override(language):
        form = SearchForm(given)
        anew = {name: forms.BoundField(form, field, name).as_field_group() for name, field in form.fields.items()}
        drawn = [{name: SearchForm(given)[name].as_field_group() for name in form.fields} for _ in range(2)]
    assert drawn == [anew, anew]


def test_what_a_form_begins_with_is_drawn_like_what_is_sent() -> None:
    given = GIVEN[1]
    assert [field.as_field_group() for field in SearchForm(initial=given)] == [
        field.as_field_group() for field in SearchForm(given)
    ]
