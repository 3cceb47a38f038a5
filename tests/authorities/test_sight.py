import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.authorities import (
    Agency,
    AgencyKind,
    NotPermitted,
    Permission,
    Role,
    may_see,
    may_see_person,
    narrow,
    require_person_sight,
    require_sight,
    visible_agencies,
)
from tracemark.kernel import Actor

ARMY = [
    Agency("army", "Army", AgencyKind.ARMED_FORCES),
    Agency("north", "Northern Command", AgencyKind.ARMED_FORCES, parent="army"),
    Agency("depot", "Depot", AgencyKind.ARMED_FORCES, parent="north"),
    Agency("police", "Police", AgencyKind.POLICE),
]
EVERYBODY = {"army", "north", "depot", "police"}


def actor(*roles: str, authority: str = "north") -> Actor:
    return Actor("ana", authority, frozenset(roles))


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.REGISTRY_OFFICER, EVERYBODY),
        (Role.TRACING_ANALYST, EVERYBODY),
        (Role.POINT_OF_CONTACT, EVERYBODY),
        (Role.APPROVER, EVERYBODY),
        (Role.AUDITOR, EVERYBODY),
        (Role.LICENSING_OFFICER, {"north", "depot"}),
        (Role.STOREKEEPER, {"north", "depot"}),
        (Role.ADMINISTRATOR, set()),
        ("minister", set()),
    ],
)
def test_who_sees_whose_weapons(role: str, seen: set[str]) -> None:
    assert visible_agencies(actor(role), ARMY) == seen
    assert {each for each in EVERYBODY if may_see(actor(role), each, ARMY)} == seen


def test_who_sees_the_node_sees_a_holder_it_does_not_list() -> None:
    assert may_see(actor(Role.REGISTRY_OFFICER), "abroad", ARMY)
    assert not may_see(actor(Role.STOREKEEPER), "abroad", ARMY)


def test_an_officer_of_an_unknown_agency_sees_nothing() -> None:
    assert visible_agencies(actor(Role.STOREKEEPER, authority="navy"), ARMY) == frozenset()
    assert visible_agencies(actor(Role.STOREKEEPER, authority=""), ARMY) == frozenset()


def test_require_sight_refuses_without_telling_whose_it_is() -> None:
    require_sight(actor(Role.STOREKEEPER), "depot", ARMY)
    with pytest.raises(NotPermitted) as refused:
        require_sight(actor(Role.STOREKEEPER), "army", ARMY)
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts) == ("authorities.out_of_sight", {"authority": "north"})


@pytest.mark.parametrize(
    ("roles", "read"),
    [
        ([Role.REGISTRY_OFFICER], EVERYBODY),
        ([Role.TRACING_ANALYST], EVERYBODY),
        ([Role.POINT_OF_CONTACT], EVERYBODY),
        ([Role.LICENSING_OFFICER], {"north", "depot"}),
        ([Role.STOREKEEPER], {"north", "depot"}),
        ([Role.APPROVER], set()),
        ([Role.AUDITOR], set()),
        ([Role.ADMINISTRATOR], set()),
        ([Role.STOREKEEPER, Role.AUDITOR], {"north", "depot"}),
        ([Role.STOREKEEPER, Role.APPROVER], {"north", "depot"}),
        ([Role.REGISTRY_OFFICER, Role.ADMINISTRATOR], set()),
    ],
)
def test_iti_15a_who_reads_whose_personal_data(roles: list[Role], read: set[str]) -> None:
    assert {each for each in EVERYBODY if may_see_person(actor(*roles), each, ARMY)} == read


def test_a_token_without_the_scope_reads_no_personal_data() -> None:
    holder = narrow(actor(Role.REGISTRY_OFFICER), [Permission.RECORD_READ])
    assert may_see(holder, "depot", ARMY)
    assert not may_see_person(holder, "depot", ARMY)


def test_who_is_let_pass_to_personal_data_may_see_them() -> None:
    require_person_sight(actor(Role.STOREKEEPER), "depot", ARMY)
    for reader in (actor(Role.STOREKEEPER, Role.AUDITOR), actor(Role.APPROVER)):
        with pytest.raises(NotPermitted):
            require_person_sight(reader, "police", ARMY)


@st.composite
def forests(draw: st.DrawFn) -> list[Agency]:
    """Agencies whose parents were founded before them, in any order; some with a parent nobody lists."""
    size = draw(st.integers(1, 12))
    parents = [draw(st.sampled_from(["", "nobody", *(f"a{n}" for n in range(each))])) for each in range(size)]
    agencies = [Agency(f"a{n}", f"A{n}", AgencyKind.POLICE, parent=parent) for n, parent in enumerate(parents)]
    return draw(st.permutations(agencies))


def ancestors(code: str, agencies: list[Agency]) -> set[str]:
    """The agency itself and everyone above it, walked upwards: the other way than the room does."""
    parents = {each.code: each.parent for each in agencies}
    found = set()
    while code in parents:
        found.add(code)
        code = parents[code]
    return found


@given(forests(), st.data())
def test_a_storekeeper_sees_exactly_those_whose_ancestor_their_agency_is(
    agencies: list[Agency], data: st.DataObject
) -> None:
    own = data.draw(st.sampled_from([each.code for each in agencies]))
    expected = {each.code for each in agencies if own in ancestors(each.code, agencies)}
    storekeeper = actor(Role.STOREKEEPER, authority=own)
    assert visible_agencies(storekeeper, agencies) == expected
    assert {each.code for each in agencies if may_see(storekeeper, each.code, agencies)} == expected


@given(forests(), st.frozensets(st.sampled_from(Role)))
def test_nobody_reads_persons_where_they_do_not_see_weapons(agencies: list[Agency], roles: frozenset[Role]) -> None:
    reader = actor(*roles, authority="a0")
    read = {each.code for each in agencies if may_see_person(reader, each.code, agencies)}
    assert read <= visible_agencies(reader, agencies)
