"""Recording how a weapon came to hand, with pictures, and leading on to its trace."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.desk_work import picture, recover
from tests.web.sample import Sample
from tracemark.node import Node
from tracemark.weapons import WeaponId

GIVEN = {
    "event": "found",
    "happened": "2026-08",
    "place": "Brackwater ferry",
    "custodian": "XT-POL",
    "grounds": ["embargo", "unmarked"],
    "circumstances": "under a bridge",
    "kind": "revolver",
    "maker": "Smith & Wesson",
    "calibre": ".40",
    "reading_1": "CA?47[1I]*",
    "part_1": "frame",
    "reading_2": "4711",
    "part_2": "cylinder",
    "role_1": "possessor",
    "sex_1": "female",
    "age_1": "18-24",
    "role_2": "victim",
    "sex_2": "unknown",
    "age_2": "unknown",
}


def photo(shade: int, name: str = "mark.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(shade), "image/png")


def test_a_recovery_is_recorded_under_an_identity_of_its_own(client_as: ClientAs, node: Node) -> None:
    given = {**GIVEN, "photos": [photo(10), photo(20), photo(10, "again.png")]}
    answer = client_as("tracing_analyst").post(reverse("new_recovery"), given)
    weapon = WeaponId(int(re.findall(r"W-(\d+)", answer.headers["Location"])[0]))
    state, event = node.stores.register.state(weapon), node.stores.records.of_weapon(weapon)[0].event
    prints = [hashlib.sha256(picture(shade)).hexdigest() for shade in (10, 20)]
    assert (event.kind, str(event.happened), event.by) == ("found", "2026-08", "tracing_analyst")
    assert (event.details["photos"], event.details["grounds"]) == (prints, ["embargo", "unmarked"])
    assert event.details["persons"] == [
        {"role": "possessor", "sex": "female", "age_band": "18-24"},
        {"role": "victim", "sex": "unknown", "age_band": "unknown"},
    ]
    assert (state.description.maker, state.description.calibre) == ("smith_wesson", "")
    assert state.description.as_written == {"calibre": ".40"}
    assert [(mark.kind, mark.text, mark.serial, mark.part) for mark in state.marks] == [
        ("manufacture", "CA?47[1I]*", "", "frame"),
        ("component", "4711", "", "cylinder"),
    ]
    assert [(each.part, each.control) for each in state.components] == [("frame", True), ("cylinder", False)]


def test_pictures_lie_beside_the_record_and_are_shown_with_it(client_as: ClientAs, node: Node) -> None:
    weapon = recover(node)
    print_ = hashlib.sha256(picture(160)).hexdigest()
    analyst = client_as("tracing_analyst")
    assert f"/photos/{print_}/" in analyst.get(reverse("recovery", args=[weapon])).content.decode()
    shown = analyst.get(reverse("recovery_photo", args=[weapon, print_]))
    assert (shown.headers["Content-Type"], shown.content) == ("image/png", picture(160))


def test_a_picture_is_given_with_the_weapon_that_names_it_only(client_as: ClientAs, node: Node, sample: Sample) -> None:
    recover(node)
    print_ = hashlib.sha256(picture(160)).hexdigest()
    assert client_as("tracing_analyst").get(reverse("recovery_photo", args=[sample.pistol, print_])).status_code == 404


def test_a_picture_that_was_changed_is_not_shown(client_as: ClientAs, node: Node) -> None:
    weapon = recover(node)
    print_ = hashlib.sha256(picture(160)).hexdigest()
    (node.folder / "photos" / print_[:2] / print_).write_bytes(picture(161))
    assert client_as("tracing_analyst").get(reverse("recovery_photo", args=[weapon, print_])).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"happened": "soon"},
        {"place": ""},
        {"custodian": "XT-NOWHERE"},
        {"event": "stolen"},
        {"grounds": ["dislike"]},
        {"reading_1": "CA[47"},
        {"unmarked": "removed"},
        {"event": "found", "breach": "criminal"},
        {"event": "found", "taken_from": "other"},
        {"year": "1066"},
        {"photos": [SimpleUploadedFile("mark.svg", b"<svg onload=alert(1)>", "image/png")]},
        {"photos": [photo(shade) for shade in range(13)]},
    ],
)
def test_what_cannot_be_recorded_is_said(wrong: dict[str, object], client_as: ClientAs, node: Node) -> None:
    before = node.stores.records.size()
    answer = client_as("tracing_analyst").post(reverse("new_recovery"), {**GIVEN, **wrong})
    assert (answer.status_code, node.stores.records.size()) == (422, before)
    assert not (node.folder / "photos").exists()


def test_an_unmarked_weapon_says_why(client_as: ClientAs, node: Node) -> None:
    given = {"event": "seized", "happened": "2026", "place": "Dunholm", "custodian": "XT-POL", "origin": "printed"}
    given["unmarked"] = "never_marked"
    answer = client_as("registry_officer").post(reverse("new_recovery"), given)
    weapon = WeaponId(int(re.findall(r"W-(\d+)", answer.headers["Location"])[0]))
    described = node.stores.register.state(weapon).description
    assert (described.unmarked_because, described.origin) == ("never_marked", "printed")
    assert "Never marked" in client_as("auditor").get(answer.headers["Location"]).content.decode()


def test_a_seizure_says_for_what_and_from_whom(client_as: ClientAs) -> None:
    told = {"event": "seized", "breach": "administrative", "taken_from": "lawful_holder"}
    answer = client_as("tracing_analyst").post(reverse("new_recovery"), GIVEN | told)
    html = client_as("auditor").get(answer.headers["Location"]).content.decode()
    assert re.findall(r"<dd>(An administrative breach|Its lawful holder)</dd>", html) == [
        "An administrative breach",
        "Its lawful holder",
    ]


def test_weapons_in_custody_are_listed(client_as: ClientAs, node: Node, sample: Sample) -> None:
    weapon = recover(node)
    html = client_as("auditor").get(reverse("recoveries")).content.decode()
    assert re.findall(r'href="/recoveries/W-(\d+)/"', html) == [
        str(each) for each in (sample.pistol, sample.home_made, weapon)
    ]


def test_a_weapon_that_was_never_recovered_has_no_such_page(client_as: ClientAs, sample: Sample) -> None:
    assert client_as("tracing_analyst").get(reverse("recovery", args=[sample.rifle])).status_code == 404


def test_a_recovery_leads_to_the_trace_desk_with_what_is_known(client_as: ClientAs, node: Node) -> None:
    weapon = recover(node)
    analyst = client_as("tracing_analyst")
    assert f"?recovered=W-{weapon}" in analyst.get(reverse("recovery", args=[weapon])).content.decode()
    html = analyst.get(reverse("trace_desk"), {"recovered": f"W-{weapon}"}).content.decode()
    assert 'value="CA?471?"' in html
    assert 'value="Smith &amp; Wesson"' in html


@pytest.mark.parametrize("happened", ["1066-05-01", "1899", "2026-11-28T10:00", "2027-01-01"])
def test_a_day_on_which_nothing_can_have_been_recovered_is_refused(
    happened: str, client_as: ClientAs, node: Node
) -> None:
    before = node.stores.records.size()
    answer = client_as("tracing_analyst").post(
        reverse("new_recovery"), {**GIVEN, "happened": happened, "checked": "on"}
    )
    assert (answer.status_code, 'id="id_happened"' in answer.content.decode()) == (422, True)
    assert ("aria-invalid" in answer.content.decode(), node.stores.records.size()) == (True, before)


def test_a_recovery_of_long_ago_is_sealed_once_it_was_checked(client_as: ClientAs, node: Node) -> None:
    analyst, given = client_as("tracing_analyst"), {**GIVEN, "happened": "2006-08"}
    answer = analyst.post(reverse("new_recovery"), given)
    assert (answer.status_code, "more than 5 years ago" in answer.content.decode()) == (422, True)
    assert analyst.post(reverse("new_recovery"), {**given, "checked": "on"}).status_code == 302


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\nIHDR",
        picture(10)[:-20],
        picture(10).replace(b"IDAT", b"IDAX"),
        b"\xff\xd8\xff\xe0 no picture",
        b"RIFF\x04\x00\x00\x00WEBPVP8 ",
    ],
)
def test_what_begins_like_a_picture_and_is_none_is_refused(content: bytes, client_as: ClientAs, node: Node) -> None:
    given = {**GIVEN, "photos": [SimpleUploadedFile("mark.png", content, "image/png")]}
    answer = client_as("tracing_analyst").post(reverse("new_recovery"), given)
    assert (answer.status_code, "is no PNG, JPEG or WebP picture" in answer.content.decode()) == (422, True)


def test_going_back_and_sealing_again_records_nothing_twice(client_as: ClientAs, node: Node) -> None:
    analyst = client_as("tracing_analyst")
    ticket = re.search(r'name="once" value="([^"]+)"', analyst.get(reverse("new_recovery")).content.decode())
    assert ticket is not None
    first, second = (analyst.post(reverse("new_recovery"), {**GIVEN, "once": ticket[1]}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert "This form was sealed already" in analyst.get(second.headers["Location"]).content.decode()


def test_a_recovery_that_looks_recorded_already_is_sealed_once_it_was_checked(client_as: ClientAs, node: Node) -> None:
    analyst = client_as("tracing_analyst")
    first = analyst.post(reverse("new_recovery"), {**GIVEN, "photos": [photo(10)]}).headers["Location"]
    again = analyst.post(reverse("new_recovery"), {**GIVEN, "photos": [photo(20)]})
    html = again.content.decode()
    assert (again.status_code, "This looks like W-" in html, f'href="{first}"' in html) == (422, True, True)
    kept = re.search(r'name="kept" value="([^"]+)"', html)
    assert kept is not None
    sealed = analyst.post(reverse("new_recovery"), {**GIVEN, "kept": kept[1], "checked": "on"})
    weapon = WeaponId(int(re.findall(r"W-(\d+)", sealed.headers["Location"])[0]))
    photos = node.stores.records.of_weapon(weapon)[0].event.details["photos"]
    assert photos == [hashlib.sha256(picture(20)).hexdigest()]
    assert analyst.post(reverse("new_recovery"), {**GIVEN, "reading_1": "ZZ9"}).status_code == 302


def test_another_case_on_the_same_weapon_is_opened_knowingly(client_as: ClientAs, node: Node) -> None:
    analyst, recovered = client_as("tracing_analyst"), recover(node)
    opened = analyst.post(reverse("open_case", args=[recovered]), {"priority": "routine", "once": "a"})
    again = analyst.post(reverse("open_case", args=[recovered]), {"priority": "routine", "once": "a"})
    assert opened.headers["Location"] == again.headers["Location"]
    html = analyst.get(reverse("open_case", args=[recovered])).content.decode()
    assert "A case was opened on this weapon already" in html
    assert f'href="{opened.headers["Location"]}"' in html
