"""The public site: a published report and figure, their data, and what others say of them, held until it is decided."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.browser.published import APPROVER, CONTACT, withhold
from tests.web.conftest import ClientAs
from tracemark import participation, recordkeeping, reporting, wording
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node, drawing
from tracemark.reporting import Answer, Period
from tracemark.web.published import report_trends

COMMENT = {"sort": "comment", "voice": "youth", "text": "Nobody asked us.", "agreed": "on"}
SHADOW = {
    "sort": "shadow", "voice": "civil_society", "question": "col.seized", "year": "2024", "value": "41",
    "source": "hospital files", "method": "by hand", "agreed": "on",
}  # fmt: skip


DOCUMENTS = {content: hashlib.sha256(content).hexdigest() for content in (b"a law", b"a secret")}


@pytest.fixture
def report(node: Node, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A report that is public, at a node that takes contributions."""
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    with drawing(node, Period.parse("2024", "2024"), CONTACT) as opened:
        name = reporting.draft_report(form="poa", edition="2026", drawing=opened, actor=CONTACT, **by)
    reporting.answer_question(report=name, answer=Answer("nca.exists", "yes"), actor=CONTACT, **by)
    withhold(name, node)
    for question, content in (("inf.files", b"a law"), ("nap.file", b"a secret")):
        told = [node.keep_attachment(content, CONTACT)]
        answer = Answer(question, told, withheld=question == "nap.file")
        reporting.answer_question(report=name, answer=answer, actor=CONTACT, **by)
    reporting.sign_off_report(report=name, actor=APPROVER, **by)
    reporting.submit_report(report=name, actor=CONTACT, **by)
    reporting.propose_report_publication(report=name, actor=CONTACT, **by)
    reporting.publish_report(report=name, actor=APPROVER, **by)
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    monkeypatch.setenv("TRACEMARK_CONTRIBUTIONS", "1")
    cache.clear()
    yield name
    cache.clear()


def test_documents_of_a_public_report_are_given_but_those_withheld(node: Node, report: str) -> None:
    given, kept = (reverse("public_attachment", args=[report, each]) for each in DOCUMENTS.values())
    assert given in html(reverse("public_report", args=[report]))
    assert Client().get(given).content == b"a law"
    assert Client().get(kept).status_code == 404
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    reporting.take_back_report(report=report, reason="documents", actor=APPROVER, **by)
    assert Client().get(given).status_code == 404


def html(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def send(about: str, **told: str) -> tuple[int, str]:
    answer = Client().post(reverse("contribute", args=[about]), told)
    return answer.status_code, answer.content.decode()


def code_in(page: str) -> str:
    found: list[str] = re.findall(r"CB-[0-9]{4}-[0-9]{6}(?:-[A-Z2-7]{4}){4}", page)
    return found[0]


def test_a_report_is_read_by_everybody_without_what_is_withheld(report: str) -> None:
    assert report in html(reverse("public_site"))
    page = html(reverse("public_report", args=[report]))
    assert re.search(r"1(\.00)? of [0-9.]+ points", page) is not None
    assert "Occasional Paper 30" in page
    assert ("This answer is not for publication." in page, "not agreed yet" in page) == (True, False)
    place = reverse("public_report_file", args=[report, "json"])
    told = Client().get(f"{place}?language=fr").content.decode()
    assert (json.loads(told)["language"], "not agreed yet" in told, CONTACT.name in told) == ("fr", False, False)
    assert Client().get(reverse("public_report_file", args=[report, "pdf"])).content[:4] == b"%PDF"
    for wrong in (f"{place}?language=xx", reverse("public_report_file", args=[report, "docx"])):
        assert Client().get(wrong).status_code == 404


def test_what_a_report_tells_of_each_year_is_drawn_by_subject(report: str, node: Node) -> None:
    known = reporting.public_report_named(report, node.stores, node.clock.now().date())
    told = {
        "col.seized": Answer("col.seized", {"2023": 4, "2024": 7, "all": 11}, figure="recoveries.seized"),
        "col.found": Answer("col.found", {"2024": 3, "all": 3}, figure="recoveries.found"),
        "sdg.traced": Answer("sdg.traced", {"2023": 2, "2024": None, "all": 2}),
        "stk.lost": Answer("stk.lost", {"2023": 0, "2024": 0, "all": 0}, figure="losses.lost"),
    }
    drawn = [each for part in report_trends(replace(known, answers=told)) for each in part]
    assert [[(each.name, each.values) for each in trend.series] for trend in drawn] == [
        [("Weapons seized", (4, 7))],
        [
            (
                wording.sentence("reporting.question_sdg.traced", {}, to="en"),
                (2, None),
            )
        ],
    ]
    assert [trend.axis for trend in drawn] == [("2023", "2024")] * 2


@pytest.mark.parametrize("name", ["public_report", "contribute", "public_figure"])
def test_what_is_not_public_is_not_there(report: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get(reverse(name, args=["NR-2026-000009"])).status_code == 404
    monkeypatch.delenv("TRACEMARK_PUBLIC")
    assert Client().get(reverse(name, args=[report])).status_code == 404


def test_nobody_writes_unless_the_state_takes_contributions(report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACEMARK_CONTRIBUTIONS")
    assert send(report, **COMMENT)[0] == 404
    assert reverse("contribute", args=[report]) not in html(reverse("public_report", args=[report]))


def test_a_comment_goes_from_the_form_to_the_desk_to_the_page(report: str, client_as: ClientAs) -> None:
    status, page = send(report, **COMMENT)
    assert status == 201
    code, public = code_in(page), reverse("public_report", args=[report])
    assert "Nobody asked us." not in html(public)
    desk = client_as(Role.POINT_OF_CONTACT.value)
    assert code[:14] in desk.get(reverse("contributions")).content.decode()
    place = reverse("contribution", args=[code[:14]])
    assert "Nobody asked us." in desk.get(place).content.decode()
    refused = desk.post(place, {"step": "refuse"})
    assert (refused.status_code, "Say why it is refused" in refused.content.decode()) == (422, True)
    assert client_as(Role.REGISTRY_OFFICER.value).post(place, {"step": "accept"}).status_code == 403
    assert desk.post(place, {"step": "accept", "accept-note": "We will."}).status_code == 302
    shown = html(public)
    assert ("Nobody asked us." in shown, "We will." in shown) == (True, True)
    answer = Client().post(reverse("receipt"), {"code": code})
    assert ("accepted and shown" in answer.content.decode(), "We will." in answer.content.decode()) == (True, True)
    assert Client().post(reverse("receipt"), {"code": code, "step": "withdraw"}).status_code == 200
    assert "Nobody asked us." not in html(public)
    assert Client().post(reverse("receipt"), {"code": f"{code[:-1]}A"}).status_code in (200, 422)
    assert Client().post(reverse("receipt"), {"code": "nothing"}).status_code == 422


def test_words_are_erased_by_two(report: str, client_as: ClientAs, node: Node) -> None:
    code = code_in(send(report, **SHADOW, named="on", name="Ana", contact="a@b.c")[1])
    place = reverse("contribution", args=[code[:14]])
    assert client_as(Role.POINT_OF_CONTACT.value).post(place, {"step": "accept"}).status_code == 302
    page = html(reverse("public_report", args=[report]))
    assert ("hospital files" in page, "Ana" in page, "a@b.c" in page) == (True, True, False)
    officer = client_as(Role.REGISTRY_OFFICER.value)
    assert officer.post(place, {"step": "erase"}).status_code == 422
    assert officer.post(place, {"step": "erase", "erase-note": "asked"}).status_code == 302
    [proposal] = node.stores.proposals.open()
    approver = client_as(Role.APPROVER.value)
    assert approver.post(reverse("decision", args=[proposal.id]), {"verdict": "approve"}).status_code == 302
    page = html(reverse("public_report", args=[report]))
    assert ("hospital files" in page, "What was written was erased." in page) == (False, True)
    with node.stores.snapshot():
        assert (list(node.stores.dossiers.differing()), list(recordkeeping.person_faults(node.stores))) == ([], [])


def official(node: Node, report: str) -> tuple[object, ...]:
    """Every figure drawn from the record as it stands, with its breakdowns, and the files of a report."""
    with drawing(node, Period.parse("2015", "2026"), CONTACT) as opened:
        drawn = {
            (name, by): (found.value, found.available, dict(found.cells))
            for name, each in reporting.figures().items()
            for by in [(), *((by,) for by in each.by)]
            for found in [opened.draw(name, by)]
        }
    auditor = Actor("a", "XT-REG", frozenset({Role.AUDITOR.value}))
    return drawn, [node.papers.report(report, "json", auditor), node.papers.public_report(report, "json")]


def test_no_figure_and_no_report_changes_whatever_others_say(report: str, client_as: ClientAs, node: Node) -> None:
    before, size = official(node, report), node.stores.records.size()
    desk = client_as(Role.POINT_OF_CONTACT.value)
    for told, step in ((COMMENT, "accept"), (SHADOW, "accept"), (SHADOW, "refuse")):
        name = code_in(send(report, **told)[1])[:14]
        assert desk.post(reverse("contribution", args=[name]), {"step": step, f"{step}-note": "why"}).status_code == 302
    assert node.stores.records.size() == size + 6
    assert official(node, report) == before


def test_what_is_wrong_is_said_beside_its_field(report: str) -> None:
    status, page = send(report, sort="shadow", voice="other", text="<b>bold</b>", year="1", value="x")
    assert (status, page.count('class="errorlist"')) == (422, 7)
    assert "<b>bold</b>" not in page


def test_five_an_hour_and_no_more(report: str) -> None:
    answers = [send(report, **COMMENT)[0] for _ in range(6)]
    assert answers == [201] * 5 + [429]


def test_no_address_is_kept_where_somebody_writes(report: str, node: Node) -> None:
    send(report, **COMMENT)
    contact = Actor("c", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
    [known] = participation.contributions(actor=contact, stores=node.stores)
    told = b"".join(each.body for each in node.stores.records.mentioning(known.name))
    assert (b"127.0.0.1" in told, b"Nobody asked us." in told) == (False, False)


def test_a_catalogue_lists_what_there_is_with_its_licence(report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEMARK_DATA_LICENCE", "https://example.org/licence")
    told = json.loads(Client().get(reverse("open_catalogue")).content)
    [known] = told["dcat:dataset"]
    assert (known["dct:identifier"], known["dct:license"]) == (report, {"@id": "https://example.org/licence"})
    addresses = [each["dcat:downloadURL"]["@id"] for each in known["dcat:distribution"]]
    assert len(addresses) == 12
    assert Client().get(addresses[-1]).status_code == 200
    assert Client().get(reverse("open_structure")).status_code == 200
