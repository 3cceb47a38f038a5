"""The vectors of proofs are what the recipe writes, and a second verifier that shares no code with us agrees."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vectors.proofs import recipe
from tests.vectors.verifiers import second_verifier
from tracemark.exchange.letters import sign_document
from tracemark.node import verify_carried
from tracemark.recordkeeping import CarriedProof, NotACheckpoint, ProofRefused, SignatureRefused, VerifierKey

VECTORS = json.loads(recipe.TARGET.read_text(encoding="utf-8"))
KEYS = list(map(VerifierKey.parse, VECTORS["keys"]))


def test_the_recipe_writes_the_vectors() -> None:
    assert recipe.text() == recipe.TARGET.read_text(encoding="utf-8")


def test_a_second_verifier_agrees_with_every_case() -> None:
    assert second_verifier("proofs", recipe.TARGET) == (0, f"{len(VECTORS['cases'])} proofs: as expected\n")


@pytest.mark.parametrize("name", VECTORS["cases"])
def test_we_agree_with_every_case(name: str) -> None:
    case = VECTORS["cases"][name]
    try:
        proof = CarriedProof.parse(case["proof"])
        found = len(verify_carried(proof, KEYS).witnesses) >= case["least"]
    except (SignatureRefused, ProofRefused):
        found = False
    assert found == case["good"]
    assert str(CarriedProof.parse(case["proof"])) == case["proof"]


@pytest.mark.parametrize("changed", [("@v1", "@v2"), ("extra ", "extra"), ("index ", "index 0"), ("\n\n", "\n")])
def test_another_shape_is_no_proof(changed: tuple[str, str]) -> None:
    with pytest.raises(NotACheckpoint):
        CarriedProof.parse(VECTORS["cases"]["two witnesses"]["proof"].replace(*changed, 1))


ANSWER = json.loads(recipe.ANSWER.read_text(encoding="utf-8"))


def test_the_recipe_writes_the_answer() -> None:
    assert recipe.answer_text() == recipe.ANSWER.read_text(encoding="utf-8")


def verified(told: dict[str, Any], folder: Path, least: int = 2) -> tuple[int, str]:
    (folder / "answer.json").write_text(json.dumps(told), encoding="utf-8")
    return second_verifier("proofs", "answer", folder / "answer.json", str(least))


def test_an_answer_is_verified_by_who_shares_no_code_with_us(tmp_path: Path) -> None:
    status, said = verified(ANSWER, tmp_path)
    assert (status, json.loads(said)["body"]["answer"]["result"]) == (0, "not_found")


def signed_anew(told: dict[str, Any]) -> dict[str, Any]:
    """Another answer, well signed by the same State: its record holds the fingerprint of the first."""
    payload = told["document"].split(".")[1]
    letter = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    letter["body"]["answer"]["reasons"] = "Lost in a fire."
    return {**told, "document": sign_document(letter, recipe.LOG)}


LIES: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], int, str]] = {
    "another answer": (signed_anew, 2, "fingerprint of the answer"),
    "another signature": (
        lambda told: {**told, "document": told["document"][:-4] + "AAAA"},
        2,
        "signature of the answer",
    ),
    "another signer": (lambda told: {**told, "signer": "00" * 32}, 2, "signer of the answer"),
    "another proof": (
        lambda told: {**told, "proof": told["proof"].replace("index 5", "index 4")},
        2,
        "proof of the answer",
    ),
    "one witness short": (lambda told: told, 3, "proof of the answer"),
    "another record": (lambda told: {**told, "keys": VECTORS["keys"][1:]}, 2, "proof of the answer"),
}


@pytest.mark.parametrize("lie", LIES)
def test_each_lie_in_an_answer_is_named(lie: str, tmp_path: Path) -> None:
    change, least, named = LIES[lie]
    assert verified(change(ANSWER), tmp_path, least) == (1, f"{named}: not as expected\n")
