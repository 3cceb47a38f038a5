from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from tracemark.web.pages import page, warn

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
        if request.session.get(_ONE_TIME):
            user.last_login = None
            user.save(update_fields=["last_login"])
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
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


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Say that too many wrong passwords were given, and for how long to wait."""
    return page(request, "web/refusals/locked_out.html", status=429)
