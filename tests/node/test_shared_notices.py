"""Notices travel as letters: whole to a State, signed; to a region only pattern, day and numbers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.node.two_nodes import MovedClock, Pair, Wire, introduce, pair, post, state_node
from tests.rooms import officer
from tracemark import transfers
from tracemark.authorities import Level, Role
from tracemark.correspondence import Message
from tracemark.exchange import FileSigner
from tracemark.kernel import Actor, Signer
from tracemark.node import (
    send_notice,
    send_waiting,
    told_embargoes,
    told_hits,
    told_least,
    told_notices,
)
from tracemark.node.shared_notices import NOTICE_TYPE
from tracemark.recordkeeping import sign_file
from tracemark.secretariat import LeastNotice, SharingRefused
from tracemark.transfers import Denial, Embargo

APPROVER = officer(Role.APPROVER, authority="XA-REG")
DENIAL = Denial(
    "EL-2026-000001", "XA", "XB", "2026-05-06", "2026-05-05", "export", "XA", "XC",
    [{"kind": "pistol", "quantity": 20}], [{"role": "end_user", "name": "Sunrise Trading Ltd", "state": "XC"}],
    "high", ["embargo"],
)  # fmt: skip


def sent(found: Pair, message_type: str, body: dict[str, Any]) -> str:
    """Send a letter, and return why it is not taken, "" where it is."""
    post(found.ours, Message(found.theirs.key.name, message_type, body))
    send_waiting(found.ours, found.wire)
    noted = found.theirs.stores.inbox.rejections(limit=1)
    return noted[0].code if noted else ""


def signed(signer: Signer) -> str:
    return sign_file("tracemark.denial-notice/1", DENIAL.plain(), signer)


def with_region() -> Pair:
    """A State's node and that of a region, which know each other."""
    clock = MovedClock()
    ours, theirs = state_node("XA", clock), replace(state_node("XR", clock), level=Level.REGIONAL)
    introduce(ours, theirs)
    introduce(theirs, ours)
    return Pair(ours, theirs, clock, clock, Wire({each.letterbox.endpoint: each for each in (ours, theirs)}))


def embargo(found: Pair, to: str, actor: Actor = APPROVER) -> str:
    told = Embargo("", "SO", date(2026, 1, 1), None, "Decree 7")
    by: dict[str, Any] = {"actor": actor, "stores": found.ours.stores, "clock": found.ours.clock}
    name = transfers.declare_embargo(embargo=told, **by)
    send_notice(found.ours, name, to, actor)
    send_waiting(found.ours, found.wire)
    return name


def test_a_refusal_is_kept_and_its_parties_are_found_where_they_apply_again() -> None:
    found = pair()
    assert sent(found, NOTICE_TYPE, {"notice": signed(found.ours.stores.signer)}) == ""
    [told] = told_notices(found.theirs)
    assert (told.state, told.notice) == ("XA", DENIAL)
    assert [(hit.name, hit.denied.dossier) for hit in told_hits(found.theirs, ["SUNRISE  trading", "Sunset"])] == [
        ("SUNRISE  trading", "XA EL-2026-000001")
    ]


def test_a_notice_that_another_signed_is_named() -> None:
    found = pair()
    forged = signed(FileSigner.fleeting("xa/tracemark/record"))
    assert sent(found, NOTICE_TYPE, {"notice": forged}) == "transfers.denial_forged"
    assert told_notices(found.theirs) == []


def test_a_region_takes_no_whole_notice_and_a_state_no_least() -> None:
    found = with_region()
    whole = {"notice": signed(found.ours.stores.signer)}
    assert sent(found, NOTICE_TYPE, whole) == "secretariat.only_the_least"
    other = pair()
    least = LeastNotice("XA", "EL-1", "2026-05-06", "refusal", "high", "XC", {"pistol": 20})
    assert sent(other, "tracemark.early-warning/1", least.plain()) == "secretariat.not_for_a_state"


def test_an_embargo_is_shown_where_it_concerns() -> None:
    found = pair()
    name = embargo(found, found.theirs.key.name)
    day = date(2026, 5, 6)
    assert [each.notice.code for each in told_embargoes(found.theirs, "SO", day)] == [name]  # type: ignore[union-attr]
    assert (told_embargoes(found.theirs, "XB", day), told_embargoes(found.theirs, "SO", date(2025, 1, 1))) == ([], [])


def test_a_region_is_told_the_least() -> None:
    found = with_region()
    name = embargo(found, found.theirs.key.name)
    assert list(told_least(found.theirs)) == [LeastNotice("XA", name, "2026-05-06", "embargo", "", "SO", {})]


def test_what_is_none_or_goes_to_nobody_is_not_sent() -> None:
    found = pair()
    for about, to in (("TR-2026-000001", found.theirs.key.name), ("EM-2026-000001", "a stranger")):
        with pytest.raises(SharingRefused):
            send_notice(found.ours, about, to, APPROVER)
    with pytest.raises(KeyError):
        send_notice(found.ours, "EM-2026-000009", found.theirs.key.name, APPROVER)
