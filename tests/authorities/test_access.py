import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.authorities import (
    NotPermitted,
    Permission,
    Role,
    may,
    narrow,
    permissions_of,
    require,
    require_second_person,
    ruled_out,
)
from tracemark.kernel import Actor, Finding, Refused, cite

ROLES = st.frozensets(st.sampled_from(Role))
SCOPES = st.frozensets(st.sampled_from(Permission))


def actor(*roles: str, name: str = "ana") -> Actor:
    return Actor(name, "registry", frozenset(roles))


def test_no_role_and_an_unknown_role_are_denied() -> None:
    assert permissions_of(()) == frozenset()
    assert permissions_of({"minister"}) == frozenset()
    assert [each for each in Permission if may(actor("minister"), each)] == []


def test_roles_add_up() -> None:
    both = permissions_of({Role.STOREKEEPER, Role.APPROVER})
    assert both == permissions_of({Role.STOREKEEPER}) | permissions_of({Role.APPROVER})


def test_an_unknown_role_neither_adds_nor_takes_away() -> None:
    assert permissions_of({Role.AUDITOR, "minister"}) == permissions_of({Role.AUDITOR})


def test_an_unknown_permission_is_an_error_not_a_grant() -> None:
    with pytest.raises(ValueError, match=r"record\.burn"):
        may(actor(*Role), "record.burn")


def test_require_says_which_permission_and_under_which_paragraph() -> None:
    require(actor(Role.REGISTRY_OFFICER), "record.write")
    with pytest.raises(NotPermitted) as refused:
        require(actor(Role.AUDITOR, Role.ADMINISTRATOR), Permission.RECORD_WRITE)
    assert isinstance(refused.value, Refused)
    assert refused.value.findings == (
        Finding(
            "authorities.not_permitted",
            cite("ITI 11"),
            {"permission": "record.write", "roles": ["administrator", "auditor"]},
        ),
    )


@pytest.mark.parametrize("approver", ["ana", "Ana", " ANA "])
def test_a_proposer_cannot_approve_their_own(approver: str) -> None:
    with pytest.raises(NotPermitted) as refused:
        require_second_person("ana", actor(Role.APPROVER, name=approver))
    assert refused.value.findings == (Finding("authorities.same_person", cite("PoA II.17"), {"proposer": "ana"}),)


def test_a_second_person_can_approve() -> None:
    require_second_person("ana", actor(Role.APPROVER, name="ben"))


@given(ROLES, SCOPES)
def test_a_token_grants_what_is_both_in_scope_and_in_role(
    roles: frozenset[Role], scopes: frozenset[Permission]
) -> None:
    holder = narrow(actor(*roles), scopes)
    assert {each for each in Permission if may(holder, each)} == scopes & permissions_of(roles)
    assert holder.scopes == scopes & permissions_of(roles)


@given(ROLES, SCOPES, SCOPES)
def test_a_token_narrowed_again_only_loses(
    roles: frozenset[Role], first: frozenset[Permission], second: frozenset[Permission]
) -> None:
    assert narrow(narrow(actor(*roles), first), second).scopes == first & second & permissions_of(roles)


def test_an_unknown_scope_grants_nothing() -> None:
    assert narrow(actor(*Role), ["record.burn"]).scopes == frozenset()


def test_what_a_role_takes_from_the_others_is_told() -> None:
    assert ruled_out(["registry_officer"]) == {}
    lost = ruled_out(["registry_officer", "auditor", "no such role"])
    assert list(lost) == [Role.AUDITOR]
    assert {Permission.RECORD_WRITE, Permission.IMPORT_COMMIT} <= set(lost[Role.AUDITOR])
