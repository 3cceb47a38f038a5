"""What others say is held, decided on, shown apart, and enters no figure and no report."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.reporting.desk import APPROVER, CONTACT, drafted, said, standing
from tests.reporting.test_publishing import approved
from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.documents import report_json
from tracemark.kernel import canonical_bytes
from tracemark.participation import (
    ContributionDraft,
    ContributionRefused,
    ContributionSort,
    Receipt,
    Shown,
    Voice,
    accept_contribution,
    answer_contribution,
    contribution_by_receipt,
    contribution_named,
    contribution_words,
    contributions,
    erase_contribution,
    receive_contribution,
    refuse_contribution,
    shown_about,
    tally_about,
    withdraw_contribution,
)
from tracemark.recordkeeping import approve_erasure, person_faults
from tracemark.reporting import (
    propose_report_publication,
    public_plain,
    public_report_named,
    publish_report,
    published,
    sign_off_report,
    submit_report,
)
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
OFFICER = officer(Role.REGISTRY_OFFICER)
TODAY = NOW.date()
COMMENT = ContributionDraft(
    ContributionSort.COMMENT, Voice.YOUTH, "Nobody asked us.", named=False, name="Ana", contact="a@b.c", agreed=True
)
SHADOW = ContributionDraft(
    ContributionSort.SHADOW,
    Voice.CIVIL_SOCIETY,
    question="col.seized",
    year="2024",
    value="41.5",
    source="hospital files",
    method="counted by hand",
    named=True,
    name="Ana",
    contact="a@b.c",
    agreed=True,
)


@pytest.fixture
def report(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> str:
    """A report that two people published."""
    name = drafted(stores, clock, tmp_path)
    said(stores, clock, name, "nca.exists", "yes")
    sign_off_report(report=name, actor=APPROVER, stores=stores, clock=clock)
    submit_report(report=name, actor=CONTACT, stores=stores, clock=clock)
    propose_report_publication(report=name, actor=CONTACT, stores=stores, clock=clock)
    publish_report(report=name, actor=APPROVER, stores=stores, clock=clock)
    return name


def received(stores: MemoryStores, clock: StillClock, about: str, draft: ContributionDraft = COMMENT) -> Receipt:
    return receive_contribution(about=about, draft=draft, stores=stores, clock=clock)


def by(stores: MemoryStores, clock: StillClock) -> dict[str, Any]:
    return {"actor": CONTACT, "stores": stores, "clock": clock}


def test_a_comment_is_held_until_somebody_decides_and_then_shown(
    stores: MemoryStores, clock: StillClock, report: str
) -> None:
    receipt = received(stores, clock, report)
    assert receipt.name == "CB-2026-000001"
    assert shown_about(report, stores, TODAY) == []
    assert contribution_by_receipt(f" {receipt.code.lower()} ", stores).standing == "received"
    accept_contribution(name=receipt.name, note="Thank you.", **by(stores, clock))
    answer_contribution(name=receipt.name, note="We ask next year.", **by(stores, clock))
    [found] = shown_about(report, stores, TODAY)
    assert found.words is not None
    assert (found.words.plain(), found.contribution.answers) == (
        {"text": "Nobody asked us."}, ("Thank you.", "We ask next year."),
    )  # fmt: skip
    assert contribution_by_receipt(receipt.code, stores).answers == found.contribution.answers


def test_the_record_holds_neither_words_nor_names_nor_the_code(
    stores: MemoryStores, clock: StillClock, report: str
) -> None:
    receipt = received(stores, clock, report, SHADOW)
    events = b"".join(canonical_bytes(each.event.details) for each in stores.dossiers.events(receipt.name))
    told = [b"hospital", b"counted by hand", b"Ana", b"a@b.c", b"41.5", receipt.code.encode()]
    assert [each for each in told if each in events] == []
    assert list(person_faults(stores)) == []
    words = contribution_words(name=receipt.name, purpose="moderation", **by(stores, clock))
    assert words is not None
    assert (words.name, words.contact, words.value) == ("Ana", "a@b.c", Decimal("41.5"))
    [read] = stores.reads.newest(5)
    assert (read["actor"], read["purpose"]) == (CONTACT.name, "moderation")


def test_a_refusal_says_why_stays_countable_and_can_be_put_right(
    stores: MemoryStores, clock: StillClock, report: str
) -> None:
    receipt, other = received(stores, clock, report), received(stores, clock, report)
    with pytest.raises(ContributionRefused) as error:
        refuse_contribution(name=receipt.name, reason=" ", **by(stores, clock))
    assert error.value.findings[0].code == "participation.reason_missing"
    refuse_contribution(name=receipt.name, reason="names a person", **by(stores, clock))
    assert contribution_by_receipt(receipt.code, stores).reason == "names a person"
    assert tally_about(report, stores).by_standing == {"refused": 1, "received": 1}
    assert [each.name for each in contributions(actor=CONTACT, stores=stores)] == [other.name, receipt.name]
    accept_contribution(name=receipt.name, **by(stores, clock))
    with pytest.raises(ContributionRefused):
        accept_contribution(name=receipt.name, **by(stores, clock))
    assert tally_about(report, stores).total == 2


def test_whoever_holds_the_receipt_takes_it_back(stores: MemoryStores, clock: StillClock, report: str) -> None:
    receipt = received(stores, clock, report)
    accept_contribution(name=receipt.name, **by(stores, clock))
    for wrong in ("", receipt.name, f"{receipt.name}-AAAA-AAAA-AAAA-AAAA", "CB-2026-000009-AAAA-AAAA-AAAA-AAAA"):
        with pytest.raises(KeyError):
            withdraw_contribution(code=wrong, stores=stores, clock=clock)
    assert withdraw_contribution(code=receipt.code, stores=stores, clock=clock).standing == "withdrawn"
    assert shown_about(report, stores, TODAY) == []
    with pytest.raises(ContributionRefused):
        accept_contribution(name=receipt.name, **by(stores, clock))


def test_words_are_erased_by_two_and_the_record_verifies(stores: MemoryStores, clock: StillClock, report: str) -> None:
    receipt = received(stores, clock, report, SHADOW)
    accept_contribution(name=receipt.name, **by(stores, clock))
    asked = {"name": receipt.name, "legal_basis": "at their request", "stores": stores, "clock": clock}
    with pytest.raises(NotPermitted):
        erase_contribution(actor=CONTACT, **asked)  # type: ignore[arg-type]
    proposal = erase_contribution(actor=OFFICER, **asked)  # type: ignore[arg-type]
    approve_erasure(proposal=proposal.id, actor=APPROVER, stores=stores, clock=clock)
    assert [each.words for each in shown_about(report, stores, TODAY)] == [None]
    assert list(person_faults(stores)) == []
    assert contribution_words(name=receipt.name, purpose="moderation", **by(stores, clock)) is None


def test_only_those_who_may_read_and_decide(stores: MemoryStores, clock: StillClock, report: str) -> None:
    receipt = received(stores, clock, report)
    with pytest.raises(NotPermitted):
        contribution_named(name=receipt.name, actor=APPROVER, stores=stores)
    with pytest.raises(NotPermitted):
        accept_contribution(name=receipt.name, actor=OFFICER, stores=stores, clock=clock)


def test_nothing_is_said_of_what_is_not_public(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    name = drafted(stores, clock, tmp_path)
    for about in (name, "PF-2026-000001", "CB-2026-000001"):
        with pytest.raises(KeyError):
            received(stores, clock, about)


def test_a_number_of_others_stands_beside_the_official_one(
    stores: MemoryStores, clock: StillClock, report: str
) -> None:
    figure = approved(stores, clock)
    told = {report: SHADOW, figure: ContributionDraft(
        ContributionSort.SHADOW, Voice.RESEARCH, question="weapons.marked", year="2024", value="31", source="visit",
        method="counted", agreed=True,
    )}  # fmt: skip
    for about, draft in told.items():
        accept_contribution(name=received(stores, clock, about, draft).name, **by(stores, clock))

    def beside(shown: list[Shown]) -> list[tuple[object, object]]:
        return [(each.words.value if each.words else None, each.official) for each in shown]

    assert beside(shown_about(report, stores, TODAY)) == [(Decimal("41.5"), None)]
    assert beside(shown_about(figure, stores, TODAY)) == [(Decimal(31), 32)]


def everything_official(stores: MemoryStores, report: str) -> tuple[object, ...]:
    """The report as it is kept and as it is public, and each published table."""
    kept, shown = standing(stores, report), public_report_named(report, stores, TODAY)
    files = [report_json(each, each.in_edition()) for each in (kept, shown)]
    return files, kept.sum(), kept.frozen, [public_plain(each) for each in published(stores)]


def test_no_report_and_no_published_table_changes_whatever_others_say(
    stores: MemoryStores, clock: StillClock, report: str
) -> None:
    approved(stores, clock)
    before = everything_official(stores, report)
    for draft in (COMMENT, SHADOW):
        accept_contribution(name=received(stores, clock, report, draft).name, note="Yes.", **by(stores, clock))
    refuse_contribution(name=received(stores, clock, report, SHADOW).name, reason="no", **by(stores, clock))
    assert len(shown_about(report, stores, TODAY)) == 2
    assert everything_official(stores, report) == before
