"""A room imports the standard library, lower rooms, and only those libraries of its field that are named here.

The import contracts can forbid names; they cannot say "nothing else". So every module of every room is imported in a
fresh interpreter that reports whatever comes from elsewhere, and who asked for it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOMS, ROOT

ALLOWED: dict[str, list[str]] = {room: [] for room in ROOMS} | {
    "marking": ["stdnum"],
    "tracing": ["numba", "numpy"],
    "assistance": ["numpy", "scipy"],
    "practices": ["numpy"],
    "transfers": ["rapidfuzz"],
}

# What a library imports for itself is its own affair: only import statements of our own modules count.
WATCH = r"""
import builtins, importlib, json, pkgutil, sys
allowed = json.loads(sys.argv[1])
strangers = set()
load = builtins.__import__

def watch(name, globals=None, locals=None, fromlist=(), level=0):
    importer = (globals or {}).get("__name__", "")
    root = name.partition(".")[0]
    if importer.startswith("tracemark.") and not level and root != "tracemark":
        if root not in sys.stdlib_module_names and root not in allowed[importer.split(".")[1]]:
            strangers.add(f"{importer} imports {root}")
    return load(name, globals, locals, fromlist, level)

builtins.__import__ = watch
for room in allowed:
    package = importlib.import_module(f"tracemark.{room}")
    for module in pkgutil.walk_packages(package.__path__, f"tracemark.{room}."):
        importlib.import_module(module.name)
print(json.dumps(sorted(strangers)))
"""


def strangers(source: Path, allowed: dict[str, list[str]]) -> list[str]:
    watched = subprocess.run(
        [sys.executable, "-c", WATCH, json.dumps(allowed)],
        env={"PYTHONPATH": str(source), "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not watched.returncode, watched.stderr
    found: list[str] = json.loads(watched.stdout)
    return found


def test_every_room_imports_only_what_it_may() -> None:
    assert strangers(ROOT / "src", ALLOWED) == []


def test_a_stranger_is_named_with_who_asked_for_it(tmp_path: Path) -> None:
    room = tmp_path / "tracemark" / "weapons"
    room.mkdir(parents=True)
    for folder in (room.parent, room):
        (folder / "__init__.py").write_text("")
    (room / "makers.py").write_text("import json\ntry:\n    import rich\nexcept ImportError:\n    pass\n")
    (room / "models.py").write_text("from rich.text import Text\n")
    assert strangers(tmp_path, {"weapons": []}) == [
        "tracemark.weapons.makers imports rich",
        "tracemark.weapons.models imports rich",
    ]
    assert strangers(tmp_path, {"weapons": ["rich"]}) == []
