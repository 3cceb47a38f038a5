"""A licence is drafted, assessed, advised on, decided by other eyes, issued and closed: all of it sealed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rooms import StillClock, officer
from tests.transfers.trade import APPLICATION, ASSESSMENT, DECIDER, DRAFTER, ON, SECOND, Trade
from tracemark import transfers
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Actor
from tracemark.recordkeeping import DossierFilter
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import (
    Answer,
    Assessment,
    Authorises,
    Denied,
    Embargo,
    GoodsLine,
    Party,
    PartyRole,
    Reply,
    Risk,
    TransferRefused,
)

BROKER = Party(PartyRole.BROKER, "A broker")
MET = (Party(PartyRole.SUPPLIER, "A seller"), Party(PartyRole.END_USER, "A ministry"))


@pytest.fixture
def trade(stores: MemoryStores, clock: StillClock) -> Trade:
    return Trade(stores, clock)


def codes(refused: pytest.ExceptionInfo[TransferRefused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def read(trade: Trade, name: str, actor: Actor = DECIDER) -> transfers.Licence:
    return transfers.licence(name=name, actor=actor, stores=trade.stores)


def answered(code: str, reply: Reply, reason: str = "Reports of a panel", mitigation: str = "") -> Assessment:
    others = tuple(each for each in ASSESSMENT.answers if each.question != code)
    return replace(ASSESSMENT, answers=(*others, Answer(code, reply, reason, mitigation)))


def test_poa_ii_11_a_licence_goes_from_draft_to_issue_in_sealed_steps(trade: Trade) -> None:
    name = trade.issued()
    licence = read(trade, name)
    assert (name, licence.standing, licence.waiver) == ("EL-2026-000001", "issued", "Embassy note 7")
    assert [(each.kind.value, each.by) for each in licence.steps] == [
        ("licence_drafted", "licensing"),
        ("licence_assessed", "licensing"),
        ("licence_advised", "second"),
        ("licence_approved", "decider"),
        ("licence_issued", "licensing"),
    ]
    assert [licence.left(1), licence.left(2)] == [2, 1]
    assert trade.stores.dossiers.differing() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"goods": ()}, "transfers.goods_unnamed"),
        ({"goods": (GoodsLine("pistol", 0),)}, "transfers.goods_unnamed"),
        ({"goods": (GoodsLine("death_ray", 1),)}, "transfers.goods_unknown"),
        ({"goods": (GoodsLine("pistol", 1, heading="8703"),)}, "transfers.goods_unknown"),
        ({"parties": ()}, "transfers.end_user_unnamed"),
        ({"valid_until": date(2025, 1, 1)}, "transfers.validity_reversed"),
        ({"route": ("Le Havre",)}, "transfers.place_unknown"),
        ({"to_state": "QQ"}, "transfers.state_unknown"),
        ({"authorises": Authorises.BROKERING, "parties": MET}, "transfers.broker_unnamed"),
        ({"authorises": Authorises.BROKERING, "parties": (BROKER, MET[1])}, "transfers.arranged_unnamed"),
        ({"authorises": Authorises.TRANSIT}, "transfers.crossing_unnamed"),
        ({"authorises": Authorises.TRANSIT, "route": ("FRLEH", "DEHAM", "XTAMB")}, "transfers.crossing_unnamed"),
        ({"authorises": Authorises.RETRANSFER}, "transfers.origin_unnamed"),
        ({"applicant": "John Smith"}, "transfers.holder_unknown"),
    ],
)
def test_poa_ii_11_an_application_says_what_it_must(trade: Trade, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(TransferRefused) as refused:
        trade.drafted(**changes)
    assert (codes(refused), trade.stores.records.size()) == ([code], 0)


def test_att_7_1_nothing_is_advised_before_it_was_assessed(trade: Trade) -> None:
    name = trade.drafted()
    with pytest.raises(TransferRefused) as refused:
        transfers.advise_licence(licence=name, grant=True, reason="Yes", actor=SECOND, **trade.with_stores)
    assert codes(refused) == ["transfers.questions_open"]


@pytest.mark.parametrize(
    ("assessment", "code"),
    [
        (replace(ASSESSMENT, answers=ASSESSMENT.answers[1:]), "transfers.questions_open"),
        (answered("gender_based_violence", Reply.UNKNOWN, ""), "transfers.reasons_missing"),
        (replace(ASSESSMENT, risk=Risk.MITIGATED), "transfers.mitigation_missing"),
        (replace(ASSESSMENT, reason=" "), "transfers.text_missing"),
        (answered("weather", Reply.NO), "transfers.question_unknown"),
    ],
)
def test_att_7_an_assessment_answers_with_reasons(trade: Trade, assessment: Assessment, code: str) -> None:
    name = trade.drafted()
    with pytest.raises(TransferRefused) as refused:
        transfers.assess_licence(licence=name, assessment=assessment, actor=DRAFTER, **trade.with_stores)
    assert codes(refused) == [code]


@pytest.mark.parametrize("name", ["licensing", "second", " LICENSING "])
def test_the_decider_is_neither_drafter_nor_adviser(trade: Trade, name: str) -> None:
    licence = trade.advised()
    with pytest.raises(NotPermitted, match="same_person"):
        transfers.approve_licence(
            licence=licence, reason="Mine", actor=officer(Role.APPROVER, name), **trade.with_stores
        )
    with pytest.raises(NotPermitted, match="same_person"):
        transfers.refuse_licence(
            licence=licence, reason="Mine", actor=officer(Role.APPROVER, name), **trade.with_stores
        )
    assert read(trade, licence).standing == "advised"


@pytest.mark.parametrize(
    "assessment", [answered("atrocity_crimes", Reply.YES), replace(ASSESSMENT, risk=Risk.OVERRIDING)]
)
def test_att_7_3_a_bar_or_an_overriding_risk_is_refused_or_explained(trade: Trade, assessment: Assessment) -> None:
    licence = trade.advised(assessment)
    with pytest.raises(TransferRefused) as refused:
        transfers.approve_licence(licence=licence, reason="Granted", actor=DECIDER, **trade.with_stores)
    assert codes(refused) == ["transfers.barred"]
    granted = transfers.approve_licence(
        licence=licence, reason="Granted", override="The panel withdrew it", actor=DECIDER, **trade.with_stores
    )
    assert granted.decision is not None
    assert granted.decision.override == "The panel withdrew it"


def test_a_refusal_keeps_its_reason(trade: Trade) -> None:
    licence = trade.advised()
    refused = transfers.refuse_licence(licence=licence, reason="Storage", actor=DECIDER, **trade.with_stores)
    assert refused.decision is not None
    assert (refused.standing, refused.decision.granted, refused.decision.reason) == ("refused", False, "Storage")
    with pytest.raises(TransferRefused, match="dossier_step"):
        transfers.issue_licence(licence=licence, waiver="w", actor=DRAFTER, **trade.with_stores)


def test_att_6_1_what_goes_to_an_embargoed_destination_names_its_exemption(trade: Trade) -> None:
    licence = trade.advised(to_state="LY")
    assert read(trade, licence).advice is not None
    assert read(trade, licence).advice.embargoes == ("libya_2011",)  # type: ignore[union-attr]
    with pytest.raises(TransferRefused) as refused:
        transfers.approve_licence(licence=licence, reason="Granted", actor=DECIDER, **trade.with_stores)
    assert [(each.code, each.facts["embargoes"]) for each in refused.value.findings] == [
        ("transfers.embargoed", ["libya_2011"])
    ]
    granted = transfers.approve_licence(
        licence=licence, reason="Granted", exemption="Committee note 12", actor=DECIDER, **trade.with_stores
    )
    assert granted.standing == "approved"


def test_poa_ii_15_a_state_declares_and_lifts_embargoes_of_its_own(trade: Trade) -> None:
    own = Embargo("", "FR", date(2026, 1, 1), None, "Cabinet 7/2026")
    name = transfers.declare_embargo(embargo=own, actor=DRAFTER, **trade.with_stores)
    licence = trade.advised()
    with pytest.raises(TransferRefused, match="embargoed"):
        transfers.approve_licence(licence=licence, reason="Granted", actor=DECIDER, **trade.with_stores)
    transfers.lift_embargo(
        embargo=name, until=date(2026, 5, 5), reason="Cabinet 9/2026", actor=DRAFTER, **trade.with_stores
    )
    assert transfers.own_embargoes(trade.stores) == [replace(own, code=name, until=date(2026, 5, 5))]
    approved = transfers.approve_licence(licence=licence, reason="Granted", actor=DECIDER, **trade.with_stores)
    assert approved.standing == "approved"
    with pytest.raises(TransferRefused, match="dossier_step"):
        transfers.lift_embargo(embargo=name, until=date(2026, 5, 5), reason="x", actor=DRAFTER, **trade.with_stores)


def test_a_party_that_looks_like_a_listed_one_is_told_with_the_reason(trade: Trade) -> None:
    denied = Denied("", "Goluboe More", ("Голубое Море", "Blue Sea Line"), "RU", "Diverted two cargoes")
    party = transfers.list_party(denied=denied, source="Panel 3", actor=DECIDER, **trade.with_stores)
    licence = trade.advised()
    advice = read(trade, licence).advice
    assert advice is not None
    assert advice.hits == ({"name": "Blue Sea Lines", "party": party, "matched": "Blue Sea Line", "why": "near"},)
    with pytest.raises(TransferRefused) as refused:
        transfers.approve_licence(licence=licence, reason="Granted", actor=DECIDER, **trade.with_stores)
    assert codes(refused) == ["transfers.hits_unexplained"]
    transfers.delist_party(party=party, reason="Merged", actor=DECIDER, **trade.with_stores)
    assert transfers.denied_parties(trade.stores) == []


def test_poa_ii_12_what_goes_abroad_rests_on_a_certificate_or_a_reason(trade: Trade) -> None:
    licence = trade.approved()
    with pytest.raises(TransferRefused) as refused:
        transfers.issue_licence(licence=licence, actor=DRAFTER, **trade.with_stores)
    assert codes(refused) == ["transfers.certificate_missing"]


def test_an_import_needs_only_the_bars_and_no_certificate(trade: Trade) -> None:
    bars = tuple(each for each in ASSESSMENT.answers if each.question in transfers.asked(Authorises.IMPORT))
    licence = trade.approved(
        assessment=replace(ASSESSMENT, answers=bars), authorises=Authorises.IMPORT, from_state="FR", to_state="XT",
        parties=(),
    )  # fmt: skip
    assert len(bars) == 3
    issued = transfers.issue_licence(licence=licence, actor=DRAFTER, **trade.with_stores)
    assert (issued.standing, issued.certificate, issued.waiver) == ("issued", "", "")


def test_a_licence_that_nobody_decided_by_its_day_is_late(trade: Trade) -> None:
    application = read(trade, trade.drafted()).application
    name = transfers.draft_licence(application=application, due="2026-05-05", actor=DRAFTER, **trade.with_stores)
    licence = read(trade, name)
    assert [licence.late(date(2026, 5, day)) for day in (5, 6)] == [False, True]
    page = transfers.file_page(
        kind="licence", wanted=DossierFilter(due_before="2026-05-06"), actor=DECIDER, stores=trade.stores
    )
    assert [each.name for each in page.items] == [name]
    closed = transfers.close_licence(licence=name, reason="Withdrawn", actor=DRAFTER, **trade.with_stores)
    assert not closed.late(date(2026, 5, 6))


def test_att_7_7_a_licence_is_taken_back_or_closed(trade: Trade) -> None:
    first, second = trade.issued(), trade.issued()
    revoked = transfers.revoke_licence(licence=first, reason="A coup", actor=DECIDER, **trade.with_stores)
    closed = transfers.close_licence(licence=second, reason="Used up", actor=DRAFTER, **trade.with_stores)
    assert (revoked.standing, closed.standing) == ("revoked", "closed")
    page = transfers.file_page(
        kind="licence", wanted=DossierFilter(frozenset({"closed"})), actor=DECIDER, stores=trade.stores
    )
    assert ([each.name for each in page.items], page.before) == ([second], None)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.REGISTRY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_writes_nothing(trade: Trade, role: Role) -> None:
    name = trade.drafted()
    size = trade.stores.records.size()
    other = officer(role)
    for refused in (
        lambda: transfers.draft_licence(application=read(trade, name).application, actor=other, **trade.with_stores),
        lambda: transfers.assess_licence(licence=name, assessment=ASSESSMENT, actor=other, **trade.with_stores),
        lambda: transfers.advise_licence(licence=name, grant=True, reason="x", actor=other, **trade.with_stores),
        lambda: transfers.approve_licence(licence=name, reason="x", actor=other, **trade.with_stores),
        lambda: transfers.close_licence(licence=name, reason="x", actor=other, **trade.with_stores),
        lambda: transfers.list_party(denied=Denied("", "A", reason="B"), actor=other, **trade.with_stores),
    ):
        with pytest.raises(NotPermitted):
            refused()
    assert trade.stores.records.size() == size


def test_another_agency_s_officer_does_not_see_the_licence(trade: Trade) -> None:
    name = trade.drafted()
    dealer = officer(Role.LICENSING_OFFICER, "dealer", "XT-DEALER")
    with pytest.raises(NotPermitted):
        read(trade, name, dealer)
    with pytest.raises(NotPermitted):
        transfers.close_licence(licence=name, reason="x", actor=dealer, **trade.with_stores)
    assert transfers.file_page(kind="licence", actor=dealer, stores=trade.stores).items == ()


def test_a_dossier_of_another_kind_is_no_licence(trade: Trade) -> None:
    party = transfers.list_party(denied=Denied("", "Amber", reason="x"), actor=DECIDER, **trade.with_stores)
    with pytest.raises(KeyError):
        read(trade, party)
    with pytest.raises(KeyError):
        transfers.close_licence(licence=party, reason="x", actor=DRAFTER, **trade.with_stores)


def test_what_is_left_open_reads_back_as_nothing(trade: Trade) -> None:
    application = read(trade, trade.drafted(end_use="", route=())).application
    assert (application.end_use, application.route) == ("", ())


def test_parties_are_told_by_role(trade: Trade) -> None:
    application = read(trade, trade.drafted()).application
    assert application.named(PartyRole.END_USER) == [Party(PartyRole.END_USER, "Ministry of the Interior", "FR")]
    assert application.quantity == 3


def test_poa_ii_11_a_draft_is_revised_until_somebody_advises(trade: Trade) -> None:
    name = trade.drafted()
    transfers.assess_licence(licence=name, assessment=ASSESSMENT, actor=DRAFTER, **trade.with_stores)
    written = replace(APPLICATION, end_use="Training")
    revised = transfers.revise_licence(
        licence=name, application=written, due="2026-06-01", actor=SECOND, **trade.with_stores
    )
    assert (revised.application, revised.earlier, revised.due) == (written, (APPLICATION,), "2026-06-01")
    assert (revised.standing, revised.assessment, revised.revised_by) == ("drafted", None, ("second",))
    transfers.assess_licence(licence=name, assessment=ASSESSMENT, actor=DRAFTER, **trade.with_stores)
    transfers.advise_licence(licence=name, grant=True, reason="In order", actor=DRAFTER, **trade.with_stores)
    with pytest.raises(NotPermitted):
        transfers.approve_licence(licence=name, reason="Granted", actor=officer_as("second"), **trade.with_stores)
    with pytest.raises(TransferRefused) as refused:
        transfers.revise_licence(licence=name, application=APPLICATION, actor=DRAFTER, **trade.with_stores)
    assert codes(refused) == ["recordkeeping.dossier_step"]


def officer_as(name: str) -> Actor:
    """An approver who bears the name of another's account."""
    return Actor(name, "XT-REG", frozenset({Role.APPROVER.value}))


RETRANSFER: dict[str, Any] = {"authorises": Authorises.RETRANSFER, "origin_state": "DE"}


def issued_or(trade: Trade, name: str) -> list[str]:
    """Issue a licence, and return why that was refused; nothing where it was not."""
    try:
        transfers.issue_licence(licence=name, waiver="Embassy note 7", actor=DRAFTER, **trade.with_stores)
    except TransferRefused as refused:
        return [each.code for each in refused.findings]
    return []


def test_poa_ii_13_who_exported_first_is_notified_before_goods_are_passed_on(trade: Trade) -> None:
    name = trade.approved(**RETRANSFER)
    assert issued_or(trade, name) == ["transfers.origin_not_notified"]
    notified = transfers.notify_origin(licence=name, number="N-1", due="2026-05-01", actor=DRAFTER, **trade.with_stores)
    assert notified.notified == transfers.Notified("DE", "2026-05-06", "2026-05-01", "N-1")
    assert notified.late(date(2026, 5, 6))
    assert issued_or(trade, name) == []


@pytest.mark.parametrize(
    ("decide", "answer", "late", "due"),
    [
        ("2026-05-05", "2026-06-01", True, "2026-05-05"),
        ("2026-06-01", "2026-05-05", True, "2026-05-05"),
        ("2026-06-01", "2026-05-06", False, "2026-05-06"),
        ("", "2026-05-05", True, "2026-05-05"),
    ],
)
def test_the_day_to_decide_and_the_day_to_answer_both_count(
    trade: Trade, decide: str, answer: str, late: bool, due: str
) -> None:
    application = replace(APPLICATION, **RETRANSFER)
    name = transfers.draft_licence(application=application, due=decide, actor=DRAFTER, **trade.with_stores)
    transfers.notify_origin(licence=name, due=answer, actor=DRAFTER, **trade.with_stores)
    assert overdue(trade) == [name] * late
    assert [each.due for each in transfers.file_page(kind="licence", actor=DECIDER, stores=trade.stores)] == [due]
    transfers.record_consent(licence=name, consents=True, number="A-9", actor=DRAFTER, **trade.with_stores)
    assert overdue(trade) == [name] * ("" < decide < "2026-05-06")


def test_what_is_late_fills_its_pages_past_what_is_not(trade: Trade) -> None:
    names = [
        transfers.draft_licence(application=APPLICATION, due=f"2026-05-0{day}", actor=DRAFTER, **trade.with_stores)
        for day in (4, 7, 5, 8, 9, 3)
    ]
    wanted = DossierFilter(due_before="2026-05-06", limit=2)
    first = transfers.licence_list(wanted=wanted, actor=DECIDER, stores=trade.stores)
    assert [each.name for each in first] == [names[5], names[2]]
    rest = transfers.licence_list(wanted=replace(wanted, before=first.before), actor=DECIDER, stores=trade.stores)
    assert ([each.name for each in rest], rest.before) == ([names[0]], None)


def overdue(trade: Trade) -> list[str]:
    wanted = DossierFilter(due_before="2026-05-06")
    found = transfers.licence_list(wanted=wanted, actor=DECIDER, stores=trade.stores)
    return [each.name for each in found]


@pytest.mark.parametrize(("consents", "needed", "codes"), [
    (None, True, ["transfers.consent_missing"]),
    (True, True, []),
    (False, True, ["transfers.consent_missing"]),
    (False, False, ["transfers.consent_missing"]),
])  # fmt: skip
def test_poa_ii_13_consent_that_is_needed_or_refused_decides(
    trade: Trade,
    consents: bool | None,
    needed: bool,
    codes: list[str],
) -> None:
    name = trade.approved(**RETRANSFER, needs_consent=needed)
    transfers.notify_origin(licence=name, actor=DRAFTER, **trade.with_stores)
    if consents is not None:
        transfers.record_consent(licence=name, consents=consents, number="A-9", actor=DRAFTER, **trade.with_stores)
    assert issued_or(trade, name) == codes


def test_poa_ii_13_only_what_is_passed_on_is_notified_and_only_what_was_notified_is_answered(trade: Trade) -> None:
    with pytest.raises(TransferRefused) as refused:
        transfers.notify_origin(licence=trade.drafted(), actor=DRAFTER, **trade.with_stores)
    assert codes(refused) == ["transfers.nothing_passed_on"]
    name = trade.drafted(**RETRANSFER)
    with pytest.raises(TransferRefused) as refused:
        transfers.record_consent(licence=name, consents=True, number="A-9", actor=DRAFTER, **trade.with_stores)
    assert codes(refused) == ["transfers.origin_not_notified"]


def test_poa_ii_14_goods_of_others_are_neither_ours_to_pack_nor_to_receive(trade: Trade) -> None:
    (ours,) = trade.weapons(1)
    parties = tuple(Party(role, "organisation") for role in (PartyRole.BROKER, PartyRole.SUPPLIER, PartyRole.CONSIGNEE))
    licence = trade.issued(authorises=Authorises.BROKERING, parties=parties)
    consignment = trade.opened(licence)
    with pytest.raises(TransferRefused) as refused:
        transfers.pack_consignment(consignment=consignment, items=[ours], actor=DRAFTER, **trade.with_stores)
    assert codes(refused) == ["transfers.goods_of_others"]
    theirs = [transfers.Item(serial="ZZ 1", line=1)]
    transfers.pack_consignment(consignment=consignment, items=theirs, actor=DRAFTER, **trade.with_stores)
    transfers.ship_consignment(consignment=consignment, on=ON, actor=DRAFTER, **trade.with_stores)
    with pytest.raises(TransferRefused) as refused:
        transfers.receive_consignment(consignment=consignment, items=theirs, on=ON, actor=DRAFTER, **trade.with_stores)
    assert codes(refused) == ["transfers.receipt_elsewhere"]
