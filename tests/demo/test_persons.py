from tracemark import recordkeeping
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.recordkeeping import RegisterFilter
from tracemark.weapons import WeaponId

OFFICER = Actor("officer", "XT-REG", frozenset({Role.REGISTRY_OFFICER.value}))


def owned(node: Node) -> tuple[WeaponId, str]:
    """A weapon of a private person."""
    page = node.stores.register.page(RegisterFilter(), holders=None, limit=2_000)
    return next((each.weapon, each.holder) for each in page if each.holder.startswith("person:"))


def test_data_of_fictional_persons_can_be_read(demo_node: Node) -> None:
    weapon, holder = owned(demo_node)
    data = recordkeeping.read_person(
        holder=holder,
        weapon=weapon,
        purpose="trying it out",
        actor=OFFICER,
        stores=demo_node.stores,
        clock=demo_node.clock,
    )
    assert sorted(data) == ["address", "born", "licence", "name"]


def test_each_fictional_person_is_kept_as_the_record_is_committed_to_them(demo_node: Node) -> None:
    weapon, holder = owned(demo_node)
    standing = recordkeeping.person_standing(holder=holder, weapon=weapon, actor=OFFICER, stores=demo_node.stores)
    assert (standing.held, standing.erased) == (True, None)
    assert list(recordkeeping.person_faults(demo_node.stores)) == []
