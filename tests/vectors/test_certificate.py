"""The certificates' vectors are what the recipe writes, and a second verifier that shares no line with us agrees."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.vectors.certificate import recipe
from tracemark.node import check_certificate
from tracemark.transfers import CertificateRefused

HERE = Path(__file__).parent / "certificate"
VECTORS = json.loads(recipe.TARGET.read_text(encoding="utf-8"))


def second_verifier(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-I", str(HERE / "second_verifier.py"), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def test_the_recipe_writes_the_vectors() -> None:
    assert recipe.text() == recipe.TARGET.read_text(encoding="utf-8")


def test_a_second_verifier_agrees_with_every_case() -> None:
    assert second_verifier(str(recipe.TARGET)) == (0, f"{len(VECTORS['cases'])} certificates: as expected\n")


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
    told = second_verifier(case["token"], VECTORS["key"], case["on"])
    assert told == (1, "certificate: not as expected\n")
