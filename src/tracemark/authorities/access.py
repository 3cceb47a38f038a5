from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tracemark.authorities.roles import Permission, Role, permission_terms, role_terms
from tracemark.kernel import Actor, Finding, Refused, cite

_FOUR_EYES = cite("PoA II.17")


class NotPermitted(Refused):
    """The actor may not do this, see this, or approve what they proposed."""


@dataclass(frozen=True, slots=True)
class NarrowedActor(Actor):
    """An actor who comes with a token: may do what the roles grant and `scopes` name, and nothing else."""

    scopes: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Operator(Actor):
    """Who types at the node's own machine, and holds its files anyway: no account of the node is one."""


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Return what these roles together grant. An unknown role grants nothing; what one role rules out stays out."""
    return _permissions_of(frozenset(roles))


@cache
def _permissions_of(codes: frozenset[str]) -> frozenset[Permission]:
    roles = {role for role in Role if role in codes}
    never = {effect for role in roles for effect in role_terms()[role].never}
    granted = (each for each in permission_terms().values() if each.roles & roles and each.effect not in never)
    return frozenset(each.permission for each in granted)


def ruled_out(roles: Iterable[str]) -> dict[Role, list[Permission]]:
    """Return by role what it takes away that other roles of the same account grant; unknown roles count for nothing."""
    held = {role for role in Role if role in set(roles)}
    lost = {
        role: [
            each.permission
            for each in permission_terms().values()
            if each.effect in role_terms()[role].never and each.roles & (held - {role})
        ]
        for role in Role
        if role in held
    }
    return {role: permissions for role, permissions in lost.items() if permissions}


def may(actor: Actor, permission: str) -> bool:
    """Say whether the actor may. `permission` is a code of Permission.

    Raises:
        ValueError: there is no such permission.
    """
    asked = Permission(permission)
    within_scopes = not isinstance(actor, NarrowedActor) or asked in actor.scopes
    return within_scopes and asked in permissions_of(actor.roles)


def require(actor: Actor, permission: str) -> None:
    """Let the actor pass who may.

    Raises:
        NotPermitted: the actor may not.
        ValueError: there is no such permission.
    """
    if not may(actor, permission):
        source = permission_terms()[Permission(permission)].source
        facts = {"permission": str(permission), "roles": sorted(actor.roles)}
        raise NotPermitted([Finding("authorities.not_permitted", source, facts)])


def require_second_person(proposer: str, approver: Actor) -> None:
    """Let pass an approver who is not the proposer. `proposer` is an account name; case does not tell two apart.

    Raises:
        NotPermitted: the approver proposed it.

    Source: PoA II.17, accounting control.
    """
    if proposer.strip().casefold() == approver.name.strip().casefold():
        raise NotPermitted([Finding("authorities.same_person", _FOUR_EYES, {"proposer": proposer})])


def narrow(actor: Actor, scopes: Iterable[str]) -> NarrowedActor:
    """Return the actor limited to `scopes`. A scope the actor's roles do not grant, or nobody knows, grants nothing."""
    named = frozenset(scopes)
    granted = frozenset(each for each in permissions_of(actor.roles) if each in named and may(actor, each))
    return NarrowedActor(actor.name, actor.authority, actor.roles, granted)
