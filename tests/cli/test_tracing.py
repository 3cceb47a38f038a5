"""Tracing at a terminal."""

import json

from typer.testing import CliRunner

from tracemark.cli.app import app

ASKED = ("trace", "K?0000", "--import-country", "XT", "--json")


def test_a_score_is_drawn_again_with_the_weights_of_before(demo_copy: str) -> None:
    answers = {
        version: json.loads(CliRunner().invoke(app, [*ASKED, "--weights", version, "--db", demo_copy]).stdout)
        for version in ("v2", "v3")
    }
    weighed = {
        version: {
            reason["code"] for each in answer["candidates"] for reason in each["reasons"] if "import" in reason["code"]
        }
        for version, answer in answers.items()
    }
    assert {version: answer["weights"] for version, answer in answers.items()} == {"v2": "v2", "v3": "v3"}
    assert (weighed["v2"], bool(weighed["v3"]), all(each["candidates"] for each in answers.values())) == (
        set(),
        True,
        True,
    )


def test_weights_that_never_were_end_the_command(demo_copy: str) -> None:
    result = CliRunner().invoke(app, [*ASKED, "--weights", "v0", "--db", demo_copy])
    assert (result.exit_code, "v0" in result.stderr) == (1, True)
