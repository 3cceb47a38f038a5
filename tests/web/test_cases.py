"""From a recovery to an answer: case, search, judgement, custody, report."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.desk_work import open_case, recover, settle
from tests.web.sample import OFFICER, Sample, StillClock
from tests.web.test_traces import candidates
from tracemark.node import Node
from tracemark.recordkeeping import Correction, propose_correction
from tracemark.tracing import CaseState, Outcome
from tracemark.weapons import WeaponId

ASKED = {
    "reading_1": "CA?471?",
    "part_1": "frame",
    "kind": "revolver",
    "maker": "Smith & Wesson",
    "illicit_because": ["law_of_state"],
    "legal_basis": "Firearms Act, section 12",
    "priority": "routine",
}


def test_the_whole_journey_of_a_trace(client_as: ClientAs, node: Node, sample: Sample) -> None:
    analyst, recovered = client_as("tracing_analyst"), recover(node)
    opened = analyst.post(reverse("open_case", args=[recovered]), ASKED)
    case = opened.headers["Location"].split("/")[-2]
    page = analyst.get(opened.headers["Location"]).content.decode()
    assert candidates(page)[0] == f"W-{sample.revolver}"
    verdict = {"weapon": f"W-{sample.revolver}", "verdict": "same", "note": "casting flaw"}
    assert analyst.post(reverse("judge_candidate", args=[case]), verdict).status_code == 302
    judged = node.stores.cases.get(case)
    chance = float(judged.judgements[0].posterior)
    assert (judged.state, judged.identified_as, judged.judgements[0].weights, judged.judgements[0].note) == (
        CaseState.JUDGED, sample.revolver, node.weights.version, "casting flaw",
    )  # fmt: skip
    assert 0 < chance <= 1
    page = analyst.get(reverse("case", args=[case])).content.decode()
    assert "Last lawful holder" in page
    assert 'class="timeline"' in page
    assert analyst.post(reverse("answer_case", args=[case]), {"outcome": "traced", "answer": "sold"}).status_code == 302
    answered = node.stores.cases.get(case)
    assert (answered.state, answered.outcome, answered.answer["note"]) == (CaseState.ANSWERED, Outcome.TRACED, "sold")
    report = analyst.get(reverse("case_report", args=[case]))
    assert (report.headers["Content-Type"], report.content[:5]) == ("application/pdf", b"%PDF-")


def test_what_iti_17_asks_and_the_request_lacks_is_told(client_as: ClientAs, node: Node) -> None:
    case = open_case(node, recover(node), legal_basis="")
    html = client_as("auditor").get(reverse("case", args=[case])).content.decode()
    lacking = re.search(r'id="lacking-title".*?</section>', html, re.DOTALL)
    assert lacking is not None
    assert re.findall(r'class="cite">([^<]+)<', lacking[0]) == ["ITI 17(a)", "ITI 17(a)", "ITI 17(b)", "ITI 17(c)"]


def test_the_recovered_record_is_no_candidate_of_its_own_trace(client_as: ClientAs, node: Node) -> None:
    recovered = recover(node)
    case = open_case(node, recovered)
    html = client_as("tracing_analyst").get(reverse("case", args=[case])).content.decode()
    assert f"W-{recovered}" not in candidates(html)


def test_who_may_not_judge_sees_no_form(client_as: ClientAs, node: Node) -> None:
    case = open_case(node, recover(node))
    shown = {
        role: ("/judge/" in html, "/answer/" in html)
        for role in ("tracing_analyst", "point_of_contact", "auditor", "registry_officer")
        if (html := client_as(role).get(reverse("case", args=[case])).content.decode())
    }
    assert shown == {
        "tracing_analyst": (True, True),
        "point_of_contact": (False, True),
        "auditor": (False, False),
        "registry_officer": (False, False),
    }


def test_a_weapon_that_is_not_listed_can_be_judged(client_as: ClientAs, node: Node, sample: Sample) -> None:
    case = open_case(node, recover(node))
    given = {"weapon": f"W-{sample.rifle}", "verdict": "unsure"}
    assert client_as("tracing_analyst").post(reverse("judge_candidate", args=[case]), given).status_code == 302
    judgement = node.stores.cases.get(case).judgements[0]
    assert (judgement.other_weapon, judgement.verdict, judgement.posterior) == (sample.rifle, "unsure", "")


@pytest.mark.parametrize(
    "given",
    [
        {"weapon": "W-999", "verdict": "same"},
        {"weapon": "pistol", "verdict": "same"},
        {"weapon": "W-3", "verdict": "maybe"},
        {"weapon": "W-3"},
        {},
    ],
)
def test_a_judgement_that_says_too_little_is_refused(given: dict[str, str], client_as: ClientAs, node: Node) -> None:
    case = open_case(node, recover(node))
    answer = client_as("tracing_analyst").post(reverse("judge_candidate", args=[case]), given)
    assert (answer.status_code, node.stores.cases.get(case).judgements) == (422, ())


def test_the_recovered_record_cannot_be_judged_the_same(client_as: ClientAs, node: Node) -> None:
    recovered = recover(node)
    case = open_case(node, recovered)
    given = {"weapon": f"W-{recovered}", "verdict": "same"}
    answer = client_as("tracing_analyst").post(reverse("judge_candidate", args=[case]), given)
    assert (answer.status_code, "is the recovered record itself" in answer.content.decode()) == (422, True)


def test_nothing_is_traced_that_nobody_judged(client_as: ClientAs, node: Node) -> None:
    case = open_case(node, recover(node))
    answer = client_as("point_of_contact").post(reverse("answer_case", args=[case]), {"outcome": "traced"})
    assert (answer.status_code, node.stores.cases.get(case).outcome) == (422, None)


def test_an_answered_case_is_closed(client_as: ClientAs, node: Node, sample: Sample) -> None:
    case = open_case(node, recover(node))
    settle(node, case, sample.revolver)
    html = client_as("tracing_analyst").get(reverse("case", args=[case])).content.decode()
    assert ("/judge/" in html, "/answer/" in html, "Traced to the point" in html) == (False, False, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"calibre": ".40"}, "is not certain"),
        ({"maker": "Quxbat"}, "does not know"),
        ({"reading_1": "CA[4"}, "not closed"),
        ({"priority": "soon"}, "priority"),
    ],
)
def test_a_request_that_cannot_be_read_is_refused(
    wrong: dict[str, str], said: str, client_as: ClientAs, node: Node
) -> None:
    recovered = recover(node)
    before = node.stores.records.size()
    answer = client_as("tracing_analyst").post(reverse("open_case", args=[recovered]), {**ASKED, **wrong})
    assert (answer.status_code, said in answer.content.decode(), node.stores.records.size()) == (422, True, before)


def test_a_case_begins_with_what_the_recovery_and_the_desk_said(client_as: ClientAs, node: Node) -> None:
    recovered = recover(node)
    html = (
        client_as("point_of_contact")
        .get(reverse("open_case", args=[recovered]), {"reading_1": "CAK471"})
        .content.decode()
    )
    assert 'value="CAK471"' in html
    assert 'value="Firearms Act, section 12"' in html
    assert "Found in a vehicle at a checkpoint." in html


def test_the_state_that_the_import_mark_names_goes_from_desk_to_case_and_is_compared(
    client_as: ClientAs, node: Node, sample: Sample
) -> None:
    analyst, recovered = client_as("tracing_analyst"), recover(node)
    found = analyst.get(
        reverse("trace_desk"), {"reading_1": "CA?471?", "import_country": "Chad", "recovered": f"W-{recovered}"}
    )
    leads_on = re.search(rf'href="({reverse("open_case", args=[recovered])}[^"]*)"', found.content.decode())
    assert leads_on is not None
    assert 'value="Chad"' in analyst.get(unescape(leads_on[1])).content.decode()
    opened = analyst.post(reverse("open_case", args=[recovered]), {**ASKED, "import_country": "Chad"})
    case = opened.headers["Location"].split("/")[-2]
    assert node.stores.cases.get(case).request.import_country == "TD"
    assert "Imported into (import mark)</dt><dd>Chad" in analyst.get(opened.headers["Location"]).content.decode()
    beside = analyst.get(reverse("judge_candidate", args=[case]), {"weapon": f"W-{sample.revolver}"}).content.decode()
    assert '<th scope="row">Imported into (import mark)</th><td><bdi>Chad</bdi></td>' in beside


def test_a_state_that_nobody_knows_is_asked_about(client_as: ClientAs, node: Node) -> None:
    given = {**ASKED, "import_country": "Nowhere at all"}
    refused = client_as("tracing_analyst").post(reverse("open_case", args=[recover(node)]), given)
    assert (refused.status_code, 'href="#id_import_country"' in refused.content.decode()) == (422, True)


def test_a_weapon_that_was_never_recovered_is_not_traced(client_as: ClientAs, sample: Sample) -> None:
    assert client_as("tracing_analyst").get(reverse("open_case", args=[sample.rifle])).status_code == 404


def test_cases_are_listed_newest_first_and_by_state(client_as: ClientAs, node: Node, sample: Sample) -> None:
    first, second = (open_case(node, recover(node)) for _ in range(2))
    settle(node, first, sample.revolver)
    listed = {
        state: re.findall(
            r'href="/cases/(T-\d+)/"', client_as("auditor").get(reverse("cases"), {"state": state}).content.decode()
        )
        for state in ("", "open", "answered")
    }
    assert listed == {"": [second, first], "open": [second], "answered": [first]}


@pytest.mark.parametrize("case", ["T-0", "T-99999", "nonsense"])
def test_a_case_that_is_none_is_not_found(case: str, client_as: ClientAs) -> None:
    analyst = client_as("tracing_analyst")
    answers = [analyst.get(reverse(name, args=[case])).status_code for name in ("case", "case_report")]
    assert answers == [404, 404]


def test_time_to_recovery_is_said_as_an_interval(client_as: ClientAs, node: Node, sample: Sample) -> None:
    case = open_case(node, recover(node))
    settle(node, case, WeaponId(sample.revolver))
    html = client_as("auditor").get(reverse("case", args=[case])).content.decode()
    # Registered in March 2016, recovered on 14 August 2026: a month is not a day.
    assert "10 years 4 months to 10 years 5 months after that lawful event" in html


def test_a_voided_identification_opens_the_case_again(client_as: ClientAs, node: Node, sample: Sample) -> None:
    recovered = recover(node)
    case = open_case(node, recovered)
    settle(node, case, sample.revolver)
    identified = node.stores.records.of_weapon(recovered)[-2]
    correction = Correction(identified.position, "the casting flaw is on another", void=True)
    proposal = propose_correction(correction=correction, actor=OFFICER, stores=node.stores, clock=StillClock())
    approver = client_as("approver")
    shown = approver.get(reverse("decision", args=[proposal.id])).content.decode()
    assert ("What falls with it" in shown, f"W-{sample.revolver}" in shown) == (True, True)
    assert approver.post(reverse("decision", args=[proposal.id]), {"approve": ""}).status_code == 302
    html = client_as("auditor").get(reverse("cases"), {"state": "open"}).content.decode()
    assert re.findall(r'href="/cases/(T-\d+)/"', html) == [case]
    analyst = client_as("tracing_analyst")
    refused = analyst.post(reverse("answer_case", args=[case]), {"outcome": "traced", "answer": ""})
    assert refused.status_code == 422


def test_both_weapons_stand_side_by_side_before_a_judgement(client_as: ClientAs, node: Node, sample: Sample) -> None:
    recovered = recover(node)
    case = open_case(node, recovered)
    before = node.stores.records.size()
    given = {"weapon": f"W-{sample.revolver}"}
    html = client_as("tracing_analyst").get(reverse("judge_candidate", args=[case]), given).content.decode()
    for said in (
        "CAK4711",
        "CA?471?",
        f"The recovery recorded as W-{recovered} joins the life of W-{sample.revolver}",
        "to take it back needs a second person",
        "Below a chance of 90.0%, a note must say why.",
    ):
        assert said in html, said
    assert node.stores.records.size() == before


@pytest.mark.parametrize(("note", "status"), [("", 422), ("The frame shows the same flaw.", 302)])
def test_an_unlikely_weapon_is_found_the_same_with_a_note_only(
    note: str, status: int, client_as: ClientAs, node: Node, sample: Sample
) -> None:
    case = open_case(node, recover(node))
    given = {"weapon": f"W-{sample.rifle}", "verdict": "same", "note": note}
    assert client_as("tracing_analyst").post(reverse("judge_candidate", args=[case]), given).status_code == status


@pytest.mark.parametrize(("weapon", "status"), [("", 200), ("W-999", 422), ("pistol", 422)])
def test_a_judgement_begins_with_a_weapon_of_the_register(
    weapon: str, status: int, client_as: ClientAs, node: Node
) -> None:
    case = open_case(node, recover(node))
    given = {"weapon": weapon} if weapon else {}
    answer = client_as("tracing_analyst").get(reverse("judge_candidate", args=[case]), given)
    assert answer.status_code == status


def test_a_case_says_first_what_came_of_it_and_who_said_so_when(
    client_as: ClientAs, node: Node, sample: Sample
) -> None:
    recovered = recover(node)
    case = open_case(node, recovered)
    verdict = {"weapon": f"W-{sample.rifle}", "verdict": "different"}
    client_as("tracing_analyst").post(reverse("judge_candidate", args=[case]), verdict)
    settle(node, case, sample.revolver)
    html = client_as("auditor").get(reverse("case", args=[case])).content.decode()
    first = re.search(r'<p class="answer-first">(.*?)</p>', html, re.DOTALL)
    assert first is not None
    assert first[1].startswith(
        "Traced to the point where it became illicit: answered 30 Sep 2026, 12:00 UTC by analyst. "
        f"W-{recovered} was found to be W-{sample.revolver}, by analyst, 30 Sep 2026, 12:00 UTC. "
        "Last lawful holder: Amberly Sporting Arms (XT-D01)"
    )
    assert f'href="/register/W-{sample.rifle}/"' in html
    assert re.search(r"Answered\s+<time[^>]*>30 Sep 2026, 12:00 UTC", html)


def test_events_of_a_trace_lead_to_the_case_and_the_weapon(client_as: ClientAs, node: Node, sample: Sample) -> None:
    recovered = recover(node)
    case = open_case(node, recovered)
    settle(node, case, sample.revolver)
    html = client_as("tracing_analyst").get(reverse("weapon", args=[recovered])).content.decode()
    life = html[html.index('<ol class="timeline">') :]
    assert life.count(f'href="/cases/{case}/"') == 4
    assert life.count(f'href="/register/W-{sample.revolver}/"') == 3
    assert "The same weapon" in life
    lead = html[: html.index("<main")] + html[html.index("<h1") : html.index("Chain of custody")]
    assert "not known" not in lead
    assert f'href="/register/W-{sample.revolver}/"' in lead
