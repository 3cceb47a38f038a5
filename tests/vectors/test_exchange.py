"""The vectors of the exchange are what the recipe writes, and a second verifier that shares no line with us agrees."""

import base64
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.node.two_nodes import pair, post
from tests.vectors.exchange import recipe
from tests.vectors.verifiers import second_verifier
from tracemark.node import seal_posted

ROOT = Path(__file__).parents[2]

ENVELOPE = json.loads((recipe.FOLDER / "envelope.json").read_text("utf-8"))
SPOILT = {
    "cards.json": "spoken",
    "envelope.json": "letter",
    "receipt.json": "receipt",
    "request.json": "signer",
}


def test_the_recipe_writes_the_vectors() -> None:
    assert recipe.texts() == {name: (recipe.FOLDER / name).read_text("utf-8") for name in recipe.texts()}


def test_we_open_the_envelope() -> None:
    found = recipe.received(ENVELOPE["letter"].encode())
    assert (found.id, found.body, found.digest) == (recipe.MESSAGE_ID, recipe.MESSAGE.body, ENVELOPE["digest"])


SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/reference/exchange/envelope.schema.json").read_text("utf-8")))


def test_the_published_schema_is_that_of_what_is_sent() -> None:
    two = pair()
    post_id = post(two.ours, replace(recipe.MESSAGE, to=two.theirs.key.name))
    letter = seal_posted(two.ours, two.ours.stores.outbox.posted(post_id))
    sent = json.loads(_unpadded(two.theirs.letterbox.reader.unseal(letter).decode().split(".")[1]))
    for told in (sent, ENVELOPE["told"]):
        assert list(SCHEMA.iter_errors(told)) == []
        for name in told:
            assert not SCHEMA.is_valid({key: value for key, value in told.items() if key != name}), name
    assert not SCHEMA.is_valid({**sent, "more": 1})


def _unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_second_verifier_agrees() -> None:
    expected = "exchange: cards, envelope, receipt and request as expected\n"
    assert second_verifier("exchange", recipe.FOLDER) == (0, expected)


@pytest.mark.parametrize("name", SPOILT)
def test_a_second_verifier_refuses_what_was_changed(name: str, tmp_path: Path) -> None:
    shutil.copytree(recipe.FOLDER, tmp_path / "1")
    told = json.loads((tmp_path / "1" / name).read_text("utf-8"))
    value = told[SPOILT[name]]
    told[SPOILT[name]] = ("1" if value[0] != "1" else "2") + value[1:]
    (tmp_path / "1" / name).write_text(json.dumps(told), "utf-8")
    assert second_verifier("exchange", tmp_path / "1")[0] == 1
