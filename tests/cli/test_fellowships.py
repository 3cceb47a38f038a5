"""A cohort on the command line: proposed by one login, decided by another, certified, checked and followed up."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.cli.typists import Two, introduce
from tests.fellowship.courses import OPEN_CALL, Course, nominee
from tracemark.cli.app import app
from tracemark.kernel import Refused
from tracemark.node import Node
from tracemark.recordkeeping import VerifierKey


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["fellowship", *arguments, "--db", url])


def plain(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, (result.exception, result.output)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_cohort_goes_from_its_proposal_to_a_certificate_anybody_checks(
    demo_copy: str, demo_node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Course.called(demo_node.stores)
    names = [course.nominate(nominee(state)) for state in ("XA", "XB", "XC")]
    late = run(demo_copy, "nominate", course.name, "--state", "XD", "--name", "Somebody", "--language", "en",
               "--because", "told later")  # fmt: skip
    assert isinstance(late.exception, Refused)
    assert [each.code for each in late.exception.findings] == ["fellowship.after_deadline"]
    monkeypatch.setenv("LOGNAME", "one")
    assert len(plain(run(demo_copy, "propose", course.name, "--json"))["proposal"]["selected"]) == 2
    assert isinstance(run(demo_copy, "decide", course.name).exception, Refused)
    monkeypatch.setenv("LOGNAME", "two")
    decided = plain(run(demo_copy, "decide", course.name, "--json"))
    fellow, *_ = (each["name"] for each in decided["items"] if each["standing"] == "selected")
    monkeypatch.setenv("LOGNAME", "one")
    assert run(demo_copy, "hold", course.name, "M1", "--on", "2026-05-08", "--present", fellow, "--passed",
               fellow).exit_code == 0  # fmt: skip
    monkeypatch.setenv("LOGNAME", "two")
    assert run(demo_copy, "certify", fellow).exit_code == 0
    token = run(demo_copy, "certificate", fellow).stdout.strip()
    key = str(VerifierKey(demo_node.stores.signer.name, demo_node.stores.signer.public_key))
    checked = CliRunner().invoke(app, ["fellowship", "check", token, "--key", key, "--json"])
    assert plain(checked)["certificate"]["number"] == fellow
    bought = plain(run(demo_copy, "scenarios", course.name, "--contribution", "10000", "--json"))["scenarios"]
    assert [len(each["selected"]) for each in bought] == [2, 3]
    assert {each["nomination"] for each in plain(run(demo_copy, "due", "--json"))["due"]} == {fellow}
    assert len(names) == len(decided["items"])


def carried(two: Two, stick: Path) -> None:
    """Let each write its letters on a stick, and take in what lies there."""
    for each in (*two, *two):
        each.types("deliver", "--to-files", str(stick))
        for reader in two:
            reader.types("receive", str(stick))


def name_of(told: str) -> str:
    return str(json.loads(told)["name"])


def test_a_nomination_at_another_node_is_withdrawn_by_letter(two: Two, tmp_path: Path) -> None:
    state, host = two
    introduce(two, tmp_path)
    money = ("--kind", "voluntary", "--donor", "XB", "--ceiling", "300", "--currency", "USD", "--first", "2026-01-01")
    fund = name_of(host.does("fellowship", "fund", "Voluntary contribution", *money, "--last", "2099-12-31", "--json"))
    called = OPEN_CALL.replace("FUND", fund) + '[[state]]\ncode = "XA"\nname = "Arlandia"\nregion = "155"\n'
    (tmp_path / "call.toml").write_text(called, "utf-8")
    cohort = name_of(host.does("fellowship", "call", str(tmp_path / "call.toml"), "--json"))
    who = ("--state", "XA", "--name", "Somebody Invented", "--agency", "police", "--sex", "female", "--age-band")
    known = ("35-49", "--language", "en", "--fellow-before", "no", "--to", "xb/tracemark/record")
    sent = name_of(state.does("fellowship", "nominate", cohort, *who, *known, "--json"))
    stick = tmp_path / "stick"
    carried(two, stick)
    assert state.does("fellowship", "sent").endswith(f"{cohort} received")
    why = ("--reason", "moved to another post")
    assert state.does("fellowship", "withdraw-sent", sent, *why).startswith(f"{sent} is withdrawn.")
    assert "received Withdrawn by this State: " in state.does("fellowship", "sent")
    assert "so that this step cannot follow" in state.fails("fellowship", "withdraw-sent", sent, *why)
    carried(two, stick)
    (kept,) = json.loads(host.does("fellowship", "show", cohort, "--json"))["items"]
    assert (kept["standing"], kept["reason"]) == ("withdrawn", "moved to another post")
    (told,) = json.loads(state.does("fellowship", "sent", "--json"))["items"]
    assert (told["name"], told["status"], told["number"]) == (sent, "withdrawn", kept["name"])
    assert told["withdrawn_because"] == "moved to another post"


def test_a_fund_is_revised_where_something_changes_and_closed(two: Two) -> None:
    typist = two[0]
    money = ("--kind", "voluntary", "--donor", "XB", "--ceiling", "300", "--currency", "USD", "--first", "2026-01-01")
    fund = name_of(typist.does("fellowship", "fund", "Voluntary gift", *money, "--last", "2026-12-31", "--json"))
    more = ("--ceiling", "500", "--last", "2027-12-31", "--conditions", "for women first")
    typist.does("fellowship", "revise-fund", fund, *more, "--reason", "more was given")
    (told,) = json.loads(typist.does("fellowship", "funds", "--json"))["funds"]
    kept = ("title", "kind", "donor", "ceiling", "currency", "first", "last", "conditions", "reason")
    assert [told[each] for each in kept] == [
        "Voluntary gift", "voluntary", "XB", "500", "USD", "2026-01-01", "2027-12-31", "for women first",
        "more was given",
    ]  # fmt: skip
    typist.does("fellowship", "close-fund", fund, "--reason", "the agreement ended")
    assert "closed" in typist.does("fellowship", "funds")
    again = typist.fails("fellowship", "revise-fund", fund, "--ceiling", "9", "--reason", "again")
    assert "so that this step cannot follow" in again
    unknown = typist.fails("fellowship", "revise-fund", "FF-2026-000099", "--reason", "why")
    assert unknown.startswith("There is nothing called FF-2026-000099")
