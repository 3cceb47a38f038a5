"""Two States ask and answer each other from the command line, each with a register of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner

from tests.tracing.interstate.bureaus import Days, State, finds
from tracemark.cli.app import app
from tracemark.node import open_node


@dataclass
class Desk:
    """A State, and commands typed at its node."""

    state: State
    url: str
    monkeypatch: pytest.MonkeyPatch

    def types(self, *words: str, status: int = 0) -> Any:  # noqa: ANN401 - what the command prints
        self.monkeypatch.setenv("TRACEMARK_STATE", self.state.code)
        self.monkeypatch.setenv("TRACEMARK_AUTHORITY", f"{self.state.code}-POL")
        result = CliRunner().invoke(app, [*words, "--db", self.url])
        assert result.exit_code == status, result.output
        return json.loads(result.stdout) if result.stdout.startswith("{") else result.output


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Desk]]:
    with django_db_blocker.unblock():
        made = []
        for code in ("XA", "XB"):
            monkeypatch.setenv("TRACEMARK_STATE", code)
            url = f"sqlite:///{tmp_path}/{code}.sqlite3"
            made.append(Desk(State(code, Days(), open_node(url, create=True).stores), url, monkeypatch))
        yield made
        for each in made:
            each.state.stores.close()


def test_a_trace_is_asked_for_and_answered_from_the_command_line(desks: list[Desk]) -> None:
    a, b = desks
    marks = [{"kind": "manufacture", "text": "AB 123", "serial": "AB123"}]
    weapon = {"kind": "pistol", "calibre": "9x19", "country": "XB"}
    b.state.tell(
        b.state.event("manufactured", "2001-05-04", holder="XB-ARMY", weapon=weapon, marks=marks),
        b.state.event("stolen", "2009-01-02"),
    )
    case, _ = finds(a.state)
    whom = a.types("request", "whom", case, "--json")
    assert whom == {"states": [{"state": "XB", "because": [{"code": "country", "facts": {}}], "asked": []}]}
    asked = a.types("request", "draft", case, "--to", "XB", "--node", b.state.node, "--json")["request"]
    assert a.types("request", "send", asked, "--json")["standing"] == "sent"
    a.state.hands_over(b.state)

    (inquiry,) = [each["inquiry"] for each in b.types("inquiry", "list", "--json")["inquiries"]]
    assert b.types("inquiry", "read", inquiry)["asks"]["readings"][0]["text"] == "AB?23"
    b.types("inquiry", "acknowledge", inquiry)
    assert (
        b.types("inquiry", "return", inquiry, "--lacking", "tracing.maker_missing", "--json")["standing"] == "returned"
    )
    b.state.hands_over(a.state)
    assert a.types("request", "show", asked, "--json")["lacking"] == ["tracing.maker_missing"]
    a.types("request", "supply", asked, "--note", "No maker's name can be read.")
    a.state.hands_over(b.state)

    (best,) = [each["weapon"] for each in b.types("inquiry", "search", inquiry)["candidates"]]
    b.types("inquiry", "judge", inquiry, "--weapon", best, "--verdict", "same", "--note", "the only one")
    assert b.types("inquiry", "known", inquiry) == {
        "manufactured_in": "XB",
        "last_lawful_state": "XB",
        "last_lawful_holder": "XB armed_forces",
        "left_lawful_hands_on": "2009-01-02",
        "left_lawful_hands_by": "stolen",
    }
    b.types("inquiry", "answer", inquiry, "--result", "restricted", status=1)
    b.types("inquiry", "answer", inquiry, "--result", "full")
    b.state.hands_over(a.state)
    assert "2009-01-02" in a.types("request", "read", asked)
    withheld = a.types("request", "read", asked, "--purpose", "statistics", "--json")
    assert (withheld.get("data"), set(withheld["withheld"])) == (None, {"tracing.datum_purpose"})
    b.types("inquiry", "readers", inquiry)
    b.state.hands_over(a.state)
    a.state.hands_over(b.state)
    readers = b.types("inquiry", "show", inquiry, "--json")["readers"]
    assert [(each["authority"], each["purpose"]) for each in readers] == [
        ("XA-POL", "tracing"),
        ("XA-POL", "statistics"),
    ]
    assert a.types("request", "close", asked, "--outcome", "traced", "--json")["standing"] == "closed"
