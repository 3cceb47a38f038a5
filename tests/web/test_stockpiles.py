"""A storekeeper's desk: sites, blind counts, investigations, surplus, destructions and ammunition."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.web.conftest import ClientAs, open_account
from tests.web.sample import Sample, StillClock
from tests.web.stockpile_work import RACK, Work, keep_stock
from tracemark import stockpiles
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.recordkeeping import EventKind, Status
from tracemark.stockpiles import SiteTold
from tracemark.web.lists import PAGE


@pytest.fixture
def work(node: Node) -> Work:
    return keep_stock(node, "XT-ARMY")


def counter_of(
    client_as: ClientAs, name: str = "counter", authority: str = "XT-ARMY", role: str = "storekeeper"
) -> Client:
    open_account(name, [role], authority)
    return client_as(name)


def html(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_site_is_listed_filled_counted_and_a_theft_found(client_as: ClientAs, node: Node, sample: Sample) -> None:
    keeper, counter = client_as("storekeeper"), counter_of(client_as)
    told = {"place": "Amberly", "function": "store", "keeper": "storekeeper", "racks": "A\nB", "every_days": "30",
            "risk_locks": "no"}  # fmt: skip
    assert keeper.post(reverse("new_site"), told).status_code == 302
    site = stockpiles.site_list(actor=_auditor(), stores=node.stores).items[0]
    assert (site.authority, site.racks, site.answers) == ("XT-ARMY", ("A", "B"), {"locks": "no"})
    put = {"step": "put", "put-rack": "A", "put-lines": f"W-{sample.rifle}\nРГ-118-204"}
    keeper.post(reverse("site", args=[site.name]), put)
    opened = keeper.post(reverse("site", args=[site.name]), {"step": "count", "count-reason": "yearly"})
    count = opened.headers["Location"]
    assert "W-" + str(sample.rifle) not in counter.get(count).content.decode()
    counter.post(count, {"step": "enter", "where": "site", "on": "screen", "lines": f"W-{sample.rifle}\nXX-1"})
    counter.post(count, {"step": "close"})
    closed = counter.get(count).content.decode()
    assert re.findall(r'tile-number">(\d+)', closed) == ["1", "1", "0", "1"]
    assert f'href="{reverse("weapon", args=[sample.launcher])}"' in closed
    assert reverse("investigation", args=["IV-2026-000001"]) in closed
    assert node.stores.records.of_weapon(sample.rifle)[-1].event.kind is EventKind.COUNTED


def test_the_custodian_is_told_why_he_does_not_count(client_as: ClientAs, work: Work) -> None:
    open_account("custodian", ["storekeeper"], "XT-ARMY")
    custodian = client_as("custodian")
    assert 'name="lines"' not in html(custodian, "count", work.open_count)


def test_a_closed_count_takes_no_more(client_as: ClientAs, work: Work) -> None:
    counter = counter_of(client_as, "another")
    entering = {"step": "enter", "where": "site", "on": "paper", "lines": "W-1"}
    answer = counter.post(reverse("count", args=[work.closed_count]), entering)
    assert (answer.status_code, "nothing more is entered" in answer.content.decode()) == (422, True)


def test_another_sites_weapon_is_named_and_not_counted(client_as: ClientAs, node: Node, work: Work) -> None:
    counter = counter_of(client_as, "another")
    site = stockpiles.site_record(site=work.site, actor=_auditor(), stores=node.stores)
    weapon = site.weapons[0][0].weapon
    before = len(node.stores.records.of_weapon(weapon))
    told = {"step": "enter", "where": "nothing", "on": "screen", "lines": f"W-{weapon}"}
    shown = counter.post(reverse("count", args=[work.open_count]), told, follow=True).content.decode()
    assert f"W-{weapon} does not belong to this site by the record" in shown
    assert len(node.stores.records.of_weapon(weapon)) == before


def test_another_agencys_count_is_refused(client_as: ClientAs, work: Work) -> None:
    stranger = counter_of(client_as, "stranger", "XT-POL")
    answer = stranger.get(reverse("count", args=[work.open_count]))
    assert answer.status_code == 403


def test_the_sheet_and_the_certificate_are_pdf(client_as: ClientAs, work: Work) -> None:
    auditor = client_as("auditor")
    for name, subject in (("count_sheet", work.open_count), ("destruction_certificate", work.certified)):
        answer = auditor.get(reverse(name, args=[subject]))
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert auditor.get(reverse("destruction_certificate", args=[work.planned])).status_code == 404


def test_a_theft_is_reported_and_closed_by_another(client_as: ClientAs, node: Node, work: Work) -> None:
    address = reverse("investigation", args=[work.investigation])
    keeper, second = counter_of(client_as, "reporter"), counter_of(client_as, "closer")
    closing = {"step": "close", "close-finding": "stolen"}
    early = second.post(address, closing)
    assert (early.status_code, "Nothing in the record accounts for" in early.content.decode()) == (422, True)
    known, _ = stockpiles.investigation_record(investigation=work.investigation, actor=_auditor(), stores=node.stores)
    today = node.clock.now().date().isoformat()
    report = {"step": "report", "report-kind": "stolen", "report-weapons": [f"W-{each}" for each in known.missing],
              "report-happened": today, "report-reported_on": today, "report-place": "Amberly"}  # fmt: skip
    assert keeper.post(address, report).status_code == 302
    assert keeper.post(address, {"step": "note", "note-note": "a guard is questioned"}).status_code == 302
    assert second.post(address, closing).status_code == 302
    assert [node.stores.register.state(each).status for each in known.missing] == [Status.STOLEN]
    assert "Stolen" in html(second, "investigations")


def test_a_destruction_from_plan_to_certificate(client_as: ClientAs, node: Node, sample: Sample) -> None:
    keeper, approver = client_as("storekeeper"), client_as("approver")
    plan = {"weapons": f"W-{sample.launcher}", "method": "cutting", "place": "Amberly", "reason": "obsolete"}
    address = keeper.post(reverse("new_destruction"), plan).headers["Location"]
    assert keeper.post(address, {"step": "approve"}).status_code == 403
    assert approver.post(address, {"step": "approve"}).status_code == 302
    picture = _upload()
    today = node.clock.now().date().isoformat()
    deed = {"step": "carry_out", "carry_out-happened": today, "carry_out-place": "Amberly", "carry_out-photos": picture}
    assert keeper.post(address, deed).status_code == 302
    assert approver.post(address, {"step": "witness"}).status_code == 302
    lacking = keeper.post(address, {"step": "certify"})
    assert (lacking.status_code, "it takes 2" in lacking.content.decode()) == (422, True)
    assert counter_of(client_as, "other witness").post(address, {"step": "witness"}).status_code == 302
    assert keeper.post(address, {"step": "certify"}).status_code == 302
    assert node.stores.register.state(sample.launcher).status is Status.DESTROYED
    shown = keeper.get(address).content.decode()
    photo = re.findall(r'src="(/destructions/[^"]+)"', shown)[0]
    assert keeper.get(photo)["Content-Type"] == "image/png"


def _upload() -> object:
    drawn = BytesIO()
    Image.new("RGB", (2, 2)).save(drawn, "PNG")
    return SimpleUploadedFile("cut.png", drawn.getvalue(), "image/png")


def test_a_weapon_that_came_back_is_flagged_on_both_pages(client_as: ClientAs, node: Node, work: Work) -> None:
    auditor = client_as("auditor")
    record = stockpiles.destruction_record(destruction=work.certified, actor=_auditor(), stores=node.stores)
    ((weapon, _),) = record.came_back
    for page in (html(auditor, "destruction", work.certified), html(auditor, "weapon", weapon)):
        assert f"W-{weapon} was destroyed by the record and then" in page


def test_surplus_is_found_declared_and_planned(client_as: ClientAs, node: Node, sample: Sample) -> None:
    officer = client_as("registry_officer")
    shown = html(officer, "surplus", holder="XT-ARMY-1", made_before="2010")
    (value,) = re.findall(r'name="weapon" value="([^"]+)"', shown)
    assert value == f"W-{sample.rifle}:obsolete"
    assert officer.post(reverse("surplus"), {"weapon": value, "plan": "yes"}).headers["Location"] == (
        f"{reverse('new_destruction')}?weapon=W-{sample.rifle}"
    )
    officer.post(reverse("surplus"), {"weapon": value})
    last = node.stores.records.of_weapon(sample.rifle)[-1].event
    assert (last.kind, last.details) == (EventKind.DECLARED_SURPLUS, {"reason": "obsolete"})
    assert officer.post(reverse("surplus"), {}).headers["Location"] == reverse("surplus")


def test_weapons_in_custody_wait_for_a_decision(client_as: ClientAs, sample: Sample) -> None:
    auditor = client_as("auditor")
    assert f"W-{sample.home_made}" in html(auditor, "dispositions", days="10")
    assert f"W-{sample.home_made}" not in html(auditor, "dispositions", days="36500")


@pytest.mark.usefixtures("sample")
def test_a_long_list_of_weapons_in_custody_is_turned_page_by_page(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    overdue = stockpiles.overdue_dispositions
    monkeypatch.setattr(stockpiles, "overdue_dispositions", lambda **told: [*overdue(**told)][:1] * (2 * PAGE + 1))
    auditor, address, rows = client_as("auditor"), reverse("dispositions") + "?days=10", []
    while address:
        page = auditor.get(address).content.decode()
        rows.append(page.count('<th scope="row"'))
        _, following, rest = page.partition('rel="next" href="')
        address = reverse("dispositions") + rest.partition('"')[0].replace("&amp;", "&") if following else ""
    assert rows == [PAGE, PAGE, 1]


def test_ammunition_is_taken_in_issued_and_never_below_zero(client_as: ClientAs, node: Node, work: Work) -> None:
    keeper = counter_of(client_as, "ammunition")
    today = node.clock.now().date().isoformat()
    taken = {"lot": "LX-99", "quantity": "100", "happened": today, "rack": RACK}
    address = keeper.post(reverse("new_lot", args=[work.site]), taken).headers["Location"]
    move = {"kind": "lot_issued", "quantity": "40", "happened": today, "other": "XT-ARMY/unit-1"}
    assert keeper.post(address, move).status_code == 302
    refused = keeper.post(address, {**move, "quantity": "61"})
    assert (refused.status_code, "there are 60, and 61 are asked" in refused.content.decode()) == (422, True)
    assert keeper.post(address, {**move, "other": ""}).status_code == 422
    assert keeper.post(reverse("new_lot", args=[work.site]), taken).status_code == 422
    assert "LX-99" in html(keeper, "lots")


def test_a_late_count_is_an_alarm(client_as: ClientAs, node: Node, work: Work) -> None:
    keeper, told = client_as("storekeeper"), SiteTold("Cindermoor", every_days=30)
    actor = Actor("storekeeper", "XT-ARMY", frozenset({"storekeeper"}))
    long_ago = StillClock(datetime(2026, 1, 1, tzinfo=UTC))
    late = stockpiles.list_site(site=told, actor=actor, stores=node.stores, clock=long_ago)
    assert ["note bad" in html(keeper, "site", each) for each in (late, work.site)] == [True, False]
    assert "Sites whose count is overdue: 1" in html(keeper, "sites")


def _auditor() -> Actor:
    return Actor("auditor", "XT-REG", frozenset({Role.AUDITOR.value}))
