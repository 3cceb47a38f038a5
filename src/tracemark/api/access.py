from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.operation import Operation

from tracemark.api.languages import language_of
from tracemark.api.limits import JSON, MULTIPART, TEXT, check_body, spend_request
from tracemark.authorities import NarrowedActor, NotPermitted, Permission, actor_of, may, require
from tracemark.kernel import Actor
from tracemark.node import Node, address_of, this_node

View = TypeVar("View", bound=Callable[..., Any])

NOBODY = Actor("", "", frozenset())
"""Who calls a public operation: without a role, so that no room lets them do anything."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, at which node, and in which language they read."""

    actor: Actor
    node: Node
    language: str

    @property
    def reading(self) -> dict[str, Any]:
        """Who reads, and from which stores, as a room's questions ask for it."""
        return {"actor": self.actor, "stores": self.node.stores}

    @property
    def acting(self) -> dict[str, Any]:
        """Who acts, on which stores, and when, as a room's actions ask for it."""
        return {**self.reading, "clock": self.node.clock}


class Call(HttpRequest):
    """A request as the views receive it."""

    auth: Caller


class UnknownParameter(Exception):
    """The address or the form names what the operation does not know; `places` begin with `query.` or `form.`."""

    def __init__(self, places: Iterable[str]) -> None:
        super().__init__(", ".join(places))
        self.places = tuple(places)


class TokenUnknown(AuthenticationError):
    """A token was sent, and it is unknown, expired or revoked, or its account is closed."""


class Gate:
    """Stands before a public operation: counts requests, and looks at the address and the body before they are read."""

    def __init__(self, takes: str) -> None:
        self._takes = takes
        self.query: frozenset[str] = frozenset()
        self.form: frozenset[str] = frozenset()

    def __call__(self, request: HttpRequest) -> Caller:
        """Let the caller pass, or raise what `problems` has an answer for."""
        caller = self.admit(request)
        check_body(request, self._takes)
        unknown = [f"query.{name}" for name in request.GET if name not in self.query]
        if self._takes == MULTIPART:
            unknown += [f"form.{name}" for name in (*request.POST, *request.FILES) if name not in self.form]
        if unknown:
            raise UnknownParameter(sorted(unknown))
        return caller

    def admit(self, request: HttpRequest) -> Caller:
        """Say who calls."""
        spend_request(f"address-{address(request)}")
        return Caller(NOBODY, this_node(), language_of(request))


class BearerToken(Gate):
    """Stands before all other operations: asks for a token whose owner and scopes permit one of `permissions`."""

    openapi_security_schema = {  # noqa: RUF012 - django-ninja reads it so
        "type": "http",
        "scheme": "bearer",
        "description": "A token of an account, within the scopes it was issued for. Each scope is a permission.",
    }

    def __init__(self, permissions: tuple[Permission, ...], takes: str) -> None:
        super().__init__(takes)
        self._permissions = permissions

    def admit(self, request: HttpRequest) -> Caller:
        """Say who calls, once they may.

        Raises:
            AuthenticationError: there is no token.
            TokenUnknown: there is one, and it is no good.
            NotPermitted: its owner or its scopes do not permit this.
        """
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        node = this_node()
        actor = _actor(key.strip(), node) if scheme.lower() == "bearer" and key else None
        spend_request(f"address-{address(request)}" if actor is None else f"account-{actor.name}")
        if actor is None:
            raise TokenUnknown if key.strip() and scheme.lower() == "bearer" else AuthenticationError
        if not any(may(actor, each) for each in self._permissions):
            require(actor, self._permissions[0])
        return Caller(actor, node, language_of(request))


class Denied(Gate):
    """Stands before what declares nothing: nobody passes."""

    def admit(self, request: HttpRequest) -> Caller:  # noqa: ARG002 - as its sisters
        raise NotPermitted(())


def needs(*permissions: Permission, takes: str = JSON) -> Callable[[View], View]:
    """Say which permissions an operation asks for, of which one is enough, and the type of body it takes."""
    return _guarded(BearerToken(permissions, takes), [each.value for each in permissions])


def public_taking(takes: str) -> Callable[[View], View]:
    """Say that everybody may call the operation, without a token, and the type of body it takes."""
    return _guarded(Gate(takes), ["public"])


def public(view: View) -> View:
    """Say that everybody may call the operation, without a token."""
    return public_taking(JSON)(view)


def public_text(view: View) -> View:
    """Say that everybody may call the operation, without a token, and that it takes plain text."""
    return _guarded(Gate(TEXT), ["public"])(view)


def _guarded(gate: Gate, admits: list[str]) -> Callable[[View], View]:
    def contribute(operation: Operation) -> None:
        operation.auth_param = gate
        operation.auth_callbacks = [gate]
        operation.openapi_extra = {**(operation.openapi_extra or {}), "x-permissions": admits}
        gate.query = _names(operation, "query")
        gate.form = _names(operation, "form", "file")

    def door(view: View) -> View:
        view._ninja_contribute_to_operation = [contribute]  # type: ignore[attr-defined]  # noqa: SLF001 - its own hook
        return view

    return door


def _names(operation: Operation, *sources: str) -> frozenset[str]:
    models = [model for model in operation.models if model.__ninja_param_source__ in sources]
    return frozenset(name for model in models for name in getattr(model, "__ninja_flatten_map__", model.model_fields))


def _actor(key: str, node: Node) -> NarrowedActor | None:
    stores = node.stores
    return actor_of(key, tokens=stores.tokens, accounts=stores.accounts, clock=node.clock)


def address(request: HttpRequest) -> str:
    """Return from where a request comes."""
    remote, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    return address_of(remote, forwarded, proxied=settings.SECURE_PROXY_SSL_HEADER is not None)
