"""The demonstration goes into a register of its own, and never into one that is configured or holds something else."""

import os
import shlex
import sys
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner, Result

from tracemark.cli.app import app
from tracemark.node import open_node


def demonstrated(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["demo", "--no-serve", *arguments])


@pytest.fixture
def production(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> str:
    """A State's own register: it has a first agency and account, and nothing sealed yet."""
    url = f"sqlite:///{tmp_path}/production.sqlite3"
    with django_db_blocker.unblock():
        opened = (
            "account",
            "add",
            "first",
            "--agency",
            "XT-FIRST",
            "--role",
            "administrator",
            "--agency-name",
            "First",
        )
        assert CliRunner().invoke(app, [*opened, "--db", url, "--create"]).exit_code == 0
    return url


def held(url: str) -> tuple[int, list[str]]:
    node = open_node(url, create=False)
    found = node.stores.records.size(), [each.name for each in node.stores.accounts.all()]
    node.stores.close()
    return found


def test_a_register_that_holds_something_else_is_refused(production: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        result = demonstrated("--weapons", "50", "--db", production)
        assert (result.exit_code, "nothing was built there" in result.stderr) == (1, True)
        assert held(production) == (0, ["first"])


def test_the_configured_register_is_left_alone(
    production: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACEMARK_DB", production)
    monkeypatch.setenv("TRACEMARK_STATE", "DE")
    monkeypatch.setenv("TRACEMARK_KEY", str(tmp_path / "production.key"))
    monkeypatch.setenv("TRACEMARK_SEGMENTS_DIR", str(tmp_path / "production.segments"))
    with django_db_blocker.unblock():
        assert demonstrated("--weapons", "300").exit_code == 0
        monkeypatch.undo()
        assert held(production) == (0, ["first"])
        node = open_node(f"sqlite:///{tmp_path}/var/demo.sqlite3", create=False)
        assert str(node.stores.records.head()).startswith("xt/tracemark/record\n")
        node.stores.close()
    assert not (tmp_path / "production.segments").exists()


def test_a_state_too_small_for_the_story_says_so(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        result = demonstrated("--weapons", "1", "--db", f"sqlite:///{tmp_path}/small.sqlite3")
    assert (result.exit_code, "--weapons" in result.stdout) == (0, True)


def test_the_command_it_prints_can_be_typed(demo_copy: str) -> None:
    result = demonstrated("--db", demo_copy)
    [line] = [line for line in result.stdout.splitlines() if line.startswith("$ ")]
    program, *arguments = shlex.split(line[2:])
    assert (program, arguments[-2:]) == (sys.argv[0], ["--db", demo_copy])
    assert CliRunner().invoke(app, arguments).exit_code == 0


def test_the_environment_of_a_demonstration_names_no_register(demo_copy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEMARK_DB", "sqlite:////nowhere/at/all.sqlite3")
    assert demonstrated("--db", demo_copy).exit_code == 0
    assert "TRACEMARK_DB" not in os.environ
