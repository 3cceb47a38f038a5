"""A certificate is checked without a register; embargoes are listed by day; names are held against the list."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.vectors.certificate import recipe
from tracemark import node, transfers
from tracemark.authorities import Role
from tracemark.cli.app import app, main
from tracemark.kernel import Actor, Refused
from tracemark.transfers import Denied

VECTORS = json.loads(recipe.TARGET.read_text("utf-8"))
KEY = str(VECTORS["key"])
APPROVER = Actor("approver", "XT-REG", frozenset({Role.APPROVER.value}))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def token(name: str) -> str:
    return str(VECTORS["cases"][name]["token"])


def test_a_good_certificate_is_told_from_the_token_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "certificate.txt"
    file.write_text(token("good") + "\n", "utf-8")
    for given in (token("good"), str(file)):
        told = run("certificate", "verify", given, "--key", KEY, "--on", "2026-05-06")
        assert told.exit_code == 0
        assert "xt.example/record signed the certificate EC-2026-000001" in " ".join(told.stdout.split())
        plain = run("certificate", "verify", given, "--key", KEY, "--on", "2026-05-06", "--json")
        assert json.loads(plain.stdout)["certificate"] == recipe.GOOD.plain()


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("another key", "2026-05-06", "transfers.certificate_forged"),
        ("contents exchanged", "2026-05-06", "transfers.certificate_forged"),
        ("expired", "2026-12-01", "transfers.certificate_expired"),
        ("office ended", "2026-05-06", "transfers.certificate_office"),
    ],
)
def test_one_that_is_not_good_is_refused(name: str, on: str, code: str) -> None:
    told = run("certificate", "verify", token(name), "--key", KEY, "--on", on)
    assert told.exit_code == 1
    assert isinstance(told.exception, Refused)
    assert [each.code for each in told.exception.findings] == [code]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Do not accept it; ask the State that is said to have given it."),
        ("fr", "Ne l’acceptez pas ; demandez à l’État qui l’aurait délivré."),
        ("es", "No lo acepte; pregunte al Estado que lo habría expedido."),
        ("ru", "Не принимайте его; запросите государство, которое якобы его выдало."),
        ("ar", "لا تقبلها؛ واسأل الدولة التي يُقال إنها أصدرتها."),
        ("zh-hans", "不要接受；请向据称签发它的国家查询。"),
    ],
)
def test_a_forged_code_is_refused_with_what_to_do(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACEMARK_LANGUAGE", language)
    given = ["certificate", "verify", token("contents exchanged"), "--key", KEY, "--on", "2026-05-06"]
    monkeypatch.setattr(sys, "argv", ["tracemark", *given])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (1, "")
    assert said in " ".join(told.err.split())


def test_a_key_that_is_none_is_refused() -> None:
    told = run("certificate", "verify", token("good"), "--key", "nonsense")
    assert isinstance(told.exception, Refused)
    assert [each.code for each in told.exception.findings] == ["transfers.key_unreadable"]
    assert run("certificate", "verify", token("good"), "--key", KEY, "--on", "May").exit_code == 1


def test_embargoes_are_listed_by_destination_and_day() -> None:
    plain = json.loads(run("embargoes", "--state", "LR", "--on", "2010-01-01", "--json").stdout)
    assert [each["symbol"] for each in plain["embargoes"]] == ["S/RES/788 (1992)"]
    assert "S/RES/788" in run("embargoes", "--on", "2010-01-01").stdout
    assert "No embargo of the table" in run("embargoes", "--state", "LR", "--on", "2020-01-01").stdout
    assert run("embargoes", "--state", "Liberia").exit_code == 1


def test_names_are_held_against_the_listed_parties(demo_copy: str) -> None:
    assert "No name looks like a listed party." in run("screen", "Goluboye More", "--db", demo_copy).stdout
    opened = node.open_node(demo_copy)
    denied = Denied("", "Goluboe More", ("Голубое Море",), "RU", "Diverted")
    party = transfers.list_party(denied=denied, actor=APPROVER, stores=opened.stores, clock=opened.clock)
    assert "is written nearly as" in run("screen", "Goluboye More", "--db", demo_copy).stdout
    plain = json.loads(run("screen", "Goluboye More", "Red Star", "--db", demo_copy, "--json").stdout)
    assert plain == {"hits": [{"name": "Goluboye More", "party": party, "matched": "Goluboe More", "why": "near"}]}


def test_poa_ii_6_a_party_is_listed_and_taken_off_from_the_command_line(demo_copy: str) -> None:
    def told(*arguments: str) -> Result:
        return run("party", *arguments, "--db", demo_copy)

    begun = json.loads(told("list", "--json").stdout)["parties"]
    names = ("Goluboe More", "--alias", "Голубое Море", "--alias", "Blue Sea", "--state", "RU", "--source", "Note 7")
    party = json.loads(told("add", *names, "--reason", "Diverted", "--json").stdout)["party"]
    person = json.loads(told("add", "Invented Person", "--person", "--reason", "Diverted", "--json").stdout)["party"]
    found = json.loads(told("list", "--json").stdout)["parties"]
    plain = {"state": "RU", "reason": "Diverted", "person": False}
    assert found == [
        {"party": person, "name": "", "aliases": [], "state": "", "reason": "Diverted", "person": True},
        {"party": party, "name": "Goluboe More", "aliases": ["Голубое Море", "Blue Sea"], **plain},
        *begun,
    ]
    listed = told("list").stdout
    assert ("Blue Sea (Russian Federation)  Diverted" in listed, "Invented" in listed) == (True, False)
    assert party in told("remove", party, "--reason", "By mistake").stdout
    left = [each["party"] for each in json.loads(told("list", "--json").stdout)["parties"]]
    assert left == [person, *(each["party"] for each in begun)]
    opened = node.open_node(demo_copy)
    sealed = [each.event for each in opened.stores.dossiers.events(party)]
    assert [(each.kind.value, each.by[:4], each.details.get("symbol")) for each in sealed] == [
        ("party_listed", "cli:", "Note 7"),
        ("party_delisted", "cli:", None),
    ]


def test_a_party_that_cannot_be_listed_or_taken_off_is_refused(demo_copy: str) -> None:
    def codes(*arguments: str) -> list[str]:
        refused = run("party", *arguments, "--db", demo_copy)
        assert refused.exit_code == 1
        return [each.code for each in refused.exception.findings] if isinstance(refused.exception, Refused) else []

    assert codes("add", "Blue Sea", "--reason", "x", "--state", "QQ") == ["transfers.state_unknown"]
    assert codes("add", " ", "--reason", "x") == ["transfers.text_missing"]
    assert codes("remove", "PA-2026-000099", "--reason", "x") == []
    for each in json.loads(run("party", "list", "--json", "--db", demo_copy).stdout)["parties"]:
        assert run("party", "remove", each["party"], "--reason", "x", "--db", demo_copy).exit_code == 0
        assert codes("remove", each["party"], "--reason", "x") == ["recordkeeping.dossier_step"]
    assert run("party", "list", "--db", demo_copy).stdout.strip() == "No party is listed."
