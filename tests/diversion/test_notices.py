"""A notice tells another State what, when, where and the marks, and is what its key signed."""

import json

import pytest

from tests.diversion.desk import CONTACT, life, raised, signal
from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import StillClock
from tracemark.diversion import NoticeRefused, share_signal, verify_notice
from tracemark.exchange import verify_signature
from tracemark.recordkeeping import VerifierKey
from tracemark.storage.memory import MemoryStores


def shared(stores: MemoryStores, clock: StillClock) -> str:
    life(stores, clock)
    (name,) = raised(stores, clock, signal())
    return share_signal(signal=name, to_state="XU", state="XT", actor=CONTACT, stores=stores, clock=clock)


def key_of(signer: SeededSigner) -> str:
    return str(VerifierKey(signer.name, signer.public_key))


def test_a_notice_tells_the_least_and_verifies(stores: MemoryStores, clock: StillClock) -> None:
    text = shared(stores, clock)
    notice = verify_notice(text, key_of(SeededSigner()), verify_signature)
    assert notice.plain() == {
        "reference": "SG-2026-000001",
        "from_state": "XT",
        "to_state": "XU",
        "issued_on": "2026-05-06",
        "rule": "seized_twice",
        "stage": "storage",
        "strength": "strong",
        "standing": "open",
        "weapons": [
            {
                "kind": "rifle",
                "maker": "zastava",
                "model": "m70",
                "calibre": "",
                "country": "",
                "marks": [{"kind": "manufacture", "text": "A 123", "serial": "A123", "state": ""}],
            }
        ],
        "when": "2026-02",
        "place": "Depot 3",
    }
    assert not any(word in text for word in ("XT-ARMY-1", "XT-POL", "ana", "Jo"))


def test_that_it_was_shared_is_sealed(stores: MemoryStores, clock: StillClock) -> None:
    shared(stores, clock)
    last = stores.dossiers.events("SG-2026-000001")[-1].event
    assert (last.kind, dict(last.details)) == ("signal_shared", {"dossier": "SG-2026-000001", "to_state": "XU"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda told: told["notice"].update(place="Depot 4"), "diversion.notice_forged"),
        (lambda told: told["notice"].pop("place"), "diversion.notice_forged"),
        (lambda told: told["notice"].update(more="x"), "diversion.notice_unreadable"),
        (lambda told: told.update(type="tracemark.diversion-notice/2"), "diversion.notice_unreadable"),
        (lambda told: told.update(signature="!"), "diversion.notice_unreadable"),
    ],
)
def test_what_was_changed_is_refused(stores: MemoryStores, clock: StillClock, change: object, code: str) -> None:
    told = json.loads(shared(stores, clock))
    assert callable(change)
    change(told)
    with pytest.raises(NoticeRefused) as refused:
        verify_notice(json.dumps(told), key_of(SeededSigner()), verify_signature)
    assert [each.code for each in refused.value.findings] == [code]


def test_a_key_that_is_none_is_refused(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NoticeRefused) as refused:
        verify_notice(shared(stores, clock), "XT", verify_signature)
    assert [each.code for each in refused.value.findings] == ["diversion.key_unreadable"]
