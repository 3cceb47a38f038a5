from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from tracemark.authorities import ChangeKind, note_lock_out, note_own_change
from tracemark.node import this_node
from tracemark.web.access import actor_of
from tracemark.web.pages import page, warn
from tracemark.web.second_factor import note_shown

_ONE_TIME = "one_time_password"


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: an administrator opens accounts, each with a password that serves once.

    An account whose one-time password was not changed yet has no last sign-in; that is how it is known.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth calls it so
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        if user.last_login is None:
            request.session[_ONE_TIME] = True
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        note_shown(request, user)
        if request.session.get(_ONE_TIME):
            user.last_login = None
            user.save(update_fields=["last_login"])
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """Ask for the second factor where there is one: a password that was stolen does not remove it."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [each for each in methods if each["id"] != "reauthenticate"] or methods

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        node = this_node()
        with node.stores.atomic():
            super().set_password(user, password)
            note_own_change(
                kind=ChangeKind.PASSWORD_CHOSEN, actor=actor_of(self.request), stores=node.stores, clock=node.clock
            )
        if self.request.session.pop(_ONE_TIME, None):
            user.last_login = timezone.now()
            user.save(update_fields=["last_login"])


class OneTimePasswordMiddleware:
    """Lead whoever signed in with a one-time password to choose another, before anything else."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        open_to_all = {reverse(name) for name in ("account_change_password", "account_logout", "preferences")}
        if request.user.is_authenticated and request.session.get(_ONE_TIME) and request.path not in open_to_all:
            warn(request, "web.account.one_time")
            return redirect("account_change_password")
        return self._answer(request)


class SignOut(LogoutView):  # type: ignore[misc]
    """Sign out, and let the browser forget what it kept."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(*args, **kwargs)
        answer["Clear-Site-Data"] = '"cache", "storage"'
        return answer


class SignInForm(LoginForm):  # type: ignore[misc]
    """The sign-in form, without the choice to stay signed in, and without placeholders beside its labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, Any]:
        """Name the account as axes knows it, by its user name."""
        return {**super().user_credentials(), "username": self.cleaned_data["login"]}


def locked_out(request: HttpRequest, _: object, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """Say that too many wrong passwords were given, and for how long to wait; note it once."""
    node, minutes = this_node(), int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
    name = str((credentials or {}).get("username") or "")
    note_lock_out(name=name, minutes=minutes, stores=node.stores, clock=node.clock)
    return page(request, "web/refusals/locked_out.html", status=429)
