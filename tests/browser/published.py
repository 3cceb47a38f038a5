"""A report and a figure that are public, and what others say of them, for the pages of the public site and its desk."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.practices.test_practices import content
from tracemark import assistance, participation, practices, reporting, targets
from tracemark.assistance import CampaignDraft, CampaignKind, CampaignReturn, Machine, Supply
from tracemark.authorities import Role
from tracemark.kernel import Actor, cite
from tracemark.node import Node, drawing, return_and_count
from tracemark.participation import ContributionDraft, ContributionSort, Voice
from tracemark.reporting import Answer, Period
from tracemark.targets import Aim, Direction, Observation

CONTACT = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
APPROVER = Actor("approver", "XT-REG", frozenset({Role.APPROVER.value}))
COMMENT = ContributionDraft(
    ContributionSort.COMMENT, Voice.SURVIVOR, "Nobody asked us.\nWe would have said more.", agreed=True
)


def publish(node: Node, report: str) -> None:
    """Publish a submitted report and a figure, and let others say something of both."""
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    reporting.propose_report_publication(report=report, actor=CONTACT, **by)
    reporting.publish_report(report=report, actor=APPROVER, **by)
    with drawing(node, Period.parse("2015", "2025"), CONTACT) as opened:
        drawn = opened.draw("weapons.registered", ("year",))
    figure = reporting.propose_publication(drawn=drawn, actor=CONTACT, **by)
    reporting.approve_publication(name=figure, actor=APPROVER, **by)
    said = [
        (report, COMMENT),
        (report, _shadow("col.seized", "2022")),
        (figure, _shadow("weapons.registered", "2020")),
    ]
    for about, draft in said:
        name = participation.receive_contribution(about=about, draft=draft, **by).name
        participation.accept_contribution(name=name, note="Thank you; we shall look into it.", actor=CONTACT, **by)
    unwelcome = participation.receive_contribution(about=report, draft=COMMENT, **by).name
    participation.refuse_contribution(name=unwelcome, reason="It was sent twice.", actor=CONTACT, **by)
    participation.receive_contribution(about=report, draft=_shadow("col.seized", "2023"), **by)


def consult(node: Node) -> None:
    """Hold a consultation with an invitation, a hearing and a submission, and open the tip channel."""
    by: dict[str, Any] = {"actor": CONTACT, "stores": node.stores, "clock": node.clock}
    today = node.clock.now().date()
    draft = participation.ConsultationDraft(
        "What the next plan must change", "What does care for survivors lack?\nWho must be at the table?", today,
        today + timedelta(days=30), "PL-2027", (Voice.SURVIVOR, Voice.YOUTH),
    )  # fmt: skip
    name = participation.open_consultation(draft=draft, **by).name
    participation.invite(consultation=name, voice=Voice.SURVIVOR, body="Survivors of Taravia", **by)
    participation.record_hearing(consultation=name, on=today, place="Dunholm", summary="Care comes first.", **by)
    speaker = participation.Speaker(Voice.SURVIVOR, "Survivors of Taravia", "Nobody asked us before.")
    participation.record_speaker(consultation=name, hearing=1, speaker=speaker, **by)
    told = participation.receive_contribution(about=name, draft=COMMENT, stores=node.stores, clock=node.clock)
    participation.accept_contribution(name=told.name, **by)
    answer = participation.FollowUp(told.name, participation.Done.PARTLY, "activity 4", "There is money for two towns.")
    participation.follow_up(consultation=name, answer=answer, **by)
    node.tips.draw_key(Path(mkdtemp()) / "desk.key", CONTACT)


def campaign(node: Node) -> None:
    """Start a campaign whose first return says more than the record shows, and uses much."""
    by: dict[str, Any] = {"actor": CONTACT, "stores": node.stores, "clock": node.clock}
    draft = CampaignDraft(
        CampaignKind.DESTRUCTION, "Old rifles", ("XT-ARMY",), 400, date(2026, 1, 1), date(2026, 2, 28), "XT-ARMY",
        cite("PoA II.19"), machines=(Machine("press", 12),), supplies=(Supply("diesel", "litre", Decimal(100)),),
        cost=Decimal(5000), currency="EUR",
    )  # fmt: skip
    name = assistance.plan_campaign(draft=draft, **by).name
    assistance.start_campaign(campaign=name, on=draft.first, **by)
    told = CampaignReturn(draft.first, date(2026, 1, 31), 60, 20, Decimal(900), {"diesel": Decimal(80)})
    return_and_count(node, name, told, CONTACT)


def aim_at(node: Node) -> None:
    """Set a target that is far from its goal, so that the dashboard has one to show."""
    aim = Aim(
        "Fewer losses", cite("PoA II.17"), Decimal(120), date(2021, 12, 31), Decimal(20), date(2035, 12, 31),
        Direction.FALL, "XT-ARMY", indicator="losses a year",
    )  # fmt: skip
    by: dict[str, Any] = {"actor": CONTACT, "stores": node.stores, "clock": node.clock}
    name = targets.set_target(aim=aim, **by)
    seen = Observation(date(2025, 12, 31), Decimal(90), "yearly book")
    targets.observe_target(target=name, observations=[seen], **by)


def practise(node: Node) -> None:
    """Publish a practice, and begin its next version."""
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    name = practices.draft_practice(content=content(), actor=CONTACT, **by)
    practices.review_practice(name=name, actor=APPROVER, **by)
    practices.publish_practice(name=name, actor=CONTACT, **by)
    practices.note_experience(name=name, note="It went well.", actor=CONTACT, **by)
    second = content(laser="marker")
    practices.revise_practice(name=name, content=second, reason="no laser", actor=CONTACT, **by)


def withhold(report: str, node: Node) -> None:
    """Answer a question of an open report so that it is not for publication."""
    given = Answer("npc.exists", "no", note="not agreed yet", withheld=True)
    reporting.answer_question(report=report, answer=given, actor=CONTACT, stores=node.stores, clock=node.clock)


def _shadow(question: str, year: str) -> ContributionDraft:
    return ContributionDraft(
        ContributionSort.SHADOW, Voice.CIVIL_SOCIETY, question=question, year=year, value="41",
        source="hospital files of two provinces", method="counted by hand, twice", named=True, name="Watch Taravia",
        contact="desk@example.org", agreed=True,
    )  # fmt: skip
