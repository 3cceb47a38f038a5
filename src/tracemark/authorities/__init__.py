"""Agencies, points of contact and roles: who may do what, and whose weapons and persons they see.

What is not granted is denied. Source: PoA II.4-5, PoA II.17, ITI 15, ITI 25.
"""

from tracemark.authorities.access import (
    NarrowedActor,
    NotPermitted,
    Operator,
    may,
    narrow,
    permissions_of,
    require,
    require_second_person,
    ruled_out,
)
from tracemark.authorities.accounts import Account
from tracemark.authorities.actions import (
    AccountRefused,
    actor_of,
    change_account,
    give_password,
    issue_token,
    note_lock_out,
    note_own_change,
    open_account,
    reset_factors,
    revoke_token,
)
from tracemark.authorities.agencies import Agency, AgencyKind, below
from tracemark.authorities.changes import AccountChange, ChangeKind, first_broken
from tracemark.authorities.factors import needs_second_factor
from tracemark.authorities.ports import AccountStore, AccountStores, ChangeStore, TokenStore
from tracemark.authorities.queries import account_changes, broken_change
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
    require_listed,
    require_person_sight,
    require_sight,
    sees_node,
    visible_agencies,
)
from tracemark.authorities.tokens import LONGEST_DAYS, Token, digest_of
from tracemark.instruments import Level

__all__ = [
    "LONGEST_DAYS",
    "Account",
    "AccountChange",
    "AccountRefused",
    "AccountStore",
    "AccountStores",
    "Agency",
    "AgencyKind",
    "ChangeKind",
    "ChangeStore",
    "Effect",
    "Level",
    "NarrowedActor",
    "NotPermitted",
    "Operator",
    "Permission",
    "PermissionTerms",
    "Reach",
    "Role",
    "RoleTerms",
    "Token",
    "TokenStore",
    "account_changes",
    "actor_of",
    "below",
    "broken_change",
    "change_account",
    "digest_of",
    "first_broken",
    "give_password",
    "issue_token",
    "may",
    "may_see",
    "may_see_person",
    "narrow",
    "needs_second_factor",
    "note_lock_out",
    "note_own_change",
    "open_account",
    "permission_terms",
    "permissions_of",
    "require",
    "require_listed",
    "require_person_sight",
    "require_second_person",
    "require_sight",
    "reset_factors",
    "revoke_token",
    "role_terms",
    "ruled_out",
    "sees_node",
    "visible_agencies",
]
