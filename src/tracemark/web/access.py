from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from tracemark.authorities import Permission, may, require
from tracemark.kernel import Actor
from tracemark.node import Node, this_node
from tracemark.web.drafts import Drafts
from tracemark.web.said import say

PUBLIC, SIGNED_IN = "public", "signed in"


class Desk(HttpRequest):
    """A request of somebody signed in, as `needs` hands it to a view."""

    actor: Actor
    node: Node


class Account(Protocol):
    """What the web asks of an account."""

    username: str
    authority: str
    roles: list[str]
    language: str


class View(Protocol):
    """A view that says who may enter."""

    admits: tuple[Permission, ...] | str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def needs(*permissions: Permission) -> Callable[[Callable[..., HttpResponse]], View]:
    """Let in who holds one of the permissions; with none named, everybody who is signed in.

    Nobody signed in: to the sign-in page. Not permitted: NotPermitted, which becomes a 403 page.
    """

    def door(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                if settings.SESSION_COOKIE_NAME in request.COOKIES:
                    messages.warning(request, say("web.account.session_ended"))
                return redirect_to_login(request.get_full_path())
            desk = cast("Desk", request)
            desk.actor, desk.node = actor_of(request), this_node()
            if permissions and not any(may(desk.actor, each) for each in permissions):
                require(desk.actor, permissions[0])
            answer = view(desk, *args, **kwargs)
            if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
                drafts_of(desk).discard(desk.actor.name, request.path)
            return answer

        guarded.admits = permissions or SIGNED_IN  # type: ignore[attr-defined]
        return cast("View", guarded)

    return door


def drafts_of(desk: Desk) -> Drafts:
    """Return what was typed and not sent yet; what was sent and taken is forgotten."""
    return Drafts(desk.node.folder / "drafts")


def public(view: Callable[..., HttpResponse]) -> View:
    """Say that everybody may see the view, signed in or not."""
    view.admits = PUBLIC  # type: ignore[attr-defined]
    return cast("View", view)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts, as the rooms know them. The request must be of somebody signed in."""
    account = cast("Account", request.user)
    return Actor(account.username, account.authority, frozenset(account.roles))
