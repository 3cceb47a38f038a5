"""What the private-data hook refuses, what it lets pass, and that the project itself passes it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, own_texts

HOOK = ROOT / ".hooks" / "refuse_private_data.py"
_SPEC = importlib.util.spec_from_file_location("refuse_private_data", HOOK)
assert _SPEC
assert _SPEC.loader
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)


def looks_like(line: str, name: str = "src/tracemark/demo/people.py") -> list[str]:
    return [what for _, what in _MODULE.private_data(name, line)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("contact = 'maria.perez@interior.gob.ve'", "an e-mail address"),
        ("Call +33 1 40 20 50 50 for access", "a telephone number"),
        ("tel: +1 (212) 867-5309", "a telephone number"),
        ("Jean Dupont, born 17 May 1979", "a date of birth"),
        ('{"name": "Ana", "date_of_birth": "1979-05-17"}', "a date of birth"),
        ("DOB: 17/05/1979", "a date of birth"),
        ("holder 219-09-9999", "a national identity number"),
        ("passport no. C01X00T478", "a national identity number"),
        ("national ID number: 19790517-1234", "a national identity number"),
        ('serial="A583921"', "a real serial number"),
        ('{"serial": "583921"}', "a real serial number"),
        ("serial number: 'KP 583921 B'", "a real serial number"),
    ],
)
def test_what_is_refused(line: str, what: str) -> None:
    assert looks_like(line) == [what]


@pytest.mark.parametrize(
    "line",
    [
        "contact = 'registry@interior.example'",
        "write to point.of.contact@police.example.org",
        "Call +44 20 7946 0123 or +1 202-555-0142",
        "the Protocol was born 2001; in force since 2005-12-08",
        "sealed at 2024-05-17T10:00:00.000Z, leaf 19790517",
        "phone: str",
        "a depth of 0.0762 mm, ISO 3166-1, RFC 9162, +0.25 mm",
        "passport number: required",
        "from decimal import Decimal  # @dataclass.field",
        'serial="TV583921"',
        'serial="AB12345"',
        'serial="?583921"',
        "serial: str = ''",
        'code("marking.serial_missing")',
    ],
)
def test_what_passes(line: str) -> None:
    assert looks_like(line) == []


def test_serial_numbers_pass_where_they_are_the_subject() -> None:
    assert looks_like('serial="A583921"', "tests/vectors/serials/latin.csv") == []
    assert looks_like('serial="A583921"', "src/tracemark/weapons/lists/models.csv") == []


def test_the_hook_names_file_line_and_reason_and_fails(tmp_path: Path) -> None:
    clean, dirty, picture = tmp_path / "clean.py", tmp_path / "dirty.py", tmp_path / "photo.jpg"
    clean.write_text("pass\n")
    dirty.write_text("pass\nowner = 'maria.perez@interior.gob.ve'\n")
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    run = [sys.executable, str(HOOK)]
    refused = subprocess.run([*run, str(clean), str(dirty), str(picture)], capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (1, f"{dirty}:2: looks like an e-mail address\n")
    passed = subprocess.run([*run, str(clean), str(picture)], capture_output=True, text=True, check=False)
    assert (passed.returncode, passed.stdout) == (0, "")


def test_the_project_itself_passes() -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    found = [(name, *each) for name, text in own_texts() if name != here for each in _MODULE.private_data(name, text)]
    assert found == []
