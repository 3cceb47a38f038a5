import pytest

from tests.recordkeeping.lives import imported
from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.exchange import verify_signature
from tracemark.recordkeeping import (
    EventKind,
    OriginRefused,
    Sealed,
    VerifierKey,
    change_key,
    require_origin,
    verify_checkpoint,
)
from tracemark.storage.memory import MemoryStores

REGISTRY = officer(Role.REGISTRY_OFFICER, "amina")


def key_of(stores: MemoryStores) -> VerifierKey:
    return VerifierKey(stores.signer.name, stores.signer.public_key)


def changed(stores: MemoryStores, clock: StillClock, reason: str = "lost in a fire") -> Sealed:
    return change_key(key=key_of(stores), reason=reason, actor=REGISTRY, stores=stores, clock=clock)


@pytest.fixture
def other(stores: MemoryStores, clock: StillClock) -> MemoryStores:
    """A record with one event, whose next head would be signed with another key."""
    told(stores, clock, imported())
    stores.signer = SeededSigner(seed=2)
    return stores


def codes(refused: pytest.ExceptionInfo[OriginRefused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_record_goes_on_under_its_own_name_and_key(stores: MemoryStores, clock: StillClock) -> None:
    require_origin(None, key_of(stores))
    told(stores, clock, imported())
    require_origin(stores.records.head(), key_of(stores))


def test_another_key_and_another_name_are_refused(other: MemoryStores) -> None:
    with pytest.raises(OriginRefused) as refused:
        require_origin(other.records.head(), key_of(other))
    assert codes(refused) == ["recordkeeping.other_key"]
    with pytest.raises(OriginRefused) as refused:
        require_origin(other.records.head(), VerifierKey("de/tracemark/record", other.signer.public_key))
    assert codes(refused) == ["recordkeeping.other_origin"]


def test_a_change_of_key_is_sealed_under_the_new_one(other: MemoryStores, clock: StillClock) -> None:
    sealed = changed(other, clock)
    assert (sealed.position, sealed.event.kind, sealed.event.by) == (1, EventKind.KEY_CHANGED, "amina")
    assert sealed.event.details == {"key": str(key_of(other)), "reason": "lost in a fire"}
    head = other.records.head()
    assert head is not None
    assert verify_checkpoint(head, [key_of(other)], verify_signature)
    require_origin(head, key_of(other))


def test_no_change_of_key_is_sealed_where_there_is_none(stores: MemoryStores, clock: StillClock) -> None:
    for more in ([imported()], []):
        with pytest.raises(OriginRefused) as refused:
            changed(stores, clock)
        assert codes(refused) == ["recordkeeping.key_not_changed"]
        told(stores, clock, *more)


def test_a_change_of_key_says_why_and_keeps_the_name(other: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(OriginRefused) as refused:
        changed(other, clock, " ")
    assert codes(refused) == ["recordkeeping.key_reason_missing"]
    elsewhere = VerifierKey("de/tracemark/record", other.signer.public_key)
    with pytest.raises(OriginRefused) as refused:
        change_key(key=elsewhere, reason="x", actor=REGISTRY, stores=other, clock=clock)
    assert codes(refused) == ["recordkeeping.other_origin"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.APPROVER])
def test_who_writes_no_record_changes_no_key(role: Role, other: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NotPermitted):
        change_key(key=key_of(other), reason="x", actor=officer(role), stores=other, clock=clock)
