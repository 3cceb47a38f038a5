from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from tracemark.authorities import ChangeKind, needs_second_factor, note_own_change
from tracemark.node import this_node
from tracemark.web.access import PUBLIC, actor_of
from tracemark.web.pages import warn

_SHOWN = "second_factor"
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class _Exemptible(Protocol):
    factor_exempt: bool


class SecondFactorMiddleware:
    """Let nobody past the password alone who must have a second factor, or has one.

    A session that showed none, of an account that has one, ends: it began before the factor was set up. One of an
    account that must have one is led to set it up, whatever page it asks for.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.session.get(_SHOWN) and has_factor(request):
            logout(request)
            warn(request, "web.account.sign_in_anew")
            return redirect("account_login")
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object, **__: object
    ) -> HttpResponse | None:
        """Let views of our own wait until the factor is there; those that set it up are allauth's."""
        if getattr(view, "admits", PUBLIC) == PUBLIC or not request.user.is_authenticated or not owes_factor(request):
            return None
        warn(request, "web.account.factor_first")
        return redirect("mfa_index")


def has_factor(request: HttpRequest) -> bool:
    """Whether the account signed in has a second factor, be it an app or a passkey."""
    return bool(is_mfa_enabled(request.user, _FACTORS))


def must_have_factor(request: HttpRequest) -> bool:
    """Whether the account signed in must have a second factor, by its roles and by what the node asks today."""
    if cast("_Exemptible", request.user).factor_exempt:
        return False
    today = datetime.now(UTC).date()
    return needs_second_factor(actor_of(request).roles, on=today, since=settings.SECOND_FACTOR_SINCE)


def owes_factor(request: HttpRequest) -> bool:
    """Whether the account signed in must have a second factor and this session has not shown it."""
    return not request.session.get(_SHOWN) and must_have_factor(request)


def note_shown(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Remember that this session was signed in with a second factor, where it was."""
    records = get_authentication_records(request, user)
    if any(each.get("method") == "mfa" for each in records):
        request.session[_SHOWN] = True


class _Noted:
    """A form of allauth's that changes the factors of whoever is signed in: the change and its entry, or neither."""

    change: ChangeKind
    factor = ""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        node, about = this_node(), {"factor": self.factor} if self.factor else {}
        with node.stores.atomic():
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            note_own_change(
                kind=self.change, actor=actor_of(request), stores=node.stores, clock=node.clock, about=about
            )
        request.session[_SHOWN] = has_factor(request)
        return answer


class AddApp(_Noted, ActivateTOTPView):  # type: ignore[misc]
    """Set up an authenticator app."""

    change, factor = ChangeKind.FACTOR_ADDED, "app"


class RemoveApp(_Noted, DeactivateTOTPView):  # type: ignore[misc]
    """Remove the authenticator app."""

    change, factor = ChangeKind.FACTOR_REMOVED, "app"


class AddPasskey(_Noted, AddWebAuthnView):  # type: ignore[misc]
    """Set up a passkey."""

    change, factor = ChangeKind.FACTOR_ADDED, "passkey"


class RemovePasskey(_Noted, RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey."""

    change, factor = ChangeKind.FACTOR_REMOVED, "passkey"
    success_url = reverse_lazy("mfa_index")


class DrawCodes(_Noted, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Draw new recovery codes."""

    change = ChangeKind.CODES_DRAWN
