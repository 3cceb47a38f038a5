"""Tracing at a terminal."""

import json

from typer.testing import CliRunner

from tracemark.cli.app import app
from tracemark.node import Node
from tracemark.weapons import WeaponId


def test_a_score_is_drawn_again_with_the_weights_of_before(demo_copy: str, demo_node: Node) -> None:
    serial = next(mark.serial for mark in demo_node.stores.register.state(WeaponId(17)).marks if mark.serial)
    weighed = {}
    for version in ("v2", "v3"):
        asked = ["trace", serial, "--import-country", "XT", "--weights", version, "--json", "--db", demo_copy]
        answer = json.loads(CliRunner().invoke(app, asked).stdout)
        codes = [reason["code"] for reason in answer["candidates"][0]["reasons"]]
        weighed[answer["weights"]] = any(code.startswith("tracing.import_country") for code in codes)
    assert weighed == {"v2": False, "v3": True}


def test_weights_that_never_were_end_the_command(demo_copy: str) -> None:
    result = CliRunner().invoke(app, ["trace", "K?0000", "--weights", "v0", "--db", demo_copy])
    assert (result.exit_code, "v0" in result.stderr) == (1, True)
