from typing import Any

from django import forms

from tracemark.correspondence import EVERY_DAYS
from tracemark.kernel import Finding
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.interstate import CODE, WhyForm
from tracemark.web.said import said, say

_MOST = 20_000
"""No signed card is longer; what is cut here is not signed any more, and refused as such."""


def _signed(code: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=said(code),
        help_text=said("web.peers.card_hint"),
        required=required,
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 4, **CODE}),
    )


def _first_line(text: str) -> str:
    """What was signed: below it, whoever printed it may have been told something."""
    return text.strip().partition("\n")[0].strip()


class CardForm(DeskForm):
    """The signed card of a node that is in the directory."""

    card = _signed("web.peers.card")

    def clean_card(self) -> str:
        """Return the line that was signed."""
        return _first_line(self.cleaned_data["card"])

    def field_of(self, finding: Finding) -> str | None:
        """Return the field a finding concerns: the card, unless it names another."""
        return super().field_of(finding) or "card"


class RotationForm(CardForm):
    """The word of a node's key that another follows."""

    card = _signed("web.peers.rotation")


class ProposalForm(CardForm):
    """The signed card of another node, pasted or as a file."""

    card = _signed("web.peers.card", required=False)
    file = forms.FileField(label=said("web.peers.file"), required=False)
    every_days = forms.IntegerField(
        label=said("recordkeeping.detail_fresh_days"), initial=EVERY_DAYS, min_value=1, max_value=3650
    )

    def clean(self) -> dict[str, Any]:
        """Take the card from where it was given, once."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file = given.pop("file", None)
        if bool(file) == bool(given.get("card")) and "card" not in self.errors:
            self.add_error("card", say("web.peers.one_card"))
        elif file:
            given["card"] = _first_line(file.read(_MOST).decode("utf-8", "replace"))
        return given


class DigitsForm(DeskForm):
    """The forty digits that the other node's people read out."""

    spoken = forms.CharField(
        label=said("web.peers.digits_heard"),
        help_text=said("web.peers.call"),
        max_length=100,
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"}),
    )


class RevocationForm(WhyForm):
    """Why a key is no longer a node's, since when, and which; the one in use, from now on, where nothing is said."""

    since = forms.DateTimeField(
        label=said("web.peers.unsafe_since"),
        help_text=said("web.peers.unsafe_since_hint"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}),
    )
    key = forms.RegexField(
        "^[0-9a-f]{32}$",
        label=said("web.peers.key"),
        help_text=said("web.peers.key_hint"),
        error_messages={"invalid": said("web.peers.not_a_key")},
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
