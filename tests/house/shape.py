"""The sizes of the house. `make shape` prints what deserves a second look; only the size of a file can fail a build."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
FULLEST_ROOM = 20


def long_files() -> list[tuple[int, Path]]:
    """Return files of more than 400 lines, longest first."""
    counted = ((len(path.read_text().splitlines()), path) for path in modules())
    return sorted((pair for pair in counted if pair[0] > LONGEST_FILE), reverse=True)


def long_functions() -> list[tuple[int, Path, str]]:
    """Return functions of more than 40 lines, longest first, docstring included."""
    return sorted(((lines, path, name) for lines, path, name in _functions() if lines > LONGEST_FUNCTION), reverse=True)


def full_rooms() -> list[tuple[int, Path]]:
    """Return folders that hold more than 20 Python files, fullest first."""
    folders = {path.parent for path in modules()}
    counted = ((len(list(folder.glob("*.py"))), folder) for folder in folders)
    return sorted((pair for pair in counted if pair[0] > FULLEST_ROOM), reverse=True)


def _functions() -> Iterator[tuple[int, Path, str]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield node.end_lineno - node.lineno + 1, path, node.name


def _print() -> None:
    for title, rows in (
        ("files, lines", [(size, path, "") for size, path in long_files()]),
        ("functions, lines", long_functions()),
        ("folders, files", [(size, path, "") for size, path in full_rooms()]),
    ):
        print(f"{title}:" if rows else f"{title}: none to look at")
        for size, path, name in rows:
            print(f"{size:6}  {path.relative_to(PACKAGE)}  {name}".rstrip())


if __name__ == "__main__":
    _print()
