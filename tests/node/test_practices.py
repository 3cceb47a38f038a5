"""A practice travels from one node to another, stands there as the sender's, and is taken over and withdrawn."""

from typing import Any

import pytest

from tests.node.two_nodes import MovedClock, introduce, state_node
from tests.practices.test_practices import content
from tests.rooms import officer
from tracemark import practices
from tracemark.authorities import Role
from tracemark.correspondence import EnvelopeRefused, Message
from tracemark.node import Node, practice_library, receive, seal_posted, share_practice, told_practices
from tracemark.practices import PRACTICE_TYPE, Holding


def by(node: Node, role: Role = Role.POINT_OF_CONTACT) -> dict[str, Any]:
    return {
        "actor": officer(role, authority=f"{node.state}-REG"),
        "stores": node.stores,
        "clock": node.clock,
    }


def carry(sender: Node, receiver: Node) -> None:
    """Carry every letter that is due."""
    for posted in sender.stores.outbox.waiting(at=sender.clock.now(), limit=10):
        receive(receiver, seal_posted(sender, posted))
        sender.stores.outbox.note_delivered(posted.id, at=sender.clock.now())


def test_a_practice_travels_stands_as_the_senders_and_is_withdrawn_there_too() -> None:
    clock = MovedClock()
    ours, theirs = state_node("XT", clock), state_node("XU", clock)
    introduce(ours, theirs)
    introduce(theirs, ours)
    name = practices.draft_practice(content=content(), **by(ours))
    with pytest.raises(practices.PracticeRefused):
        share_practice(ours, name, theirs.key.name, by(ours)["actor"])
    practices.review_practice(name=name, **by(ours, Role.APPROVER))
    practices.publish_practice(name=name, **by(ours))
    practices.note_experience(name=name, note="It went well.", **by(ours))
    assert share_practice(ours, name, theirs.key.name, by(ours)["actor"]) == 1
    carry(ours, theirs)
    (entry,) = told_practices(theirs)
    assert (entry.holding, entry.content.state, entry.experiences[0].text) == (Holding.RECEIVED, "XT", "It went well.")
    assert practice_library(theirs, by(theirs)["actor"])[0] == entry
    taken = practices.take_over_practice(entry=entry, **by(theirs))
    assert practices.practice_of(taken, theirs.stores.dossiers.events(taken)).content.state == "XT"
    practices.withdraw_practice(name=name, reason="plates break", **by(ours))
    clock.move(minutes=1)
    share_practice(ours, name, theirs.key.name, by(ours)["actor"])
    carry(ours, theirs)
    assert [each.standing for each in told_practices(theirs)] == ["withdrawn"]
    kept = practice_library(theirs, by(theirs)["actor"])
    assert [each.key for each in kept if each.holding is not Holding.SHIPPED] == [taken]


def test_a_letter_that_is_no_practice_is_not_let_in() -> None:
    clock = MovedClock()
    ours, theirs = state_node("XT", clock), state_node("XU", clock)
    introduce(ours, theirs)
    introduce(theirs, ours)
    with ours.stores.atomic():
        ours.stores.outbox.post(Message(theirs.key.name, PRACTICE_TYPE, {"practice": "x"}), at=clock.now())
    (posted,) = ours.stores.outbox.waiting(at=clock.now(), limit=10)
    with pytest.raises(EnvelopeRefused) as refused:
        receive(theirs, seal_posted(ours, posted))
    assert [each.code for each in refused.value.findings] == ["practices.letter_unfit"]
    assert told_practices(theirs) == []
