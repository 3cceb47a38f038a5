"""People who type at the nodes of two States, and let these come to know each other."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner, Result

from tracemark.authorities import Agency, AgencyKind
from tracemark.cli.app import app
from tracemark.correspondence import Message
from tracemark.kernel import Refused
from tracemark.node import open_node
from tracemark.wording import finding_text


class Typist:
    """Who types at the node of a State, as one account or another."""

    def __init__(self, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.code, self.url, self._monkeypatch = code, f"sqlite:///{folder}/{code}.sqlite3", monkeypatch
        self.key = folder / f"{code}.key"

    def types(self, *words: str) -> Result:
        """Type a command; who confirms is another person than who proposes."""
        self._monkeypatch.setenv("TRACEMARK_STATE", self.code)
        self._monkeypatch.setenv("LOGNAME", "approver" if "confirm" in words else "contact")
        return CliRunner().invoke(app, [*words, "--db", self.url])

    def does(self, *words: str) -> str:
        result = self.types(*words)
        assert result.exit_code == 0, result.output
        return " ".join(result.stdout.split())

    def fails(self, *words: str) -> str:
        result = self.types(*words)
        assert result.exit_code == 1, result.output
        if isinstance(result.exception, Refused):
            return " ".join(finding_text(each) for each in result.exception.findings)
        assert isinstance(result.exception, SystemExit), result.exception
        return " ".join(result.stderr.split())

    def card(self, file: Path) -> str:
        """Write this node's card to a file; return the digits that its people read out."""
        told = json.loads(self.does("peer", "card", "--json"))
        file.write_text(f"{told['card']}\nwhat people were told\n", "utf-8")
        return str(told["spoken"])

    def posts(self, to: str, said: str, sort: str = "tracemark.note/1") -> None:
        self._monkeypatch.setenv("TRACEMARK_STATE", self.code)
        node = open_node(self.url)
        with node.stores.atomic():
            node.stores.outbox.post(Message(to, sort, {"said": said}), at=node.clock.now())
        node.stores.close()


Two = tuple[Typist, Typist]


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker) -> Iterator[Two]:
    """Two nodes that do not know each other yet."""
    with django_db_blocker.unblock():
        made = [Typist(code, tmp_path, monkeypatch) for code in ("XA", "XB")]
        for each in made:
            monkeypatch.setenv("TRACEMARK_STATE", each.code)
            node, registry = open_node(each.url, create=True), f"{each.code}-REG"
            node.stores.agencies.put(Agency(registry, registry, AgencyKind.REGISTRY, each.code))
            node.stores.close()
        yield made[0], made[1]


def named(typist: Typist) -> str:
    """What a node calls the only other one that it knows of."""
    (peer,) = json.loads(typist.does("peer", "list", "--json"))["peers"]
    return str(peer["name"])


def introduce(two: Two, folder: Path) -> None:
    for one, other in (two, two[::-1]):
        spoken = other.card(folder / "card")
        one.does("peer", "add", str(folder / "card"))
        one.does("peer", "confirm", named(one), spoken)
