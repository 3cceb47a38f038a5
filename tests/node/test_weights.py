"""A node goes by the weights it adopted, and by no others where their file was touched."""

from pathlib import Path

import pytest

from tests.rooms import StillClock, clock, officer, stores
from tests.tracing.learning.judged import ANALYST, APPROVER, judge_all
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.recordkeeping import FaultKind
from tracemark.storage import Files
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import Query, Ranking, WeightsRefused, load_weights, parse_reading, propose_weights
from tracemark.weapons import WeaponId

__all__ = ["clock", "stores"]

OURS = "v8+2026-05-06.1"


@pytest.fixture
def node(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> Node:
    """A node on which 160 weapons were traced and judged."""
    judge_all(stores, clock, 160)
    return Node("XT", stores, clock=clock, folder=tmp_path)


def learnt(node: Node) -> int:
    lesson = node.own_weights.learn(actor=ANALYST, clock=node.clock)
    return node.own_weights.propose(lesson=lesson, actor=ANALYST, clock=node.clock).id


def asked(node: Node, version: str = "") -> Ranking:
    serial = node.stores.register.state(WeaponId(1)).marks[0].serial
    query = Query((parse_reading(serial),), maker="m")
    return node.trace(query, ANALYST, weights=node.own_weights.named(version) if version else None)


def kept(node: Node) -> Path:
    [file] = [path for path in (node.folder / "weights").rglob("*") if path.is_file()]
    return file


def refused(node: Node) -> list[str]:
    with pytest.raises(WeightsRefused) as found:
        asked(node)
    return [each.code for each in found.value.findings]


def test_adopted_weights_are_used_and_an_old_score_can_be_drawn_again(node: Node) -> None:
    before = asked(node)
    proposal = learnt(node)
    assert asked(node) == before
    node.approve(proposal, APPROVER)
    after = asked(node)
    assert (before.weights_version, after.weights_version) == ("v8", OURS)
    assert after.candidates[0].posterior != before.candidates[0].posterior
    assert asked(node, "v8") == before
    assert Node("XT", node.stores, clock=node.clock, folder=node.folder).weights == node.weights


def test_weights_whose_file_was_changed_or_is_gone_are_refused_and_named(node: Node) -> None:
    proposal = learnt(node)
    node.approve(proposal, APPROVER)
    path = kept(node)
    path.write_text(path.read_text("utf-8").replace("inserted", "inserted ", 1), "utf-8")
    opened = Node("XT", node.stores, clock=node.clock, folder=node.folder)
    assert refused(opened) == ["tracing.weights_damaged"]
    found = opened.verify(officer(Role.AUDITOR), with_files=True).faults
    assert [(each.fault, each.place) for each in found] == [(FaultKind.FILE_CHANGED, path.name)]
    path.unlink()
    assert refused(opened) == ["tracing.weights_damaged"]
    assert [each.fault for each in opened.verify(officer(Role.AUDITOR), with_files=True).faults] == [
        FaultKind.FILE_MISSING
    ]


def test_weights_changed_between_proposal_and_decision_are_not_adopted(node: Node) -> None:
    proposal = learnt(node)
    kept(node).write_text('version = "v9"\n', "utf-8")
    with pytest.raises(WeightsRefused):
        node.approve(proposal, APPROVER)
    assert node.weights == load_weights()


def test_a_node_goes_back_to_weights_by_the_same_two_persons(node: Node) -> None:
    own = node.own_weights
    node.approve(learnt(node), APPROVER)
    back = own.propose_again(version="v8", actor=ANALYST, clock=node.clock)
    assert node.weights.version == OURS
    node.approve(back.id, APPROVER)
    assert node.weights == load_weights()
    again = own.propose_again(version=OURS, actor=ANALYST, clock=node.clock)
    node.approve(again.id, APPROVER)
    assert node.weights.version == OURS


@pytest.mark.parametrize("version", ["v0", "../v7", "v8+2026-01-01.1", ""])
def test_an_unknown_version_is_refused(version: str, stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    node = Node("XT", stores, clock=clock, folder=tmp_path)
    for ask in (node.own_weights.named, node.own_weights.text):
        with pytest.raises(WeightsRefused) as found:
            ask(version)
        assert [each.code for each in found.value.findings] == ["tracing.no_such_weights"]
    with pytest.raises(WeightsRefused):
        node.own_weights.propose_again(version=version, actor=ANALYST, clock=node.clock)


def test_learning_goes_on_from_the_weights_in_use_under_a_name_of_its_own(node: Node) -> None:
    node.approve(learnt(node), APPROVER)
    lesson = node.own_weights.learn(actor=ANALYST, clock=node.clock)
    assert (lesson.parent, lesson.version) == (OURS, "v8+2026-05-06.2")


def test_weights_of_an_older_shape_are_refused(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    node = Node("XT", stores, clock=clock, folder=tmp_path)
    shorter = "\n".join(line for line in node.own_weights.text("v8").splitlines() if not line.startswith("doubtful"))
    fingerprint = Files(tmp_path / "weights").put(shorter.encode())
    proposal = propose_weights(
        version=OURS, fingerprint=fingerprint, told={}, actor=ANALYST, stores=stores, clock=clock
    )
    with pytest.raises(WeightsRefused) as found:
        node.approve(proposal.id, APPROVER)
    assert [each.code for each in found.value.findings] == ["tracing.weights_outdated"]
    assert node.weights == load_weights()
