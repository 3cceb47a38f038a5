"""What an application server loads: where the node cannot be opened, the log says why in its reader's language."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tracemark.exchange import FileSigner
from tracemark.storage import open_stores


@pytest.fixture
def register(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Path:
    path = tmp_path / "register.sqlite3"
    with django_db_blocker.unblock():
        open_stores(f"sqlite:///{path}", FileSigner.load_or_create(path.with_suffix(".key"), "xt/tracemark/record"))
    return path


def loaded(register: Path, **environment: str) -> tuple[int, str]:
    """Load the application in a process of its own; return its status and what it said."""
    told = {**os.environ, "TRACEMARK_DB": f"sqlite:///{register}", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", "import tracemark.web.server"]
    done = subprocess.run(command, env={**told, **environment}, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stderr


def test_a_register_of_another_version_is_told_in_the_readers_language(register: Path) -> None:
    with sqlite3.connect(register) as connection:
        connection.execute("DELETE FROM django_migrations WHERE name = '0011_letters_about'")
    connection.close()
    status, said = loaded(register, TRACEMARK_LANGUAGE="fr", PYTHONIOENCODING="utf-8")
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith("Le registre ne peut pas être ouvert. Le registre est d’une version plus ancienne")


def test_terms_that_cannot_be_read_are_told_in_the_readers_language(register: Path, tmp_path: Path) -> None:
    (tmp_path / "terms.toml").write_text("[[term]]\nof = ", "utf-8")
    told = {"TRACEMARK_LANGUAGE": "es", "TRACEMARK_RETENTION": str(tmp_path / "terms.toml")}
    status, said = loaded(register, **told, PYTHONIOENCODING="utf-8")
    assert (status, said.count("\n"), "Traceback" in said) == (1, 1, False)
    assert "terms.toml" in said
