import errno
import sqlite3

import pytest
from django.db import OperationalError

from tracemark.kernel import Trouble
from tracemark.storage.relational.troubles import trouble_in
from tracemark.wording import LANGUAGES, has_sentence


def answered(name: str) -> OperationalError:
    """What Django raises where SQLite answers so."""
    cause = sqlite3.OperationalError("as the library says it")
    cause.sqlite_errorname = name
    error = OperationalError("as the library says it")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_NOTADB", "trouble.database_none"),
        ("SQLITE_CORRUPT_INDEX", "trouble.database_damaged"),
        ("SQLITE_BUSY", "trouble.database_busy"),
        ("SQLITE_BUSY_SNAPSHOT", "trouble.database_busy"),
        ("SQLITE_READONLY_DIRECTORY", "trouble.database_not_writable"),
        ("SQLITE_CANTOPEN", "trouble.database_not_opened"),
        ("SQLITE_FULL", "trouble.database_full"),
    ],
)
def test_what_sqlite_answers_is_what_it_means_here(name: str, code: str) -> None:
    found = trouble_in(answered(name))
    assert (found.code, found.facts) == (code, {})
    assert [each.code for each in LANGUAGES if not has_sentence(code, to=each.code)] == []


def test_what_means_nothing_here_is_quoted() -> None:
    found = trouble_in(answered("SQLITE_MISMATCH"))
    assert (found.code, found.facts) == ("trouble.database_answers", {"detail": "as the library says it"})


def test_what_the_operating_system_answers_is_named_with_its_file() -> None:
    found = trouble_in(OSError(errno.EACCES, "Permission denied", "/srv/register.sqlite3"))
    assert (found.code, found.facts) == ("cli.file_failed", {"file": "/srv/register.sqlite3", "why": "EACCES"})


def test_a_trouble_is_told_by_its_code_and_facts() -> None:
    assert str(Trouble("trouble.key_open", file="a.key")) == "trouble.key_open, file: a.key"
