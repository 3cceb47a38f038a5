from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse

from tracemark.web.pages import page


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up: an administrator opens accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth calls it so
        return False


class SignInForm(LoginForm):
    """The sign-in form, without the choice to stay signed in."""

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
