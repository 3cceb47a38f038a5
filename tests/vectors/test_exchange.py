"""The vectors of the exchange are what the recipe writes, and a second verifier that shares no line with us agrees."""

import json
import shutil
from pathlib import Path

import pytest

from tests.vectors.exchange import recipe
from tests.vectors.verifiers import second_verifier

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
