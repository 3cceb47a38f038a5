"""The review cycle through the API: the table, a dossier kept and read again, a proposal with positions."""

from django.test import Client

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.test_stockpiles import get
from tracemark.authorities import Role

TEXT = {"meeting": "BMS10", "title": "A plate", "proposed_by": "XE", "undertaking": "BMS7 ITI.1", "text": "Plates."}


def test_what_was_kept_is_read_again_as_it_was(caller: As) -> None:
    contact: Client = caller(Role.POINT_OF_CONTACT)
    kept = post(contact, "/review/meetings/BMS9/dossier", {"note": "Taken."}).json()
    drawn = get(contact, "/review/meetings/BMS9/dossier").json()
    again = get(contact, f"/review/dossiers/{kept['name']}").json()
    assert again["fingerprint"] == kept["fingerprint"]
    assert [each["code"] for each in again["sections"]] == [each["code"] for each in drawn["sections"]]
    withdrawal = f"/review/dossiers/{kept['name']}/withdrawal"
    assert post(contact, withdrawal, {"reason": "wrong"}).json()["standing"] == "withdrawn"
    assert post(contact, withdrawal, {"reason": "again"}).status_code == 409
    assert len(get(contact, "/review/dossiers").json()["items"]) == 1
    assert get(contact, "/review/meetings/BMS99/dossier").status_code == 422


def test_a_proposal_is_settled_with_the_positions_to_it(caller: As) -> None:
    contact: Client = caller(Role.POINT_OF_CONTACT)
    made = post(contact, "/review/proposals", TEXT).json()
    path = f"/review/proposals/{made['name']}"
    position = {"by": "XT", "stance": "supports", "instructions": "Second it."}
    assert post(contact, f"{path}/positions", position).status_code == 201
    assert post(contact, f"{path}/positions", {**position, "by": "XE"}).status_code == 422
    revised = {"text": {**TEXT, "symbol": "WP.1"}, "reason": "numbered"}
    assert post(contact, f"{path}/revisions", revised).json()["revised"] is True
    seen = get(caller(Role.AUDITOR), path).json()
    assert [(each["by"], each["instructions"]) for each in seen["positions"]] == [("XT", "")]
    assert post(contact, f"{path}/settling", {"outcome": "adopted", "reason": "so"}).json()["settled"] == "adopted"
    assert post(contact, f"{path}/positions", position).status_code == 409
    assert [each["name"] for each in get(contact, "/review/proposals").json()["items"]] == [made["name"]]


def test_the_table_the_meetings_and_the_undertakings_are_given(caller: As) -> None:
    auditor: Client = caller(Role.AUDITOR)
    assert len(get(auditor, "/review/table").json()["cells"]) == 16
    assert get(auditor, "/review/meetings").json()["items"][0]["code"] == "CONF2001"
    told = get(auditor, "/review/undertakings").json()["items"]
    assert {each["standing"] for each in told} >= {"of_others", "not_known"}
