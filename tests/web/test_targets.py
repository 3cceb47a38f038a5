"""The board of targets, a target from its setting to its end, plans with their bars, and two of them side by side."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.targets.aims import SALW, WPS
from tests.web.conftest import ClientAs
from tracemark import targets
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.targets import TargetRecord

AUDITOR = Actor("a", "XT-REG", frozenset({Role.AUDITOR.value}))
AIM = {
    "title": "Fewer losses", "commitment": "PoA II.17", "indicator": "losses a year", "window": "year",
    "baseline": "120", "baseline_on": "2021-12-31", "goal": "20", "due": "2035-12-31", "direction": "fall",
    "level": "national", "responsible": "XT-ARMY", "funding": "unfunded", "cost": "9000", "currency": "EUR",
}  # fmt: skip


def record(node: Node, name: str = "TG-2026-000001") -> TargetRecord:
    return targets.target_record(target=name, actor=AUDITOR, stores=node.stores, clock=node.clock)


def set_up(client_as: ClientAs, node: Node, **told: str) -> str:
    """Set a target through its form, and return its name."""
    answer = client_as("point_of_contact").post(reverse("new_target"), {**AIM, **told})
    assert answer.status_code == 302
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def test_a_target_goes_from_its_form_to_its_end(client_as: ClientAs, node: Node) -> None:
    contact, name = client_as("point_of_contact"), set_up(client_as, node)

    def step(slug: str, **told: str) -> int:
        return contact.post(reverse("target_step", args=[name, slug]), told).status_code

    for year, value in ((2022, 119), (2023, 121), (2024, 118), (2025, 120)):
        assert step("observe", value=str(value), on=f"{year}-12-31", source="yearly book") == 302
    page = client_as("auditor").get(reverse("target", args=[name])).content.decode()
    assert "As it goes, it will be" in page
    assert len(re.findall(r"yearly book", page)) == 4
    assert step("met", reason="so it is") == 422
    assert step("revise", **{**AIM, "goal": "119"}, reason="less money") == 302
    assert step("observe", value="110", on="2026-06-30", source="half a year") == 302
    known = record(node, name)
    assert (int(known.target.aim.goal), int(known.target.first.goal)) == (119, 20)
    assert step("closed", reason="a new law") == 302
    assert record(node, name).target.standing == "closed"
    assert step("observe", value="1", on="2025-12-31", source="book") == 422


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("commitment", "PoA II.99", "holds no paragraph PoA II.99"),
        ("baseline", "many", "many is no number"),
        ("due", "soon", "is-invalid"),
        ("direction", "rise", "the other direction"),
        ("responsible", "Mr Smith", "never a person"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client_as: ClientAs, field: str, value: str, said: str) -> None:
    answer = client_as("point_of_contact").post(reverse("new_target"), {**AIM, field: value})
    text = answer.content.decode()
    assert (answer.status_code, f'id="id_{field}_error"' in text or said in text) == (422, True)


def test_a_targets_figure_is_drawn_at_the_head(client_as: ClientAs, node: Node) -> None:
    name = set_up(client_as, node, figure="stock.held", baseline="50", goal="5", baseline_on="2019-12-31")
    contact = client_as("point_of_contact")
    assert contact.post(reverse("target_step", args=[name, "draw"]), {}).status_code == 302
    seen = record(node, name).target.observations
    assert [each.on.year for each in seen] == list(range(2020, node.clock.now().year))
    assert {(len(each.head.split(".")), each.source) for each in seen} == {(2, "")}
    own = set_up(client_as, node)
    assert contact.post(reverse("target_step", args=[own, "draw"]), {}).status_code == 422


def test_the_board_shows_what_needs_somebody_first(client_as: ClientAs, node: Node) -> None:
    reader = client_as("storekeeper")
    assert "No target is set yet" in reader.get(reverse("targets")).content.decode()
    yesterday = (node.clock.now().date() - timedelta(1)).isoformat()
    set_up(client_as, node, title="Later")
    set_up(client_as, node, title="Overdue", due=yesterday)
    page = reader.get(reverse("targets")).content.decode()
    assert re.findall(r">(Later|Overdue)</bdi>", page) == ["Overdue", "Later"]
    assert reverse("new_target") not in page


def plan_of(client_as: ClientAs, text: str) -> str:
    answer = client_as("point_of_contact").post(reverse("new_plan"), {"text": text})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_a_plan_is_pasted_drawn_and_reported_on(client_as: ClientAs, node: Node) -> None:
    contact, address = client_as("point_of_contact"), plan_of(client_as, SALW)
    told = {"activity": "A1", "status": "done", "spent": "500", "on": "2025-12-01", "note": ""}
    assert contact.post(f"{address}report/", {**told, "activity": "A2"}).status_code == 422
    assert contact.post(f"{address}report/", told).status_code == 302
    page = client_as("auditor").get(address, {"year": "2025"}).content.decode()
    chart = re.search(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    assert chart is not None
    assert len(re.findall(r"<rect class=\"(?!hatch)", chart[0])) == 3
    assert "500 <bdi>EUR</bdi>" in page
    assert contact.post(f"{address}close/", {"reason": "over"}).status_code == 302
    assert contact.post(f"{address}report/", told).status_code == 422


def test_a_plan_with_faults_is_not_taken_and_each_is_named(client_as: ClientAs, node: Node) -> None:
    wrong = SALW.replace('depends = ["A1"]', 'depends = ["A2"]').replace("budget = 1000", 'budget = "much"')
    answer = client_as("point_of_contact").post(reverse("new_plan"), {"text": wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ("A2 → A2" in text, "table [[activity]] no. 3, field budget" in text) == (True, True)
    assert targets.plan_list(actor=AUDITOR, stores=node.stores) == []


ROADMAP = (
    SALW.replace('currency = "EUR"', 'currency = "EUR"\nmembers = ["XA", "XB"]')
    + """
[[kpi]]
code = "K1"
goal = "1"
title = "Losses"
[[data]]
kpi = "K1"
year = 2024
values = { XA = 3 }
"""
)


def test_an_indicator_has_a_value_once_all_members_reported(client_as: ClientAs, node: Node) -> None:
    contact, address = client_as("point_of_contact"), plan_of(client_as, ROADMAP)
    assert "missing: <bdi>XB</bdi>" in contact.get(address).content.decode()
    told = {"kpi": "K1", "member": "XB", "year": "2024", "value": "4", "source": "letter"}
    assert contact.post(f"{address}kpi/", {**told, "member": "XZ"}).status_code == 422
    assert contact.post(f"{address}kpi/", told).status_code == 302
    known = targets.plan_list(actor=AUDITOR, stores=node.stores)[0]
    assert [int(each.value or 0) for each in targets.kpi_lines(known)[0].years] == [7]


def test_two_plans_stand_side_by_side(client_as: ClientAs) -> None:
    left, right = (plan_of(client_as, text).rstrip("/").rpartition("/")[2] for text in (SALW, WPS))
    page = client_as("auditor").get(reverse("compare_plans"), {"left": left, "right": right}).content.decode()
    assert re.findall(r'tag bad">([^<]+)</span>', page)[:4] == [
        "Days differ",
        "Owners differ",
        "Budgets differ",
        "Done in one, not in the other",
    ]
    by_itself = client_as("auditor").get(reverse("compare_plans")).content.decode()
    compared = [text.partition("contradict-title")[2].partition("</main>")[0] for text in (page, by_itself)]
    assert compared[0] == compared[1] != ""
    assert client_as("auditor").get(reverse("compare_plans"), {"left": left, "right": "PL-1"}).status_code == 422


def gap_of(node: Node, contact: Client) -> str:
    """Draft a report and return the address part that names its first gap."""
    drafted = contact.post(reverse("new_report"), {"form": "poa", "edition": "2020", "first": "2024", "last": "2025"})
    assert drafted.status_code == 302, drafted.content.decode()
    return f"report={drafted.headers['Location'].rstrip('/').rpartition('/')[2]}&gap=nca.exists"


def test_a_gap_leads_to_a_target_and_an_activity_and_back(client_as: ClientAs, node: Node) -> None:
    contact, address = client_as("point_of_contact"), plan_of(client_as, SALW)
    gap = gap_of(node, contact)
    report = gap[len("report=") : gap.index("&")]
    page = contact.get(reverse("report", args=[report])).content.decode()
    escaped = gap.replace("&", "&amp;")
    assert (f"{reverse('new_target')}?{escaped}" in page, f"{address}activity/?{escaped}" in page) == (True, True)
    form = contact.get(f"{reverse('new_target')}?{gap}").context["form"]
    name = set_up(client_as, node, **{**form.initial, "share": "", "cost": "", "currency": ""})
    form = contact.get(f"{address}activity/?{gap}").context["form"]
    assert contact.post(f"{address}activity/?{gap}", {**form.initial, "reason": "a gap"}).status_code == 302
    page = contact.get(reverse("assessment")).content.decode()
    item = page[page.index('id="gap-nca.exists"') :].partition("</ul>")[0]
    assert (reverse("target", args=[name]) in item, ">A4<" in item) == (True, True)
    back = f"{reverse('assessment')}#gap-nca.exists"
    assert back in contact.get(reverse("target", args=[name])).content.decode()
    assert back in contact.get(address).content.decode()
    assert contact.get(f"{reverse('plans')}?{gap}").content.decode().count("Plan an activity") == 1
    assert "Set a target" not in client_as("auditor").get(reverse("assessment")).content.decode()


def test_an_activity_is_added_revised_and_cancelled_at_its_page(client_as: ClientAs, node: Node) -> None:
    contact, address = client_as("point_of_contact"), plan_of(client_as, SALW)
    told = {
        "title": "Count", "goal": "1", "owner": "XT-ARMY", "start": "2026-01-01", "end": "2026-12-31",
        "commitments": "PoA II.17, SDG 16.4", "depends": "A1", "reason": "new",
    }  # fmt: skip
    assert contact.post(f"{address}activity/", {**told, "end": "2040-01-01"}).status_code == 422
    assert contact.post(f"{address}activity/", told).status_code == 302
    assert contact.post(f"{address}activity/?code=A4", {**told, "depends": "", "budget": "70"}).status_code == 302
    assert contact.get(f"{address}activity/?code=A9").status_code == 404
    assert contact.get(reverse("plan_activity", args=["PL-2026-000099"])).status_code == 404
    assert contact.post(f"{address}cancel/", {"activity": "A4", "note": "no money"}).status_code == 302
    (plan,) = targets.plan_list(actor=AUDITOR, stores=node.stores)
    work = plan.works["A4"]
    assert (work.status, int(work.activity.budget or 0), work.activity.depends, work.told[-1].note) == (
        "dropped",
        70,
        (),
        "no money",
    )


def test_a_plans_year_is_given_as_a_file_in_every_form(client_as: ClientAs) -> None:
    reader, address = client_as("auditor"), plan_of(client_as, ROADMAP)
    begins = {
        kind: reader.get(f"{address}2025.{kind}", {"language": "ar"}).content[:4] for kind in ("pdf", "docx", "xlsx")
    }
    assert begins == {"pdf": b"%PDF", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}
    for other in ("2025.odt", "2025.pdf?language=xx", "0.pdf", "10000.pdf"):
        assert reader.get(f"{address}{other}").status_code == 404


def test_the_score_goes_over_the_submitted_reports(client_as: ClientAs, node: Node) -> None:
    reader = client_as("auditor")
    assert "No report has been submitted yet" in reader.get(reverse("assessment")).content.decode()
    contact, approver = client_as("point_of_contact"), client_as("approver")
    place = reverse("report", args=[gap_of(node, contact)[len("report=") :].partition("&")[0]])
    for client, step in ((approver, "sign_off"), (contact, "submit")):
        assert client.post(place, {"step": step}).status_code == 302
    for language in ("en", "ar"):
        answer = reader.get(reverse("assessment"), headers={"accept-language": language})
        assert answer.status_code == 200
        whole, themes = answer.context["whole"], answer.context["by_theme"]
        assert (whole.axis, [each.name for each in themes.series]) == (("2024–2025",), ["2024–2025"])
        assert len(themes.axis) == len(themes.series[0].values) == 12
