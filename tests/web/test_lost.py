"""The page of lost and stolen weapons: shared in a form, kept from a file, bad rows named, hits shown."""

from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.peer_work import know, signed
from tracemark.kernel import PartialDate
from tracemark.node import Node, look_for_lost
from tracemark.recordkeeping import Event, EventKind, append
from tracemark.weapons import WeaponId


def test_a_file_is_kept_or_its_rows_are_named_and_what_fits_is_shown(client_as: ClientAs, node: Node) -> None:
    analyst = client_as("tracing_analyst")
    bad = SimpleUploadedFile("list.csv", b"Serial number,Status\n,stolen\nX1,melted\n")
    told = unescape(analyst.post(reverse("import_lost"), {"file": bad}).content.decode())
    assert ("Row 2, serial number: There is no number." in told, "Row 3, lost or stolen" in told) == (True, True)
    state = next(each for each in node.stores.register.states([WeaponId(1)]).values() if each.marks)
    line = f"Make,Serial number\n{state.description.maker},{state.marks[0].serial}\n"
    sent = analyst.post(reverse("import_lost"), {"file": SimpleUploadedFile("list.csv", line.encode())})
    assert sent.status_code == 302
    [(_, found)] = look_for_lost(node).hits
    address = sent.headers["Location"]
    assert (found.weapon, found.fit.value) == (state.weapon, "exact")
    shown = unescape(analyst.get(address).content.decode())
    assert ("maker and number agree" in shown, state.marks[0].serial in shown) == (True, False)
    assert state.marks[0].serial in unescape(analyst.post(address).content.decode())


def test_what_is_lost_is_shared_to_a_node_that_is_known(client_as: ClientAs, node: Node) -> None:
    card, _ = signed()
    know(node, card)
    analyst = client_as("tracing_analyst")
    asked = {"node": card.name, "form": "hashed"}
    assert "No weapon with a number is recorded" in unescape(
        analyst.post(reverse("share_lost"), asked).content.decode()
    )
    pistol = next(each for each in node.stores.register.states([WeaponId(1)]).values())
    today = PartialDate.of(node.clock.now().date())
    with node.stores.atomic():
        stolen = Event(pistol.weapon, EventKind.STOLEN, today, "XT-REG", "officer", {"place": "depot"})
        append(events=[stolen], stores=node.stores, clock=node.clock)
    assert analyst.post(reverse("share_lost"), asked).status_code == 302
    assert [each.message.type for each in node.stores.outbox.waiting()] == ["tracemark.lost-list/1"]
    assert analyst.post(reverse("share_lost"), {**asked, "node": "a stranger"}).status_code == 422
