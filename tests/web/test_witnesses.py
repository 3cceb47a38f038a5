"""The page of witnesses: an alarm with its evidence, and its explanation; and the form of the private question."""

from django.test import Client

from tests.recordkeeping.sealed_logs import SealedLog
from tests.rooms import officer
from tests.web.conftest import ClientAs
from tracemark import recordkeeping
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.recordkeeping import AlarmKind, AlarmStanding, Neighbour, SeenHead, VerifierKey

LOG = SealedLog([3, 2])
CONTACT = officer(Role.POINT_OF_CONTACT)


def text_of(client: Client, address: str = "/witnesses/") -> str:
    return client.get(address).content.decode()


def test_an_alarm_is_shown_with_its_heads_and_explained_once(client_as: ClientAs, node: Node) -> None:
    node.witnessing.put_neighbour(Neighbour(VerifierKey(LOG.signer.name, LOG.signer.public_key)), CONTACT)
    node.stores.witnesses.see(SeenHead(LOG.checkpoints[0], "2026-01-01T00:00:00.000Z"))
    name = recordkeeping.sound_alarm(
        kind=AlarmKind.SPLIT_VIEW,
        origin=LOG.signer.name,
        heads=LOG.checkpoints,
        actor=CONTACT,
        stores=node.stores,
        clock=node.clock,
    )
    contact = client_as("point_of_contact")
    assert "two different heads" in text_of(contact)
    assert all(f'<pre dir="ltr">{each.origin}\n{each.size}\n' in text_of(contact) for each in LOG.checkpoints)
    assert f"/witnesses/{name}/explain/" not in text_of(client_as("auditor"))
    for reason in ("", "a restored copy", "again"):
        assert contact.post(f"/witnesses/{name}/explain/", {"reason": reason}).status_code == 302
    (alarm,) = recordkeeping.alarms(CONTACT, node.stores)
    assert (alarm.standing, alarm.explanation) == (AlarmStanding.EXPLAINED, "a restored copy")


def test_a_private_question_says_why_it_got_no_answer(client_as: ClientAs, node: Node) -> None:
    analyst = client_as("tracing_analyst")
    assert "tracemark witness add" in text_of(analyst, "/ask-privately/")
    address = "http://127.0.0.1:9"
    node.witnessing.put_neighbour(Neighbour(VerifierKey(LOG.signer.name, LOG.signer.public_key), address), CONTACT)
    assert 'value="A?123?5"' in text_of(analyst, "/ask-privately/?reading=A%3F123%3F5")
    for reading, said in (("A?1", "gave no answer"), ("*", "leaves open"), ("A[", "bracket")):
        answer = analyst.post("/ask-privately/", {"node": LOG.signer.name, "reading": reading})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
