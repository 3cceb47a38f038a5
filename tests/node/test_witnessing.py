"""Two nodes and their witnesses in one process: what is cosigned, and what sounds an alarm."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import officer
from tests.stores.lives import registered
from tracemark import exchange, recordkeeping
from tracemark.authorities import Agency, AgencyKind, NotPermitted, Role
from tracemark.exchange import Answer, Ask, NoAnswer
from tracemark.node import Node
from tracemark.recordkeeping import (
    AlarmKind,
    AlarmRefused,
    Checkpoint,
    HeadRefused,
    Neighbour,
    Refusal,
    Submission,
    quorum,
    sign_checkpoint,
)
from tracemark.storage import MemoryStores


@dataclass
class Hands:
    """A clock whose hands are set by the test."""

    at: datetime = field(default_factory=lambda: datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at


CONTACT = officer(Role.POINT_OF_CONTACT, authority="XA-REG")


def node_of(state: str, clock: Hands, seed: int) -> Node:
    stores = MemoryStores(SeededSigner(f"{state.lower()}/tracemark/record", seed))
    stores.agencies.put(Agency(f"{state}-REG", state, AgencyKind.REGISTRY, state))
    stores.agencies.put(Agency("XA-REG", "XA", AgencyKind.REGISTRY, "XA"))
    return Node(state, stores, clock=clock)


def grow(node: Node, weapon: int) -> None:
    with node.stores.atomic():
        recordkeeping.append(events=[registered(weapon, f"A{weapon}")], stores=node.stores, clock=node.clock)


def net(*nodes: Node) -> Ask:
    """A network on which each node answers under its State's code, as the API has it."""
    known = {f"https://{each.state}": each for each in nodes}

    def ask(address: str, body: bytes | None, longest: int, headers: Mapping[str, str] | None = None) -> Answer:
        base, _, place = address.partition("/exchange/" if "/exchange/" in address else "/log/")
        if "/api/v1" in base:
            base, _, sizes = address.partition("/api/v1/record/consistency?from=")
            old, _, new = sizes.partition("&to=")
            path = [each.hex() for each in known[base].prove_growth(int(old), int(new))]
            return Answer(200, str({"path": path}).replace("'", '"').encode())
        if base not in known:
            raise NoAnswer(base)
        witness = known[base].witnessing
        if place == "checkpoint":
            return Answer(200, str(known[base].stores.records.head()).encode())
        if place == "witness/add-checkpoint":
            try:
                return Answer(200, witness.add_checkpoint((body or b"").decode()).encode())
            except HeadRefused as refused:
                step = refused.refusal is Refusal.OUT_OF_STEP
                return Answer(409 if step else 422, f"{refused.size}\n".encode())
        return Answer(200, str(witness.seen_head(place.split("/")[1])).encode())

    return ask


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def home(clock: Hands) -> Node:
    node = node_of("XA", clock, 7)
    grow(node, 1)
    return node


@pytest.fixture
def near(clock: Hands, home: Node) -> Node:
    """A node that watches `home` and is chosen by it as a witness."""
    node = node_of("XB", clock, 8)
    node.witnessing.put_neighbour(Neighbour(home.key, "https://XA"), CONTACT)
    home.witnessing.put_neighbour(Neighbour(node.key, "https://XB", cosigns=True), CONTACT)
    return node


def outcomes(node: Node, *others: Node) -> list[str]:
    return [each.outcome for each in node.witnessing.ask_witnesses(CONTACT, net(node, *others))]


def sounded(node: Node) -> list[tuple[AlarmKind, str, int]]:
    return [(each.kind, each.origin, len(each.heads)) for each in recordkeeping.alarms(CONTACT, node.stores)]


def test_a_head_is_cosigned_as_the_record_grows(home: Node, near: Node) -> None:
    assert outcomes(home, near) == ["cosigned"]
    for weapon in (2, 3, 4):
        grow(home, weapon)
    assert [outcomes(home, near), outcomes(home, near)] == [["cosigned"], ["cosigned"]]
    head = home.witnessing.own_head()
    assert head is not None
    keys = [each.witness_key for each in home.stores.witnesses.neighbours()]
    assert quorum(head, keys, exchange.verify_signature) == {near.key.name}
    assert near.witnessing.seen_head(recordkeeping.origin_hash(home.key.name)) == head
    assert sounded(near) == []


def test_a_witness_out_of_reach_is_told_and_nothing_kept(home: Node, near: Node) -> None:
    assert outcomes(home) == ["no_answer"]
    assert home.witnessing.own_head() == home.stores.records.head()
    assert near.stores.witnesses.seen(home.key.name) is None


def test_a_split_view_sounds_once_with_both_heads(home: Node, near: Node) -> None:
    assert outcomes(home, near) == ["cosigned"]
    forged = sign_checkpoint(Checkpoint(home.key.name, 1, bytes(32)), home.stores.signer)
    for _ in range(2):
        with pytest.raises(HeadRefused):
            near.witnessing.add_checkpoint(str(Submission(1, (), forged)))
    (alarm,) = recordkeeping.alarms(CONTACT, near.stores)
    head = home.stores.records.head()
    assert (alarm.kind, alarm.origin) == (AlarmKind.SPLIT_VIEW, home.key.name)
    assert [Checkpoint.parse(each).root for each in alarm.heads] == [head.root if head else b"", bytes(32)]
    assert near.stores.records.newest(1)[0].event.by == f"node:{near.key.name}"


def test_growth_that_is_not_shown_sounds(home: Node, near: Node) -> None:
    assert outcomes(home, near) == ["cosigned"]
    forged = sign_checkpoint(Checkpoint(home.key.name, 9, bytes(32)), home.stores.signer)
    with pytest.raises(HeadRefused):
        near.witnessing.add_checkpoint(str(Submission(1, (bytes(32),), forged)))
    assert sounded(near) == [(AlarmKind.GROWTH_NOT_SHOWN, home.key.name, 2)]


def test_what_nobody_signed_sounds_nothing(home: Node, near: Node) -> None:
    assert outcomes(home, near) == ["cosigned"]
    forged = sign_checkpoint(Checkpoint(home.key.name, 1, bytes(32)), SeededSigner(home.key.name, 99))
    with pytest.raises(HeadRefused):
        near.witnessing.add_checkpoint(str(Submission(1, (), forged)))
    assert sounded(near) == []


def test_a_record_that_is_rolled_back_is_seen_by_its_witness_and_by_itself(
    home: Node, near: Node, clock: Hands
) -> None:
    before = node_of("XA", clock, 7)
    grow(before, 1)
    before.witnessing.put_neighbour(Neighbour(near.key, "https://XB", cosigns=True), CONTACT)
    grow(home, 2)
    assert outcomes(home, near) == ["cosigned"]
    assert outcomes(before, near) == ["witness_ahead"]
    trouble = before.witnessing.own_trouble()
    assert (trouble and trouble.size, before.stores.records.size()) == (2, 1)
    near.witnessing.watch(CONTACT, net(before))
    assert sounded(near) == [(AlarmKind.ROLLED_BACK, home.key.name, 2)]
    grow(before, 3)
    assert before.witnessing.own_trouble() == trouble
    assert home.witnessing.own_trouble() is None


def test_silence_sounds_once_until_it_is_explained(home: Node, near: Node, clock: Hands) -> None:
    assert [each.outcome for each in near.witnessing.watch(CONTACT, net(home))] == ["seen"]
    clock.at += timedelta(hours=47)
    assert [each.outcome for each in near.witnessing.watch(CONTACT, net())] == ["no_answer"]
    clock.at += timedelta(hours=2)
    assert [[each.silent for each in near.witnessing.watched(CONTACT)], sounded(near)] == [[True], []]
    found = [near.witnessing.watch(CONTACT, net())[0] for _ in range(2)]
    assert [each.outcome for each in found] == ["alarm", "alarm"]
    assert sounded(near) == [(AlarmKind.SILENT, home.key.name, 1)]

    def explain(reason: str) -> None:
        name = found[0].alarm
        recordkeeping.explain_alarm(name=name, reason=reason, actor=CONTACT, stores=near.stores, clock=clock)

    with pytest.raises(AlarmRefused):
        explain(" ")
    explain("no power for two days")
    with pytest.raises(AlarmRefused):
        explain("again")
    (alarm,) = recordkeeping.alarms(CONTACT, near.stores)
    assert (alarm.explanation, alarm.explained_by) == ("no power for two days", CONTACT.name)
    near.witnessing.watch(CONTACT, net())
    assert len(sounded(near)) == 1


def test_a_neighbour_that_grew_is_followed(home: Node, near: Node) -> None:
    for weapon in (2, 3):
        near.witnessing.watch(CONTACT, net(home))
        grow(home, weapon)
    near.witnessing.watch(CONTACT, net(home))
    seen = near.stores.witnesses.seen(home.key.name)
    assert (seen and seen.head.size, sounded(near)) == (3, [])


def test_a_storekeeper_neither_sees_nor_chooses_witnesses(home: Node) -> None:
    keeper = replace(CONTACT, roles=frozenset({Role.STOREKEEPER.value}))
    for act in (
        lambda: home.witnessing.watched(keeper),
        lambda: home.witnessing.watch(keeper),
        lambda: home.witnessing.ask_witnesses(keeper),
        lambda: home.witnessing.put_neighbour(Neighbour(home.key), keeper),
        lambda: recordkeeping.alarms(keeper, home.stores),
    ):
        with pytest.raises(NotPermitted):
            act()
