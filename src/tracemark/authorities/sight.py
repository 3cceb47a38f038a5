from collections.abc import Iterable

from tracemark.authorities.access import NotPermitted, may, require
from tracemark.authorities.agencies import Agency, below
from tracemark.authorities.roles import Permission, Reach, Role, permission_terms, role_terms
from tracemark.kernel import Actor, Finding, cite

_CONFIDENCE = cite("ITI 15(a)")
_COORDINATION = cite("PoA II.4")


def visible_agencies(actor: Actor, agencies: Iterable[Agency]) -> frozenset[str]:
    """Return the codes of the agencies whose weapons the actor sees: all, their own and those below, or none."""
    listed = list(agencies)
    reach = _reach(actor.roles)
    if reach is Reach.NODE:
        return frozenset(each.code for each in listed)
    return below(actor.authority, listed) if reach is Reach.AGENCY else frozenset()


def sees_node(actor: Actor) -> bool:
    """Say whether the actor sees every holder of the node, listed or not, private persons included."""
    return _reach(actor.roles) is Reach.NODE


def may_see(actor: Actor, holder_agency: str, agencies: Iterable[Agency]) -> bool:
    """Say whether the actor sees weapons of this holder. Who sees the whole node sees holders it does not list too."""
    return _reaches(_reach(actor.roles), actor, holder_agency, agencies)


def require_sight(actor: Actor, holder_agency: str, agencies: Iterable[Agency]) -> None:
    """Let pass an actor who sees weapons of this holder.

    Raises:
        NotPermitted: the actor does not see them.
    """
    if not may_see(actor, holder_agency, agencies):
        raise _out_of_sight(actor)


def require_listed(actor: Actor, agencies: Iterable[Agency]) -> None:
    """Let pass an actor who acts for an agency that is listed, so that the record names no authority nobody knows.

    Raises:
        NotPermitted: there is no such agency.

    Source: PoA II.4.
    """
    if actor.authority not in {each.code for each in agencies}:
        raise NotPermitted([Finding("authorities.no_such_agency", _COORDINATION, {"agency": actor.authority})])


def may_see_person(actor: Actor, holder_agency: str, agencies: Iterable[Agency]) -> bool:
    """Say whether the actor may read personal data kept with weapons of this holder.

    Only the reach of roles that read personal data counts: an auditor's wide view does not widen a storekeeper's.
    """
    readers = permission_terms()[Permission.PERSON_READ].roles
    reach = _reach(actor.roles & readers)
    return may(actor, Permission.PERSON_READ) and _reaches(reach, actor, holder_agency, agencies)


def require_person_sight(actor: Actor, holder_agency: str, agencies: Iterable[Agency]) -> None:
    """Let pass an actor who may read personal data kept with weapons of this holder.

    Raises:
        NotPermitted: the actor may not read personal data, or none of this holder's weapons.
    """
    require(actor, Permission.PERSON_READ)
    if not may_see_person(actor, holder_agency, agencies):
        raise _out_of_sight(actor)


def _out_of_sight(actor: Actor) -> NotPermitted:
    return NotPermitted([Finding("authorities.out_of_sight", _CONFIDENCE, {"authority": actor.authority})])


def _reach(roles: Iterable[str]) -> Reach:
    known = frozenset(roles)
    found = {role_terms()[role].reach for role in Role if role in known}
    return next((reach for reach in (Reach.NODE, Reach.AGENCY) if reach in found), Reach.NONE)


def _reaches(reach: Reach, actor: Actor, holder_agency: str, agencies: Iterable[Agency]) -> bool:
    if reach is Reach.NODE:
        return True
    return reach is Reach.AGENCY and holder_agency in below(actor.authority, agencies)
