"""What a user can name has a place in the reference, and the reference is what the code says today."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generators import FOLDER, pages
from docs.generators.api import operations
from docs.generators.commands import SHAPES, commands
from docs.generators.environment import read_names, told_names
from docs.generators.formats import TOLD
from tests.docs.test_examples import environment
from tests.house.test_citations import rules
from tracemark import instruments, intake, marking, wording
from tracemark.authorities import Permission, Role
from tracemark.intake import profiles as import_profiles
from tracemark.marking import Criterion
from tracemark.marking.profiles import reading
from tracemark.recordkeeping import EventKind, Status


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return pages()


def lacking(names: list[str], text: str) -> list[str]:
    """Return the names that a page does not give as they are typed."""
    return [name for name in names if f"`{name}`" not in text]


def test_reference_pages_are_what_the_code_says(written: dict[str, str]) -> None:
    stale = [name for name, text in written.items() if (FOLDER / name).read_text("utf-8") != text]
    assert stale == [], "run `make docs`"
    assert {path.name for path in FOLDER.iterdir()} == set(written)


def test_every_command_and_option_is_documented(written: dict[str, str]) -> None:
    for name, command in commands():
        section = written["cli.md"].partition(f"## {name}\n")[2].partition("\n## ")[0]
        options = [option for each in command.params if each.param_type_name == "option" for option in each.opts]
        assert lacking(options, section) == [], name
        assert command.help, name


def test_every_setting_is_documented_and_every_documented_setting_is_read(written: dict[str, str]) -> None:
    assert told_names() == read_names()
    assert lacking(sorted(told_names()), written["settings.md"]) == []


def test_every_kind_of_event_is_documented(written: dict[str, str]) -> None:
    assert [kind for kind in EventKind if f"\n## {kind.value}\n" not in written["events.md"]] == []
    assert lacking([status.value for status in Status], written["events.md"]) == []


def test_every_role_and_permission_is_documented(written: dict[str, str]) -> None:
    assert lacking([each.value for each in (*Role, *Permission)], written["permissions.md"]) == []


def test_every_rule_is_documented(written: dict[str, str]) -> None:
    codes = [rule.code for rule in rules().values()]
    codes += [each.code for profile in marking.shipped_profiles().values() for each in profile.requirements]
    codes += list(intake.severities())
    assert lacking(codes, written["rules.md"]) == []


def test_every_finding_that_has_a_sentence_is_documented(written: dict[str, str]) -> None:
    refusals = [code for code, _ in wording.sentence_codes() if code.startswith("exchange.")]
    assert lacking(refusals, written["rules.md"]) == []


def test_every_paragraph_is_documented(written: dict[str, str]) -> None:
    cited = instruments.shipped().versions
    assert [str(each) for each in cited if f"</a>{each} |" not in written["paragraphs.md"]] == []


def test_every_operation_of_the_api_is_documented(written: dict[str, str]) -> None:
    named = [f"\n## {method.upper()} {path}\n" for path, method, _ in operations()]
    assert named != []
    assert [name for name in named if name not in written["api.md"]] == []


def test_every_field_of_a_profile_is_documented() -> None:
    told = TOLD["import"]
    known = import_profiles.PROFILE_FIELDS
    assert {name: set(fields) for name, fields in known.items()} == {
        "tables": set(told["tables"]),
        "file": set(told["file"]),
        "value": set(told["value"]),
        "event": set(told["event"]),
    }
    assert set(TOLD["national"]["requirement"]) == reading.FIELDS
    assert set(TOLD["national"]["criteria"]) == {each.value for each in Criterion}


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_json_has_the_shape_that_scripts_rely_on(name: str, tmp_path: Path) -> None:
    """The names at the top level are those documented, in their order."""
    arguments = {
        "import": ["docs/howto/examples/dealer.csv", "--profile", "docs/howto/examples/dealer.toml", "--dry-run"],
        "trace": ["TV1"],
        "weapon": ["W-1"],
    }
    pytest.importorskip("typer")
    (tmp_path / "docs").symlink_to(FOLDER.parent)
    program = str(Path(sys.executable).with_name("tracemark"))
    where = {"cwd": tmp_path, "env": environment(tmp_path), "capture_output": True, "text": True, "check": True}
    if name == "weapon":
        subprocess.run([program, "demo", "--weapons", "2000", "--no-serve"], **where)  # type: ignore[call-overload]
    ended = subprocess.run([program, name, *arguments.get(name, []), "--json"], **where)  # type: ignore[call-overload]
    top = re.findall(r'"(\w+)"', re.sub(r"[\[{].*?[\]}]", "", SHAPES[name].strip()[1:-1].replace("\n", " ")))
    assert list(json.loads(ended.stdout)) == top
