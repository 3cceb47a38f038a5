"""What is public is read through the API without a token, where the State opens it."""

from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.api.test_stockpiles import codes
from tests.browser.published import APPROVER, CONTACT, publish, withhold
from tracemark import participation, reporting
from tracemark.node import Node, drawing
from tracemark.participation import ContributionDraft, ContributionSort, Voice
from tracemark.reporting import Answer, Period

PLACES = ("figures", "reports", "reports/NR-2026-000001", "contributions?about=NR-2026-000001")


@pytest.fixture(scope="module")
def report(node: Node) -> str:
    """A report and a figure that are public, with what others say of them."""
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    with drawing(node, Period.parse("2022", "2023"), CONTACT) as opened:
        name = reporting.draft_report(form="poa", edition="2026", drawing=opened, actor=CONTACT, **by)
    reporting.answer_question(report=name, answer=Answer("nca.exists", "yes"), actor=CONTACT, **by)
    withhold(name, node)
    reporting.sign_off_report(report=name, actor=APPROVER, **by)
    reporting.submit_report(report=name, actor=CONTACT, **by)
    publish(node, name)
    return name


def told(place: str) -> dict[str, Any]:
    answer = Client().get(f"/api/v1/public/{place}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_it_is_closed_unless_the_state_opens_it(report: str) -> None:
    assert {Client().get(f"/api/v1/public/{each}").status_code for each in PLACES} == {404}


def test_everybody_reads_what_is_published_and_apart_from_it_what_others_say(
    report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    assert [each["publication"] for each in told("figures")["items"]] == ["PF-2026-000001"]
    assert [each["name"] for each in told("reports")["items"]] == [report]
    answers = {each["question"]: each for each in told(f"reports/{report}")["answers"]}
    assert (answers["nca.exists"]["value"], answers["npc.exists"]["value"], answers["npc.exists"]["withheld"]) == (
        "yes", None, True,
    )  # fmt: skip
    found = told(f"contributions?about={report}")
    assert found["tally"] == {"accepted": 2, "refused": 1, "received": 1}
    shadow, comment = found["items"]
    assert (shadow["value"], shadow["year"], shadow["by"], comment["text"]) == (
        "41", 2022, "Watch Taravia", "Nobody asked us.\nWe would have said more.",
    )  # fmt: skip
    assert Client().get("/api/v1/public/contributions?about=NR-2026-000099").status_code == 404


def test_a_contribution_is_sent_where_the_state_takes_any_and_five_times_an_hour_at_most(
    report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"voice": "civil_society", "text": "Say how many were marked.", "agreed": True}
    send = partial(Client().post, f"/api/v1/public/contributions?about={report}", content_type="application/json")
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    assert send(body).status_code == 404
    monkeypatch.setenv("TRACEMARK_CONTRIBUTIONS", "1")
    sent = send(body)
    assert (sent.status_code, sent.json()["code"].startswith(sent.json()["contribution"])) == (201, True)
    assert told(f"contributions?about={report}")["tally"]["received"] == 2
    assert codes(send({**body, "text": " "})) == (422, ["participation.text_missing"])
    shadow = {**body, "sort": "shadow", "question": "nca.exists", "value": "many"}
    assert send(shadow).status_code == 422
    assert Client().post(
        "/api/v1/public/contributions?about=NR-2026-000099", body, content_type="application/json"
    ).status_code == 404  # fmt: skip
    assert [send(body).status_code for _ in range(2)] == [201, 429]


def test_whoever_holds_a_receipt_reads_what_became_of_a_contribution_and_takes_it_back(
    report: str, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()

    def asks(code: str, place: str = "") -> Any:  # noqa: ANN401 - what a client answers
        body = {"code": code}
        return Client().post(f"/api/v1/public/receipts{place}", body, content_type="application/json")

    assert asks("CB-2026-000001-AAAA-AAAA-AAAA-AAAA").status_code == 404
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    draft = ContributionDraft(
        ContributionSort.COMMENT, Voice.CIVIL_SOCIETY, text="Say how many were marked.", agreed=True
    )
    receipt = participation.receive_contribution(about=report, draft=draft, **by)
    told = asks(receipt.code.lower()).json()
    assert (told["contribution"], told["about"], told["standing"], told["done"]) == (
        receipt.name, report, "received", None,
    )  # fmt: skip
    assert "marked" not in str(told)
    participation.accept_contribution(name=receipt.name, note="We shall.", actor=CONTACT, **by)
    assert (asks(receipt.code).json()["standing"], asks(receipt.code).json()["answers"]) == ("accepted", ["We shall."])
    assert asks(receipt.code, "/withdrawal").json()["standing"] == "withdrawn"
    assert codes(asks(receipt.code, "/withdrawal")) == (409, ["participation.wrong_standing"])
    for wrong in (f"{receipt.name}-AAAA-AAAA-AAAA-AAAA", "nothing"):
        assert {asks(wrong, place).status_code for place in ("", "/withdrawal")} == {404}
    assert [asks("nothing").status_code for _ in range(60)][-1] == 429
