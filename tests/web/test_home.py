"""A desk begins with what waits, for whom it waits."""

import re

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.desk_work import allocate, import_table
from tests.web.sample import Sample
from tracemark.node import Node
from tracemark.web.home import TASKS


def waits(html: str) -> dict[str, str]:
    """Return how much waits, by where it is."""
    tiles = re.findall(
        r'<li class="tile heed">\s*<span class="tile-number">([^<]*)</span>\s*<a [^>]*href="([^"]+)"', html
    )
    return {address: count for count, address in tiles}


def test_work_waits_for_who_may_do_it(client_as: ClientAs, node: Node, sample: Sample) -> None:
    import_table(node)
    correction = {"reason": "typed the wrong place", "happened": "2021-10", "void": "on"}
    client_as("registry_officer").post(reverse("correct", args=[sample.pistol, 3]), correction)
    desks = {
        role: waits(client_as(role).get(reverse("home")).content.decode())
        for role in ("registry_officer", "approver", "storekeeper", "auditor")
    }
    assert desks == {
        "registry_officer": {reverse("held_rows"): "2", reverse("decisions"): "1"},
        "approver": {reverse("decisions"): "1"},
        "storekeeper": {},
        "auditor": {},
    }


def test_a_session_waits_until_all_of_it_is_recorded(client_as: ClientAs, node: Node, sample: Sample) -> None:
    block = str(allocate(node))
    officer = client_as("registry_officer")
    plan = {"circumstance": "import", "state": "XT", "year": "2026", "instruments": ["ITI"], "block": block}
    weapons = f"W-{sample.shotgun} W-{sample.home_made}"
    session = officer.post(reverse("marking_plan"), {**plan, "weapons": weapons, "begin": "1"}).headers["Location"]
    told = []
    for weapon in (sample.shotgun, sample.home_made):
        told.append(waits(officer.get(reverse("home")).content.decode()).get(reverse("marking_plan")))
        officer.post(session + "record/", {"stamped": [f"W-{weapon}"], "happened": "2026-09-30", "confirm": "1"})
    told.append(waits(officer.get(reverse("home")).content.decode()).get(reverse("marking_plan")))
    assert told == ["1", "1", None]


@pytest.mark.parametrize("role", ["approver", "point_of_contact", "licensing_officer", "auditor", "storekeeper"])
def test_no_desk_promises_what_the_role_is_refused(role: str, client_as: ClientAs) -> None:
    html = client_as(role).get(reverse("home")).content.decode()
    promised = [f'href="{reverse(task.url)}"' for task in TASKS if f'href="{reverse(task.url)}"' in html]
    refused = [each for each in promised if client_as(role).get(each[6:-1]).status_code == 403]
    assert refused == []
    assert "Judge candidates" not in html
