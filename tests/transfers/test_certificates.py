"""End-user certificates: ten elements, signed by the State, read without asking it, and used once."""

import base64
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import StillClock
from tests.transfers.trade import CERTIFICATE, DECIDER, DRAFTER, SECOND, Trade
from tracemark import transfers
from tracemark.authorities import NotPermitted
from tracemark.exchange import verify_signature
from tracemark.recordkeeping import VerifierKey
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import Certificate, CertificateRefused, GoodsLine, Presented, TransferRefused

FRENCH = SeededSigner("fr.example/record", 3)
KEY = VerifierKey(FRENCH.name, FRENCH.public_key)
FROM_FRANCE = replace(CERTIFICATE, number="FR-77", issuer="FR", destination="FR")
ON = date(2026, 5, 6)


@pytest.fixture
def trade(stores: MemoryStores, clock: StillClock) -> Trade:
    return Trade(stores, clock)


def signed(**changes: Any) -> str:
    return transfers.sign_certificate(replace(FROM_FRANCE, **changes), FRENCH)


def drafted(trade: Trade, **changes: Any) -> str:
    return transfers.draft_certificate(certificate=replace(CERTIFICATE, **changes), actor=DRAFTER, **trade.with_stores)


def issued(trade: Trade) -> transfers.CertificateFile:
    return transfers.issue_certificate(certificate=drafted(trade), actor=DECIDER, **trade.with_stores)


def checked(token: str, on: date = ON, key: VerifierKey = KEY) -> Certificate:
    return transfers.check_token(token, key, verify_signature, on)


def issue(trade: Trade, licence: str, token: str) -> transfers.Licence:
    return transfers.issue_licence(
        licence=licence, presented=Presented(token, KEY, verify_signature), actor=DRAFTER, **trade.with_stores
    )


def code(refused: pytest.ExceptionInfo[Any]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_poa_ii_12_a_certificate_is_signed_by_another_person_than_its_drafter(trade: Trade) -> None:
    name = drafted(trade)
    with pytest.raises(NotPermitted):
        transfers.issue_certificate(certificate=name, actor=SECOND, **trade.with_stores)
    found = transfers.issue_certificate(certificate=name, actor=DECIDER, **trade.with_stores)
    key = VerifierKey(trade.stores.signer.name, trade.stores.signer.public_key)
    assert checked(found.token, key=key) == found.certificate == replace(CERTIFICATE, number=name)
    assert (found.standing, found.certificate.quantity) == ("issued", 3)


@pytest.mark.parametrize("element", ["goods", "contract", "destination", "end_use", "exporter", "end_user", "office"])
def test_poa_ii_12_it_tells_its_ten_elements(trade: Trade, element: str) -> None:
    with pytest.raises(TransferRefused) as refused:
        drafted(trade, **{element: () if element == "goods" else ""})
    assert [(each.code, each.facts) for each in refused.value.findings] == [
        ("transfers.certificate_incomplete", {"missing": [element]})
    ]


def test_an_office_signs_within_its_days_only(trade: Trade) -> None:
    name = drafted(trade, office_until=date(2026, 5, 5))
    with pytest.raises(TransferRefused) as refused:
        transfers.issue_certificate(certificate=name, actor=DECIDER, **trade.with_stores)
    assert code(refused) == ["transfers.certificate_office"]
    with pytest.raises(CertificateRefused, match="certificate_office"):
        checked(signed(office_until=date(2026, 5, 5)))


@pytest.mark.parametrize("on", [date(2026, 5, 5), date(2026, 12, 1)])
def test_it_is_good_on_its_days_only(on: date) -> None:
    with pytest.raises(CertificateRefused, match="certificate_expired"):
        checked(signed(), on)


def test_a_forged_one_is_found_without_asking_anybody() -> None:
    header, contents, signature = signed().split(".")
    plain = json.loads(base64.urlsafe_b64decode(contents + "=" * (-len(contents) % 4)))
    plain["goods"][0]["quantity"] = 2_000
    more = base64.urlsafe_b64encode(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode())
    with pytest.raises(CertificateRefused, match="certificate_forged"):
        checked(f"{header}.{more.rstrip(b'=').decode()}.{signature}")
    other = SeededSigner("fr.example/record", 4)
    with pytest.raises(CertificateRefused, match="certificate_forged"):
        checked(transfers.sign_certificate(FROM_FRANCE, other))


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "..", "eyJ9.eyJ9.eyJ9", "é.é.é", "[" * 5000])
def test_what_is_no_token_is_said_to_be_none(text: str) -> None:
    with pytest.raises(CertificateRefused, match="certificate_unreadable"):
        transfers.read_token(text)


@given(st.dictionaries(st.sampled_from(sorted(CERTIFICATE.plain())), st.none() | st.integers() | st.text() | st.lists(
    st.dictionaries(st.text(), st.integers()))))  # fmt: skip
def test_contents_of_another_shape_are_refused_and_never_break(contents: dict[str, object]) -> None:
    plain = {**FROM_FRANCE.plain(), **contents}
    parts = [json.dumps(each).encode() for each in ({"alg": "EdDSA", "kid": "k", "typ": "euc+jws"}, plain)]
    text = ".".join(base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in (*parts, b"s"))
    try:
        found = transfers.read_token(text).certificate
    except CertificateRefused:
        return
    assert found.plain() == plain


def test_another_state_s_certificate_is_used_once_and_the_first_use_is_named(trade: Trade) -> None:
    first, second = trade.approved(), trade.approved()
    licence = issue(trade, first, signed())
    kept = transfers.certificate(name=licence.certificate, actor=DECIDER, stores=trade.stores)
    assert (kept.standing, kept.used_for, kept.own, kept.certificate) == ("used", first, False, FROM_FRANCE)
    with pytest.raises(TransferRefused) as refused:
        issue(trade, second, signed())
    told = {"number": "FR-77", "used_for": first, "on": "2026-05-06"}
    assert [(each.code, each.facts) for each in refused.value.findings] == [("transfers.certificate_used", told)]
    assert issue(trade, second, signed(number="FR-78")).standing == "issued"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"destination": "DE"}, "transfers.certificate_elsewhere"),
        ({"goods": (GoodsLine("pistol", 1), GoodsLine("revolver", 1))}, "transfers.certificate_exceeded"),
    ],
)
def test_it_covers_what_the_licence_lets_go(trade: Trade, changes: dict[str, Any], expected: str) -> None:
    licence, size = trade.approved(), trade.stores.records.size()
    with pytest.raises(TransferRefused) as refused:
        issue(trade, licence, signed(**changes))
    assert (code(refused), trade.stores.records.size()) == ([expected], size)


def test_our_own_is_used_once_by_the_exporting_state(trade: Trade) -> None:
    name = issued(trade).name
    used = transfers.use_certificate(
        certificate=name, used_for="FR/2026/9", by_state="FR", actor=DRAFTER, **trade.with_stores
    )
    assert (used.standing, used.used_for) == ("used", "FR/2026/9")
    with pytest.raises(TransferRefused) as refused:
        transfers.use_certificate(
            certificate=name, used_for="FR/2026/10", by_state="FR", actor=DRAFTER, **trade.with_stores
        )
    assert [(each.code, each.facts["used_for"]) for each in refused.value.findings] == [
        ("transfers.certificate_used", "FR/2026/9")
    ]


def test_a_revoked_one_is_used_by_nobody(trade: Trade) -> None:
    name = issued(trade).name
    revoked = transfers.revoke_certificate(certificate=name, reason="A new order", actor=DECIDER, **trade.with_stores)
    assert (revoked.standing, revoked.revoked_because) == ("revoked", "A new order")
    with pytest.raises(TransferRefused, match="dossier_step"):
        transfers.use_certificate(certificate=name, used_for="x", by_state="FR", actor=DRAFTER, **trade.with_stores)


def test_poa_ii_12_a_drafted_certificate_is_revised_and_its_reviser_does_not_sign(trade: Trade) -> None:
    name = transfers.draft_certificate(certificate=CERTIFICATE, actor=DRAFTER, **trade.with_stores)
    written = replace(CERTIFICATE, contract="K-18")
    revised = transfers.revise_certificate(certificate=name, contents=written, actor=SECOND, **trade.with_stores)
    assert (revised.certificate.contract, revised.certificate.number) == ("K-18", name)
    assert [each.contract for each in revised.earlier] == ["K-17"]
    with pytest.raises(NotPermitted):
        transfers.issue_certificate(certificate=name, actor=replace(DECIDER, name="second"), **trade.with_stores)
    transfers.issue_certificate(certificate=name, actor=DECIDER, **trade.with_stores)
    with pytest.raises(TransferRefused) as refused:
        transfers.revise_certificate(certificate=name, contents=CERTIFICATE, actor=DRAFTER, **trade.with_stores)
    assert [each.code for each in refused.value.findings] == ["recordkeeping.dossier_step"]
