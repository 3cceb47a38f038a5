"""The desk of signals: what waits is seen and judged, and what is coded stands on the weapon's page."""

from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark import diversion, stockpiles
from tracemark.authorities import Role
from tracemark.diversion import Signal, Stage, Strength
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.web.lists import PAGE

ANALYST, APPROVER, CONTACT = Role.TRACING_ANALYST.value, Role.APPROVER.value, Role.POINT_OF_CONTACT.value
ANA = Actor("ana", "XT-REG", frozenset({ANALYST}))
AUDITOR = Actor("auditor", "XT-REG", frozenset({Role.AUDITOR.value}))


@pytest.fixture
def raised(node: Node, sample: Sample) -> str:
    """A signal on the sample's pistol."""
    found = Signal("seized_twice", Stage.STORAGE, Strength.STRONG, (sample.pistol,), (0, 1), "2026-03", "Depot 3")
    actor = Actor("ana", "XT-REG", frozenset({ANALYST}))
    (name,) = diversion.raise_signals(signals=[found], actor=actor, stores=node.stores, clock=node.clock).names
    return name


def post(client_as: ClientAs, role: str, name: str, step: str, **told: Any) -> Any:  # noqa: ANN401 - Django's answer
    return client_as(role).post(reverse("judge_signal", args=[name, step]), told)


def standing(node: Node, name: str) -> str:
    return node.stores.dossiers.dossier(name).standing


def test_the_queue_filters_and_the_desk_tells_what_waits(client_as: ClientAs, raised: str) -> None:
    client = client_as(ANALYST)
    assert raised in client.get(reverse("signals")).content.decode()
    assert raised not in client.get(reverse("signals") + "?strength=weak").content.decode()
    assert raised in client.get(reverse("home")).content.decode()


def looked(client_as: ClientAs) -> str:
    page = client_as(ANALYST).post(reverse("look_for_signals"), follow=True)
    return str(page.content.decode())


def test_signals_are_looked_for_and_the_same_is_raised_once(client_as: ClientAs) -> None:
    assert "Signals raised: 2; known already: 0." in looked(client_as)
    assert "Signals raised: 0; known already: 2." in looked(client_as)


def test_a_search_that_breaks_off_says_so(client_as: ClientAs, node: Node) -> None:
    node.columns.mkdir(parents=True)
    (node.columns / "manifest.json").write_text("{", "utf-8")
    assert "The search broke off before anything was raised." in looked(client_as)


def test_a_rule_is_called_by_its_title_in_the_reader_s_language(client_as: ClientAs, raised: str) -> None:
    client = client_as(ANALYST)
    for path in (reverse("signals"), reverse("signal", args=[raised]), reverse("signal_precision")):
        assert "Recovered again while in custody" in client.get(path).content.decode()
        in_french = client.get(path, headers={"accept-language": "fr"}).content.decode()
        assert "Récupérée de nouveau alors qu’elle était sous garde" in in_french


def test_one_escalates_and_another_confirms(client_as: ClientAs, node: Node, raised: str) -> None:
    assert post(client_as, ANALYST, raised, "escalate", note="twice").status_code == 302
    assert standing(node, raised) == "escalated"
    assert post(client_as, ANALYST, raised, "confirm", note="so it is").status_code == 403
    assert post(client_as, APPROVER, raised, "confirm", note="so it is").status_code == 302
    assert standing(node, raised) == "confirmed"


def test_what_is_refused_is_said_beside_the_form(client_as: ClientAs, node: Node, raised: str) -> None:
    assert post(client_as, ANALYST, raised, "dismiss", readings=["other"]).status_code == 422
    assert post(client_as, ANALYST, raised, "escalate", note="x", case="T-999").status_code == 422
    assert post(client_as, ANALYST, raised, "merge", into=raised).status_code == 422
    assert post(client_as, ANALYST, raised, "nonsense").status_code == 404
    assert standing(node, raised) == "open"
    assert post(client_as, ANALYST, raised, "dismiss", readings=["chance"]).status_code == 302
    assert standing(node, raised) == "dismissed"


def test_a_point_of_diversion_stands_on_the_weapons_page(client_as: ClientAs, sample: Sample, raised: str) -> None:
    client = client_as(ANALYST)
    told = {
        "weapons": f"W-{sample.pistol}",
        "stage": "end_use",
        "how": "theft",
        "since": "2021",
        "grounds": "a witness",
    }
    assert client.post(reverse("point_of_diversion"), told | {"signal": raised}).status_code == 302
    page = client.get(reverse("weapon", args=[sample.pistol])).content.decode()
    assert "a witness" in page
    wrong = client.post(reverse("point_of_diversion"), told | {"stage": "transfer", "how": "reactivation"})
    assert wrong.status_code == 422
    assert f"W-{sample.pistol}" in client.get(reverse("signal_views")).content.decode()


def test_a_notice_is_given_as_a_file(client_as: ClientAs, raised: str) -> None:
    answer = client_as(CONTACT).post(reverse("share_signal", args=[raised]), {"to_state": "XU"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Content-Disposition"] == f'attachment; filename="{raised}.json"'
    assert client_as(CONTACT).post(reverse("share_signal", args=[raised]), {"to_state": "?"}).status_code == 422


def test_what_follows_is_opened_with_the_escalation_and_the_point_coded_with_the_confirmation(
    client_as: ClientAs, node: Node, sample: Sample, raised: str
) -> None:
    assert post(client_as, ANALYST, raised, "escalate", note="twice", opens="investigation").status_code == 302
    (investigation,) = stockpiles.investigation_list(actor=AUDITOR, stores=node.stores)
    page = client_as(ANALYST).get(reverse("investigation", args=[investigation.name])).content.decode()
    assert (investigation.signal, raised in page) == (raised, True)
    unseen = client_as(Role.LICENSING_OFFICER.value).get(reverse("investigation", args=[investigation.name]))
    assert raised not in unseen.content.decode()
    told = {"note": "the keeper says so", "how": "insider_sale", "stage": "storage", "since": "2026-01"}
    assert post(client_as, APPROVER, raised, "confirm", **told).status_code == 302
    page = client_as(APPROVER).get(reverse("signal", args=[raised])).content.decode()
    assert f"W-{sample.pistol}" in page
    assert "sale by somebody inside" in page


def test_the_queue_comes_in_pages(client_as: ClientAs, node: Node, sample: Sample) -> None:
    signals = [
        Signal(f"rule_{number:02}", Stage.STORAGE, Strength.WEAK, (sample.pistol,), (0,)) for number in range(PAGE + 1)
    ]
    names = diversion.raise_signals(signals=signals, actor=ANA, stores=node.stores, clock=node.clock).names
    client = client_as(ANALYST)
    first = client.get(reverse("signals"), {"strength": "weak"}).content.decode()
    assert f"?strength=weak&amp;after={names[PAGE - 1]}" in first
    second = client.get(reverse("signals"), {"strength": "weak", "after": names[PAGE - 1]}).content.decode()
    assert [each for each in names if f">{each}<" in second] == [names[PAGE]]
    assert client.get(reverse("signals"), {"after": "SG-2020-000001"}).status_code == 404
