"""A command that has nothing to list, or wrote a file, says so; with --json it prints nothing but JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner

from tracemark.cli.app import app
from tracemark.node import open_node

LISTS = [
    *("questions list", "witness list", "witness ask", "witness watch", "witness alarms"),
    *("contribution list", "contribution list --waiting", "peer list", "peer list --stale", "notice list"),
    *("assist list", "assist list requests --alarms", "assist list programmes", "assist list grants"),
    *("signals list", "signals precision", "target list", "target list --off-track", "plan list", "report list"),
    *("campaign list", "consultation list", "fellowship funds", "fellowship list", "fellowship sent"),
    *("fellowship due", "fellowship alumni", "sites", "practice list nothing-like-it", "publish list"),
    *("lost list", "request list", "party list", "tips list", "review proposals"),
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A register in which nothing stands; none of these commands writes to it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('empty')}/empty.sqlite3"
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        patched.setenv("TRACEMARK_DB", url)
        patched.setenv("TRACEMARK_LANGUAGE", "en")
        open_node(url).stores.close()
        yield


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("typed", LISTS)
def test_an_empty_list_is_said_in_a_sentence(typed: str) -> None:
    ended = CliRunner().invoke(app, typed.split())
    [line] = ended.stdout.splitlines()
    assert (ended.exit_code, line[0].isupper() or line.startswith("`")) == (0, True)
    assert line.endswith((".", "0"))


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("typed", LISTS)
def test_an_empty_list_is_json_or_nothing_for_scripts(typed: str) -> None:
    ended = CliRunner().invoke(app, [*typed.split(), "--json"])
    assert ended.exit_code == 0
    for line in ended.stdout.splitlines():
        json.loads(line)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("typed", [["screen", ""], ["screen", "…"], ["receive", "."]])
def test_what_cannot_be_looked_for_ends_with_status_1(typed: list[str]) -> None:
    ended = CliRunner().invoke(app, typed)
    assert (ended.exit_code, ended.stdout) == (1, "")


def test_a_file_that_was_written_is_named(demo_copy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEMARK_DB", demo_copy)
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "en")
    for typed, name in ((["prove", "7"], "event.proof"), (["head"], "head.txt")):
        place = tmp_path / name
        ended = CliRunner().invoke(app, [*typed, "--output", str(place)])
        assert (ended.exit_code, str(place) in ended.stdout.replace("\n", ""), place.exists()) == (0, True, True)
