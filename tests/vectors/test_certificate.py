"""The certificates' vectors are what the recipe writes, and a second verifier that shares no line with us agrees."""

import json
from datetime import date

import pytest

from tests.vectors.certificate import recipe
from tests.vectors.verifiers import second_verifier
from tracemark.node import check_certificate
from tracemark.transfers import CertificateRefused

VECTORS = json.loads(recipe.TARGET.read_text(encoding="utf-8"))


def test_the_recipe_writes_the_vectors() -> None:
    assert recipe.text() == recipe.TARGET.read_text(encoding="utf-8")


def test_a_second_verifier_agrees_with_every_case() -> None:
    assert second_verifier("certificate", recipe.TARGET) == (0, f"{len(VECTORS['cases'])} certificates: as expected\n")


@pytest.mark.parametrize("name", VECTORS["cases"])
def test_we_agree_with_every_case(name: str) -> None:
    case = VECTORS["cases"][name]
    try:
        found = check_certificate(case["token"], VECTORS["key"], date.fromisoformat(case["on"])).plain()
    except CertificateRefused:
        found = None
    assert found == case.get("contents")


def test_a_second_verifier_refuses_a_forged_one() -> None:
    case = VECTORS["cases"]["contents exchanged"]
    told = second_verifier("certificate", case["token"], VECTORS["key"], case["on"])
    assert told == (1, "certificate: not as expected\n")
