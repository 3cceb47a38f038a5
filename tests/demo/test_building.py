import hashlib
from pathlib import Path

import pytest

from tests.fictional import WEAPONS
from tracemark import demo
from tracemark.authorities import Role
from tracemark.demo.lots import lots
from tracemark.demo.nation import agencies
from tracemark.demo.weapons import lives
from tracemark.kernel import Actor
from tracemark.node import Node, open_node
from tracemark.recordkeeping import Status, steps

AUDITOR = Actor("auditor", "XT-REG", frozenset({Role.AUDITOR.value}))


def bodies(node: Node) -> str:
    digest = hashlib.sha256()
    for sealed in node.stores.records.all():
        digest.update(sealed.body + b"\n")
    return digest.hexdigest()


def built(path: Path, seed: int) -> str:
    node = open_node(f"sqlite:///{path}/state.sqlite3")
    demo.build_state(node=node, weapons=400, seed=seed)
    digest = bodies(node)
    node.stores.close()
    return digest


@pytest.mark.usefixtures("demo_copy")
def test_the_same_seed_tells_the_same_history_byte_for_byte(tmp_path: Path) -> None:
    first, again, other = (built(tmp_path / str(run), seed) for run, seed in enumerate((7, 7, 8)))
    assert first == again
    assert first != other


def test_every_life_is_sound(demo_node: Node) -> None:
    for lot in lots(2_000, 2001):
        for weapon, life in lives(lot, 2001):
            told = demo_node.stores.records.of_weapon(weapon)
            assert [sealed.event for sealed in told[: len(life)]] == life
            assert [finding for step in steps(weapon, told[: len(life)]) for finding in step.findings] == []


def test_the_record_verifies_and_the_register_has_every_weapon(demo_node: Node) -> None:
    assert demo_node.verify(AUDITOR).ok
    assert demo_node.stores.register.state(WEAPONS).status is not Status.UNRECORDED  # type: ignore[arg-type]


def test_sixty_agencies_and_dealers_with_codes_of_their_own() -> None:
    codes = [agency.code for agency in agencies()]
    assert (len(codes), len(set(codes))) == (60, 60)
    assert {agency.parent for agency in agencies()} - {""} <= set(codes)


def test_a_lot_has_consecutive_numbers_and_memory_does_not_grow_with_the_state() -> None:
    sizes = [lot.size for lot in lots(5_000, 1)]
    assert sum(sizes) == 5_000
    assert [lot.first_weapon for lot in lots(5_000, 1)] == [1 + sum(sizes[:place]) for place in range(len(sizes))]


def test_a_demonstration_is_never_built_into_a_register_that_holds_something(demo_node: Node) -> None:
    with pytest.raises(ValueError, match="not empty"):
        demo.build_state(node=demo_node, weapons=1, seed=1)
