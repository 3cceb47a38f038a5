"""A campaign at the command line: planned, told of, and beside each claim what the register itself shows."""

import json

from tests.cli.test_contract import plain, run

PLAN = (
    *("--quantity", "500", "--first", "2020-01-01", "--last", "2020-12-31", "--responsible", "XT-ARMY"),
    *("--supply", "diesel|litre|100", "--machine", "press|30", "--json"),
)


def test_what_a_campaign_claims_stands_beside_what_the_record_shows(demo_copy: str) -> None:
    at = ("--db", demo_copy)
    figure = plain(
        run("figure", "destructions.weapons", "--from", "2020", "--to", "2020", "--by", "authority", "--json", *at)
    )
    cells = figure["by"]
    assert isinstance(cells, list)
    place, shown = max(((each["authority"], each["value"]) for each in cells), key=lambda each: int(each[1]))
    planned = plain(
        run("campaign", "plan", "destruction", "Old rifles", "--place", place, "--commitment", "PoA II.19", *PLAN, *at)
    )
    name = str(planned["campaign"])
    assert run("campaign", "start", name, "--on", "2020-01-01", *at).exit_code == 0
    days = ("--first", "2020-01-01", "--last", "2020-12-31")
    assert run("campaign", "return", name, *days, "--done", "9", "--used", "diesel=400", *at).exit_code == 1
    unreadable = run("campaign", "return", name, *days, "--done", "9", "--used", "diesel", *at)
    assert (unreadable.exit_code, "“diesel” cannot be read" in unreadable.stderr) == (1, True)
    told = plain(run("campaign", "return", name, *days, "--done", str(shown + 3), "--used", "diesel=40", "--json", *at))
    returns, alarms = told["returns"], told["alarms"]
    assert isinstance(returns, list)
    assert isinstance(alarms, list)
    assert [(each["shown"], each["differs"]) for each in returns] == [(shown, 3)]
    assert (told["done"], told["left"], alarms[0]["code"]) == (
        shown, {"diesel": "60"}, "assistance.campaign_claims_more",
    )  # fmt: skip
    assert plain(run("campaign", "count", name, "--json", *at))["returns"] == told["returns"]
    text = run("campaign", "show", name, *at)
    assert (text.exit_code, "3 more than is on record" in text.stderr) == (0, True)
    assert run("campaign", "close", name, "--reason", "Done.", *at).exit_code == 0
    assert [json.loads(each)["standing"] for each in run("campaign", "list", "--json", *at).stdout.splitlines()] == [
        "closed"
    ]
    assert run("campaign", "show", "LC-2026-000009", *at).exit_code == 1
