from collections.abc import Mapping

from django import forms

from tracemark.kernel import Plain
from tracemark.web.said import said

PERSON_FIELDS = ("name", "born", "document", "licence", "address")
"""What is asked of a private person who holds a weapon; only the name must be given."""


def person_fields() -> dict[str, forms.Field]:
    """Return the fields by which a private person is entered beside the record, where a holder is asked."""
    return {
        f"person_{name}": forms.CharField(
            label=said(f"recordkeeping.person_{name}"),
            help_text=said("web.persons.enter_hint") if name == "name" else "",
            required=False,
            max_length=400,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        for name in PERSON_FIELDS
    }


def person_of(cleaned: Mapping[str, object]) -> dict[str, Plain]:
    """Return a person's data as they are kept, as far as they were filled in; nothing where nobody was named."""
    return {name: str(cleaned[f"person_{name}"]) for name in PERSON_FIELDS if cleaned.get(f"person_{name}")}
