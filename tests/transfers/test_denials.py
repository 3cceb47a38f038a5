"""A refusal is told to another State: the goods, the parties, the way and the bars, and no word of who refused it."""

import json

import pytest

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import StillClock
from tests.transfers.trade import APPLICATION, DECIDER, DRAFTER, Trade
from tracemark import transfers
from tracemark.authorities import NotPermitted
from tracemark.exchange import verify_signature
from tracemark.node import verify_notice
from tracemark.recordkeeping import VerifierKey
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import Denial, DenialRefused, TransferRefused

KEY = str(VerifierKey(SeededSigner().name, SeededSigner().public_key))


@pytest.fixture
def trade(stores: MemoryStores, clock: StillClock) -> Trade:
    return Trade(stores, clock)


def shared(trade: Trade) -> str:
    name = trade.advised()
    transfers.refuse_licence(licence=name, reason="A source told us", actor=DECIDER, **trade.with_stores)
    return transfers.share_refusal(licence=name, for_state="XU", state="XT", actor=DECIDER, **trade.with_stores)


def test_att_11_5_a_refusal_tells_what_another_state_needs_and_verifies_there(trade: Trade) -> None:
    text = shared(trade)
    denial = transfers.verify_denial(text, KEY, verify_signature)
    assert denial == Denial(
        reference="EL-2026-000001",
        by_state="XT",
        for_state="XU",
        issued_on="2026-05-06",
        refused_on="2026-05-06",
        authorises="export",
        from_state="XT",
        to_state="FR",
        goods=[each.plain() for each in APPLICATION.goods],
        parties=[each.plain() for each in APPLICATION.parties],
        risk="low",
        bars=[],
    )
    assert verify_notice(text, KEY) == denial
    assert not any(word in text for word in ("decider", "licensing", "A source"))
    last = trade.stores.dossiers.events("EL-2026-000001")[-1].event
    assert (last.kind, dict(last.details)) == ("licence_shared", {"dossier": "EL-2026-000001", "to_state": "XU"})
    assert trade.stores.dossiers.dossier("EL-2026-000001").standing == "refused"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("revolver", "rifle"), "transfers.denial_forged"),
        (lambda text: text.replace("denial-notice/1", "denial-notice/2"), "transfers.denial_forged"),
        (lambda text: json.dumps({**json.loads(text), "more": 1}), "transfers.denial_unreadable"),
        (lambda text: json.dumps({**json.loads(text), "notice": {"reference": "EL"}}), "transfers.denial_unreadable"),
        (lambda _: "[" * 9_000, "transfers.denial_unreadable"),
    ],
)
def test_what_was_changed_or_is_none_is_refused(trade: Trade, change: object, code: str) -> None:
    text = change(shared(trade))  # type: ignore[operator]
    with pytest.raises(DenialRefused) as refused:
        transfers.verify_denial(text, KEY, verify_signature)
    assert [each.code for each in refused.value.findings] == [code]


def test_a_key_that_is_none_is_said_to_be_none(trade: Trade) -> None:
    with pytest.raises(DenialRefused, match="key_unreadable"):
        transfers.verify_denial(shared(trade), "not a key", verify_signature)


def test_only_a_refusal_is_shared_and_by_who_decides(trade: Trade) -> None:
    name = trade.approved()
    with pytest.raises(TransferRefused, match="dossier_step"):
        transfers.share_refusal(licence=name, for_state="XU", state="XT", actor=DECIDER, **trade.with_stores)
    with pytest.raises(NotPermitted):
        transfers.share_refusal(licence=name, for_state="XU", state="XT", actor=DRAFTER, **trade.with_stores)
