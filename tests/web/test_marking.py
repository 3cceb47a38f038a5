"""From a lot to marks on record: plan, numbers, session, label sheet; and a weapon's marks held against the law."""

import re

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.desk_work import allocate
from tests.web.sample import Sample
from tracemark.node import Node
from tracemark.weapons import WeaponId
from tracemark.web.forms.marking import WeaponsField

PLAN = {
    "circumstance": "import",
    "state": "XT",
    "year": "2026",
    "profile": "eu",
    "instruments": ["ITI", "MOSAIC"],
}


SURE = {"confirm": "1"}


def begun(client_as: ClientAs, node: Node, *weapons: WeaponId, role: str = "registry_officer") -> str:
    """Begin a session and return its address."""
    block = allocate(node)
    named = " ".join(f"W-{each}" for each in weapons)
    answer = client_as(role).post(reverse("marking_plan"), {**PLAN, "block": block, "weapons": named, "begin": "1"})
    return str(answer.headers["Location"])


def test_the_whole_journey_of_a_lot(client_as: ClientAs, node: Node, sample: Sample) -> None:
    officer = client_as("registry_officer")
    block = allocate(node)
    given = {**PLAN, "block": block, "weapons": f"W-{sample.shotgun} W-{sample.home_made}"}
    plan = officer.post(reverse("marking_plan"), given).content.decode()
    assert "XT26-000061-" in plan
    assert len(node.stores.numbers.block(block).used) == 2
    session = officer.post(reverse("marking_plan"), {**given, "begin": "1"}).headers["Location"]
    sheet = officer.get(session + "labels.pdf")
    assert (sheet.headers["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    stamped = {
        "stamped": [f"W-{sample.shotgun}"],
        "happened": "2026-09-30",
        "depth_mm": "0.1",
        "place": "Amberly",
        **SURE,
    }
    told = node.stores.records.newest(1)[0].event
    assert (told.kind, told.details["allocated"], told.details["plan"]) == (
        "numbers_used",
        block,
        session.split("/")[-2],
    )
    assert officer.post(session + "record/", stamped).headers["Location"] == session
    event = node.stores.records.of_weapon(sample.shotgun)[-1].event
    marks = node.stores.register.state(sample.shotgun).marks
    assert (event.kind, event.details["plan"], event.details["place"]) == ("marked", session.split("/")[-2], "Amberly")
    assert (marks[-1].kind, marks[-1].state, marks[-1].year, str(marks[-1].depth_mm)) == ("import", "XT", 2026, "0.1")
    shown = officer.get(session).content.decode()
    assert re.findall(r'name="stamped" value="([^"]+)"', shown) == [f"W-{sample.home_made}"]


def test_a_plan_reserves_nothing(client_as: ClientAs, node: Node, sample: Sample) -> None:
    block = allocate(node)
    officer = client_as("registry_officer")
    officer.post(reverse("marking_plan"), {**PLAN, "block": block, "weapons": f"W-{sample.home_made}"})
    assert sum(map(len, node.stores.numbers.block(block).used)) == 49


def test_numbers_are_needed_before_a_session_begins(client_as: ClientAs, node: Node, sample: Sample) -> None:
    given = {**PLAN, "block": "", "weapons": f"W-{sample.home_made}", "begin": "1"}
    answer = client_as("registry_officer").post(reverse("marking_plan"), given)
    assert (answer.status_code, "One number is needed" in answer.content.decode()) == (422, True)


def test_all_weapons_of_a_holder_are_planned(client_as: ClientAs, sample: Sample) -> None:
    given = {**PLAN, "block": "", "holder": "XT-D01"}
    html = client_as("registry_officer").post(reverse("marking_plan"), given).content.decode()
    assert re.findall(r'id="weapon-(\d+)"', html) == [str(sample.revolver), str(sample.shotgun)]


def test_a_storekeeper_plans_only_what_is_in_sight(client_as: ClientAs, sample: Sample) -> None:
    answer = client_as("storekeeper").post(
        reverse("marking_plan"), {**PLAN, "block": "", "weapons": f"W-{sample.rifle} W-{sample.shotgun}"}
    )
    assert (answer.status_code, f"W-{sample.shotgun} is not on record" in answer.content.decode()) == (422, True)


def test_a_session_is_its_authority_s(client_as: ClientAs, node: Node, sample: Sample) -> None:
    session = begun(client_as, node, sample.shotgun)
    assert [client_as(role).get(session).status_code for role in ("registry_officer", "storekeeper")] == [200, 404]


def test_a_storekeeper_begins_a_session_and_an_officer_records_it(
    client_as: ClientAs, node: Node, sample: Sample
) -> None:
    session = begun(client_as, node, sample.rifle, role="storekeeper")
    given = {"stamped": [f"W-{sample.rifle}"], "happened": "2026-09-30", **SURE}
    answers = [
        client_as(role).post(session + "record/", given).status_code for role in ("storekeeper", "registry_officer")
    ]
    assert answers == [403, 302]


@pytest.mark.parametrize(
    "given", [{"happened": "2026-09-30"}, {"stamped": ["W-4"], "happened": "yesterday"}, {"stamped": ["W-4"]}]
)
def test_what_was_stamped_must_be_said_whole(
    given: dict[str, object], client_as: ClientAs, node: Node, sample: Sample
) -> None:
    session = begun(client_as, node, sample.shotgun)
    before = node.stores.records.size()
    answer = client_as("registry_officer").post(session + "record/", given)
    assert (answer.status_code, node.stores.records.size()) == (422, before)


def test_what_the_record_refuses_is_said_and_nothing_is_written(
    client_as: ClientAs, node: Node, sample: Sample
) -> None:
    session = begun(client_as, node, sample.shotgun, sample.home_made)
    officer = client_as("registry_officer")
    officer.post(
        reverse("record_event", args=[sample.shotgun, "destroyed"]), {"happened": "2026-09-01", "method": "cut"}
    )
    before = node.stores.records.size()
    given = {"stamped": [f"W-{sample.shotgun}", f"W-{sample.home_made}"], "happened": "2026-09-30", **SURE}
    assert officer.post(session + "record/", given).status_code == 422
    assert node.stores.records.size() == before


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("W-1, 2\nW-3", [1, 2, 3]),
        ("W-5..W-8", [5, 6, 7, 8]),
        ("W-5 – W-6 W-5", [5, 6]),
        ("", []),
    ],
)
def test_weapons_are_named_one_by_one_or_in_a_row(text: str, weapons: list[int], node: Node) -> None:
    assert WeaponsField(required=False).clean(text) == weapons


@pytest.mark.parametrize("text", ["W-0", "pistol", "W-9..W-1", "W-1..W-99999999", "1..", "-1"])
def test_what_names_no_weapons_is_refused(text: str, client_as: ClientAs) -> None:
    answer = client_as("registry_officer").post(reverse("marking_plan"), {**PLAN, "block": "", "weapons": text})
    assert (answer.status_code, "weapon" in answer.content.decode()) == (422, True)


def test_blocks_are_allocated_and_their_gaps_shown(client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    block = {"holder": "XT-D01", "written_before": "AM-", "digits": 5, "check_system": "none", "first": 1, "last": 900}
    assert officer.post(reverse("new_block"), block).status_code == 302
    address = reverse("block", args=[node.stores.records.size() - 1])
    assert officer.post(address, {"first": "AM-00001", "last": "AM-00010"}).status_code == 302
    assert officer.post(address, {"first": "AM-00015"}).status_code == 302
    html = officer.get(address).content.decode()
    gaps = re.search(r'id="gaps-title".*?</section>', html, re.DOTALL)
    assert gaps is not None
    assert re.findall(r'class="mark">([^<]+)<', gaps[0]) == ["AM-00011", "AM-00014"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": 500, "last": 1200},
        {"first": 10, "last": 5},
        {"digits": 2, "last": 900},
        {"check_system": "mod_11_2"},
        {"written_before": "<b>"},
        {"holder": ""},
        {"holder": "Jo the smith"},
    ],
)
def test_a_block_that_cannot_be_is_refused(wrong: dict[str, object], client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    block = {"holder": "XT-D01", "written_before": "AM-", "digits": 5, "check_system": "none", "first": 1, "last": 900}
    officer.post(reverse("new_block"), block)
    given = {**block, "first": 901, "last": 1000, **wrong}
    assert (officer.post(reverse("new_block"), given).status_code, len(node.stores.numbers.blocks())) == (422, 1)


@pytest.mark.parametrize("numbers", [("XT26-000001-0", ""), ("000900", ""), ("XT26-999999-Z", "")])
def test_a_number_is_noted_once_and_as_it_is_written(numbers: tuple[str, str], client_as: ClientAs, node: Node) -> None:
    block = allocate(node)
    answer = client_as("registry_officer").post(
        reverse("block", args=[block]), dict(zip(("first", "last"), numbers, strict=True))
    )
    assert answer.status_code == 422


def test_a_closed_block_is_offered_no_more(client_as: ClientAs, node: Node, sample: Sample) -> None:
    officer, block = client_as("registry_officer"), allocate(node)
    closed = officer.post(reverse("close_block", args=[block]), {"note": "the year is over"})
    assert closed.headers["Location"] == reverse("block", args=[block])
    assert officer.post(reverse("close_block", args=[block]), {}).status_code == 422
    assert "closed on" in officer.get(reverse("numbers")).content.decode()
    given = {**PLAN, "block": block, "weapons": f"W-{sample.shotgun}", "begin": "1"}
    assert officer.post(reverse("marking_plan"), given).status_code == 422


def test_marks_are_held_against_instruments_and_law(client_as: ClientAs, sample: Sample) -> None:
    address = reverse("marks_check", args=[sample.pistol])
    html = client_as("registry_officer").get(address, {"profile": "us", "circumstance": "import"}).content.decode()
    assert "By the instruments" in html
    assert html.count('class="cite"') > 2
    assert client_as("registry_officer").get(address, {"on": "soon"}).status_code == 422


def ticked(html: str) -> list[str]:
    return re.findall(r'name="stamped" value="([^"]+)"[^>]* checked', html)


def test_nothing_is_ticked_until_somebody_ticks_it(client_as: ClientAs, node: Node, sample: Sample) -> None:
    session = begun(client_as, node, sample.shotgun, sample.home_made)
    officer = client_as("registry_officer")
    shown = officer.get(session).content.decode()
    all_of_them = officer.post(session + "record/", {"tick": "all", "place": "Amberly"}).content.decode()
    assert (ticked(shown), ticked(all_of_them)) == ([], [f"W-{sample.shotgun}", f"W-{sample.home_made}"])
    assert 'value="Amberly"' in all_of_them


def test_marks_are_shown_once_more_before_they_are_sealed(client_as: ClientAs, node: Node, sample: Sample) -> None:
    session = begun(client_as, node, sample.shotgun)
    before = node.stores.records.size()
    given = {"stamped": [f"W-{sample.shotgun}"], "happened": "2026-09-30", "place": "Amberly"}
    review = client_as("registry_officer").post(session + "record/", given)
    assert (review.status_code, node.stores.records.size()) == (200, before)
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', review.content.decode()))
    assert (again["stamped"], again["place"], again["happened"]) == (f"W-{sample.shotgun}", "Amberly", "2026-09-30")
    assert "U771204" in review.content.decode()
    back = client_as("registry_officer").post(session + "record/", {**given, "change": "1"}).content.decode()
    assert (ticked(back), 'value="Amberly"' in back) == ([f"W-{sample.shotgun}"], True)


def test_a_session_tells_the_weapon_in_the_hand_by_its_serial(client_as: ClientAs, node: Node, sample: Sample) -> None:
    html = client_as("registry_officer").get(begun(client_as, node, sample.shotgun, sample.home_made)).content.decode()
    assert [text in html for text in ("U771204", "Mossberg", "Material unknown")] == [True, True, True]


@pytest.mark.parametrize(
    ("given", "planned"),
    [
        ({"most": "1"}, ["revolver"]),
        ({"after": "W-3"}, ["shotgun"]),
        ({"model": "586"}, ["revolver"]),
        ({"serial": "u77"}, ["shotgun"]),
        ({"made": "2014"}, ["shotgun"]),
        ({}, ["revolver", "shotgun"]),
    ],
)
def test_a_holder_s_weapons_are_narrowed(
    given: dict[str, str], planned: list[str], client_as: ClientAs, sample: Sample
) -> None:
    asked = {**PLAN, "block": "", "holder": "XT-D01", **given}
    html = client_as("registry_officer").post(reverse("marking_plan"), asked).content.decode()
    assert re.findall(r'id="weapon-(\d+)"', html) == [str(getattr(sample, each)) for each in planned]
    last = getattr(sample, planned[-1])
    assert f"next session of this holder begins after W-{last}" in html


def test_a_session_is_not_offered_before_its_numbers_are_chosen(
    client_as: ClientAs, node: Node, sample: Sample
) -> None:
    asked = {**PLAN, "weapons": f"W-{sample.home_made}", "block": str(allocate(node))}
    offered = [
        'name="begin"' in client_as("registry_officer").post(reverse("marking_plan"), given).content.decode()
        for given in (asked, {**asked, "block": ""})
    ]
    assert offered == [True, False]
