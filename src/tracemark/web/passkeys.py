from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms

from tracemark.web.said import said, say

_BROKEN = (AttributeError, IndexError, InvalidSignature, KeyError, TypeError, ValueError)
"""What the library under allauth raises of an answer that is no passkey's, and allauth lets through."""

Checked = TypeVar("Checked")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for a passkey. It always verifies who holds it, so that it opens the account without the password."""

    name = forms.CharField(label=said("web.account.passkey_name"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)

    def clean(self) -> dict[str, Any]:
        return _checked(super().clean)


class _Answer:
    """What a passkey answered, read with suspicion."""

    def clean_credential(self) -> object:
        return _checked(super().clean_credential)  # type: ignore[misc]


class SignInByPasskey(_Answer, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of name and password."""


class SecondStepByPasskey(_Answer, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""


class ConfirmByPasskey(_Answer, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as a fresh proof of who one is."""


def _checked(check: Callable[[], Checked]) -> Checked:
    try:
        return check()
    except _BROKEN as error:
        raise forms.ValidationError(say("web.account.passkey_failed")) from error
