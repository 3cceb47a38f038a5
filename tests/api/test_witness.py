"""The witness over HTTP, status by status as C2SP tlog-witness has it, and the private question."""

import base64

import pytest
from django.test import Client

from tests.api.register import REGISTRY
from tests.recordkeeping.sealed_logs import SealedLog, SeededSigner
from tracemark import exchange, recordkeeping
from tracemark.authorities import Role
from tracemark.kernel import Actor, Plain, instant_text
from tracemark.node import Node
from tracemark.node.questioning import QUESTION
from tracemark.recordkeeping import (
    Checkpoint,
    Neighbour,
    Submission,
    TileHashes,
    VerifierKey,
    consistency_proof,
    origin_hash,
    quorum,
    sign_checkpoint,
)

LOG = SealedLog([3, 2, 8])
HEADS = {each.size: each for each in LOG.checkpoints}
KEY = VerifierKey(LOG.signer.name, LOG.signer.public_key)
CONTACT = Actor("contact", REGISTRY, frozenset({Role.POINT_OF_CONTACT.value, Role.REGISTRY_OFFICER.value}))


@pytest.fixture(scope="module", autouse=True)
def _neighbour(node: Node) -> None:
    node.witnessing.put_neighbour(Neighbour(KEY, may_ask=True), CONTACT)


def submitted(old: int, new: int, head: Checkpoint | None = None) -> str:
    proof = consistency_proof(old, new, TileHashes(LOG.seal)) if 0 < old < new else []
    return str(Submission(old, tuple(proof), head or HEADS[new]))


def post(client: Client, text: str, content_type: str = "text/plain") -> tuple[int, str, str]:
    answer = client.post("/exchange/witness/add-checkpoint", text.encode(), content_type=content_type)
    return answer.status_code, answer["Content-Type"], answer.content.decode()


def test_heads_are_cosigned_and_served_to_everybody(stranger: Client, node: Node) -> None:
    address = f"/exchange/witness/{origin_hash(KEY.name)}/checkpoint"
    assert stranger.get(address).status_code == 404
    assert post(stranger, submitted(0, 3))[:2] == (200, "text/plain; charset=utf-8")
    status, _, line = post(stranger, submitted(3, 5), content_type="application/octet-stream")
    served = Checkpoint.parse(stranger.get(address).content.decode())
    witness = VerifierKey(node.key.name, node.key.public_key, 4)
    assert (status, line) == (200, f"{served.signatures[1]}\n")
    assert (served.size, quorum(served, [witness], exchange.verify_signature)) == (5, frozenset({witness.name}))
    forged = sign_checkpoint(Checkpoint(KEY.name, 5, bytes(32)), LOG.signer)
    unknown = sign_checkpoint(Checkpoint("nobody.example", 5, bytes(32)), SeededSigner("nobody.example"))
    unsigned = sign_checkpoint(Checkpoint(KEY.name, 13, bytes(32)), SeededSigner(KEY.name, 99))
    assert post(stranger, submitted(0, 5)) == (409, "text/x.tlog.size", "5\n")
    assert [post(stranger, submitted(5, 5, each))[0] for each in (forged, unknown, unsigned)] == [422, 404, 403]
    assert [post(stranger, each)[0] for each in (submitted(13, 5), "old 5\n", "{}", "")] == [400, 400, 400, 400]
    (alarm,) = recordkeeping.alarms(CONTACT, node.stores)
    assert (alarm.kind.value, alarm.origin) == ("split_view", KEY.name)


def test_our_own_head_is_served_with_its_cosignatures(stranger: Client, node: Node) -> None:
    assert Checkpoint.parse(stranger.get("/exchange/checkpoint").content.decode()) == node.witnessing.own_head()


def test_a_private_question_is_answered_over_http(stranger: Client, node: Node) -> None:
    assert stranger.get("/exchange/question/tags").status_code == 404
    node.questioning.tags.build(CONTACT)
    told = stranger.get("/exchange/question/tags").json()["notice"]
    content = b"".join(stranger.get(f"/exchange/question/tags/{told['sha256']}"))
    assert len(content) == told["tags"] * 6
    keys = [exchange.mark_input(each) for each in ("GLOCK:KT00003X", ":KT00003X", "GLOCK:KT99999X")]
    drawn = exchange.blind([*keys, *[b"\0"] * 61])
    body: dict[str, Plain] = {
        "asker": KEY.name,
        "to": node.key.name,
        "at": instant_text(node.clock.now()),
        "elements": base64.b64encode(drawn.elements).decode(),
    }
    text = recordkeeping.sign_file(QUESTION, body, LOG.signer)
    answer = stranger.post("/exchange/question", text, content_type="text/plain")
    tags = drawn.tags(answer.content, bytes.fromhex(told["public_key"]))
    held = {content[at : at + 6] for at in range(0, len(content), 6)}
    assert [each in held for each in tags[:3]] == [True, True, False]
    refused = stranger.post("/exchange/question", text.replace(KEY.name, "nobody"), content_type="text/plain")
    assert (refused.status_code, refused.json()["code"]) == (422, "tracing.question_unknown_asker")
    assert [(each.asker, each.keys) for each in node.stores.questions.newest(5)] == [(KEY.name, 64)]
