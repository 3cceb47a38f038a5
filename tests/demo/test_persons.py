from tracemark import recordkeeping
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.recordkeeping import RegisterFilter
from tracemark.weapons import WeaponId

OFFICER = Actor("officer", "XT-REG", frozenset({Role.REGISTRY_OFFICER.value}))


def owned(node: Node, *, known: bool) -> tuple[WeaponId, str]:
    """A weapon of a private person, of whom the fictional State holds data or does not."""
    page = node.stores.register.page(RegisterFilter(), holders=None, limit=2_000)
    private = (each for each in page if each.holder.startswith("person:"))
    return next((each.weapon, each.holder) for each in private if (each.weapon % 5 == 0) is known)


def test_data_of_some_fictional_persons_can_be_read(demo_node: Node) -> None:
    weapon, holder = owned(demo_node, known=True)
    data = recordkeeping.read_person(
        holder=holder,
        weapon=weapon,
        purpose="trying it out",
        actor=OFFICER,
        stores=demo_node.stores,
        clock=demo_node.clock,
    )
    assert sorted(data) == ["address", "born", "licence", "name"]


def test_of_others_nothing_is_known(demo_node: Node) -> None:
    weapon, holder = owned(demo_node, known=False)
    standing = recordkeeping.person_standing(holder=holder, weapon=weapon, actor=OFFICER, stores=demo_node.stores)
    assert (standing.held, standing.erased) == (False, None)
