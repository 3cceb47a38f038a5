"""Tracing at a terminal."""

from typer.testing import CliRunner

from tracemark.cli.app import app


def test_weights_that_never_were_end_the_command(demo_copy: str) -> None:
    result = CliRunner().invoke(app, ["trace", "K?0000", "--weights", "v0", "--db", demo_copy])
    assert (result.exit_code, "v0" in result.stderr) == (1, True)
