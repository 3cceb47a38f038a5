"""`publish`: two persons, small numbers withheld, the same when drawn again."""

import json

from typer.testing import CliRunner, Result

from tracemark.cli.app import app
from tracemark.kernel import Refused

PERIOD = ("--from", "2000", "--to", "2026")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_figure_is_proposed_and_nobody_approves_their_own(demo_copy: str) -> None:
    told = run("publish", "propose", "weapons.transferred", *PERIOD, "--by", "year", "--db", demo_copy)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "PF-2026-000001" in told.stdout
    own = run("publish", "approve", "PF-2026-000001", "--db", demo_copy)
    assert own.exit_code == 1
    [listed] = [json.loads(line) for line in run("publish", "list", "--json", "--db", demo_copy).stdout.splitlines()]
    assert (listed["publication"], listed["standing"]) == ("PF-2026-000001", "proposed")
    assert all(row["number"] is None or row["number"] >= 5 or row["number"] == 0 for row in listed["rows"])
    assert run("publish", "verify", "PF-2026-000001", "--db", demo_copy).exit_code == 0


def test_what_cannot_be_done_says_why(demo_copy: str) -> None:
    result = run("publish", "verify", "PF-2026-000009", "--db", demo_copy)
    assert (result.exit_code, result.stderr) == (1, "There is no publication PF-2026-000009.\n")
    for arguments, code in (
        (("approve", "PF-2026-000009"), "reporting.no_such_publication"),
        (("propose", "weapons.reactivated", *PERIOD), "reporting.publication_unguarded"),
    ):
        refused = run("publish", *arguments, "--db", demo_copy).exception
        assert isinstance(refused, Refused)
        assert [each.code for each in refused.findings] == [code]
