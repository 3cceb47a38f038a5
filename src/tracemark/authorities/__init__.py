"""Agencies, points of contact and roles: who may do what, and whose weapons and persons they see.

What is not granted is denied. Source: PoA II.4-5, PoA II.17, ITI 15, ITI 25.
"""

from tracemark.authorities.access import (
    NarrowedActor,
    NotPermitted,
    may,
    narrow,
    permissions_of,
    require,
    require_second_person,
)
from tracemark.authorities.accounts import Account
from tracemark.authorities.actions import AccountRefused, actor_of, give_password, issue_token, open_account
from tracemark.authorities.agencies import Agency, AgencyKind, below
from tracemark.authorities.ports import AccountStore, TokenStore
from tracemark.authorities.roles import (
    Effect,
    Permission,
    PermissionTerms,
    Reach,
    Role,
    RoleTerms,
    permission_terms,
    role_terms,
)
from tracemark.authorities.sight import (
    may_see,
    may_see_person,
    may_share_person,
    require_listed,
    require_person_sight,
    require_sight,
    sees_node,
    visible_agencies,
)
from tracemark.authorities.tokens import Token, digest_of
from tracemark.instruments import Level

__all__ = [
    "Account",
    "AccountRefused",
    "AccountStore",
    "Agency",
    "AgencyKind",
    "Effect",
    "Level",
    "NarrowedActor",
    "NotPermitted",
    "Permission",
    "PermissionTerms",
    "Reach",
    "Role",
    "RoleTerms",
    "Token",
    "TokenStore",
    "actor_of",
    "below",
    "digest_of",
    "give_password",
    "issue_token",
    "may",
    "may_see",
    "may_see_person",
    "may_share_person",
    "narrow",
    "open_account",
    "permission_terms",
    "permissions_of",
    "require",
    "require_listed",
    "require_person_sight",
    "require_second_person",
    "require_sight",
    "role_terms",
    "sees_node",
    "visible_agencies",
]
