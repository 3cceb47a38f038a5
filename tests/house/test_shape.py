"""Names and sizes of folders and files."""

import ast
from pathlib import Path

from tests.house.shape import long_files
from tests.house.tree import PACKAGE, modules

# Words that say nothing about small arms, and under which anything comes to lie.
EMPTY_WORDS = {"common", "core", "helper", "helpers", "manager", "managers", "misc", "service", "services"}
EMPTY_WORDS |= {"signals", "shared", "util", "utils"}


def exported_names(front_door: Path) -> set[str]:
    """Return what a package's `__init__.py` puts into `__all__`."""
    for node in ast.parse(front_door.read_text()).body:
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "__all__" for to in node.targets):
            return set(ast.literal_eval(node.value))
    return set()


def test_no_file_is_longer_than_400_lines() -> None:
    assert long_files() == []


def test_no_file_or_folder_bears_an_empty_word() -> None:
    assert [path for path in modules() if EMPTY_WORDS & {*path.relative_to(PACKAGE).parent.parts, path.stem}] == []


def test_nothing_bears_the_name_of_something_its_room_exports() -> None:
    """A folder of data counts too: imported as a package without a file, it would take the place of what it names."""
    doors = (path for path in modules() if path.name == "__init__.py")
    twins = [path for door in doors for path in beside(door) if path.stem in exported_names(door)]
    assert twins == []


def beside(door: Path) -> list[Path]:
    """Return the files and folders of a room that Python could import."""
    return [each for each in door.parent.iterdir() if each.suffix == ".py" or each.is_dir()]
