from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.conf import settings
from django.core.cache import cache

_STEP_SECONDS = 30


class _TakenOnce:
    """A code that was taken is not taken again, for as long as it is good; allauth forgets it after one step."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        good_for = (2 * settings.MFA_TOTP_TOLERANCE + 1) * _STEP_SECONDS
        used = f"second_factor.used?user={self.user.pk}&code={normalize_user_code(code)}"  # type: ignore[attr-defined]
        if not cache.add(used, "", timeout=good_for):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepByCode(_TakenOnce, AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code, after the password."""


class ConfirmByCode(_TakenOnce, ReauthenticateForm):  # type: ignore[misc]
    """A code as a fresh proof of who one is."""
