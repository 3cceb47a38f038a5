"""The vectors of proofs are what the recipe writes, and a second verifier that shares no code with us agrees."""

import json

import pytest

from tests.vectors.proofs import recipe
from tests.vectors.verifiers import second_verifier
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
