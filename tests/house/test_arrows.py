"""The import contracts hold, and each of them bites when it is broken."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

STOREYS = "The storeys of the house"
PURE = "Rooms know no framework and do no I/O"
PLUGS = "Doors reach storage, exchange and documents only through the node"
ARRAYS = "NumPy and Numba stay in tracing.matching, SciPy in assistance.solving"
STORAGE_DOOR = "storage is entered by its front door, except by the framework's settings"
UPWARD = "from tracemark import tracing\n"

# A small house in which every contract has something to hold. Left the file, right what it imports.
HOUSE = {
    "settings.py": "from tracemark.storage.relational import databases\n",
    "web/__init__.py": "",
    "web/views.py": "from tracemark import node, tracing, wording\n",
    "api/__init__.py": "",
    "cli/__init__.py": "from tracemark import demo, node\n",
    "demo/__init__.py": "from tracemark import node, weapons\n",
    "node.py": "from tracemark import exchange, documents, storage, tracing\n",
    "storage/__init__.py": "",
    "storage/memory.py": "from tracemark import recordkeeping\n",
    "storage/relational/__init__.py": "",
    "storage/relational/databases.py": "",
    "storage/relational/models.py": "from django.db import models\n",
    "storage/relational/stores.py": "from tracemark.storage.relational import models\n",
    "exchange/__init__.py": "",
    "exchange/tables.py": "import python_calamine\n",
    "documents/__init__.py": "",
    "documents/reports.py": "import typst\n",
    "wording/__init__.py": "",
    "wording/sentences.py": "",
    "secretariat/__init__.py": "from tracemark import reporting\n",
    "review/__init__.py": "from tracemark import targets\n",
    "assistance/__init__.py": "from tracemark import targets\n",
    "practices/__init__.py": "from tracemark import targets\n",
    "practices/survival.py": "import numpy\n",
    "fellowship/__init__.py": "from tracemark import assistance\n",
    "participation/__init__.py": "from tracemark import reporting\n",
    "targets/__init__.py": "from tracemark import reporting\n",
    "reporting/__init__.py": "from tracemark import diversion\n",
    "diversion/__init__.py": "from tracemark import recordkeeping\n",
    "diversion/queries.py": "from tracemark.diversion import ports\n",
    "diversion/ports.py": "",
    "intake/__init__.py": "from tracemark.intake.rows import row\n",
    "intake/rows.py": "from tracemark import marking\n",
    "intake/actions.py": "",
    "tracing/__init__.py": "",
    "tracing/cases.py": "from tracemark import marking\n",
    "tracing/rules.py": "",
    "tracing/ports.py": "",
    "tracing/actions.py": "from tracemark.tracing import cases, ports, rules\n",
    "tracing/matching/__init__.py": "import numpy\n",
    "tracing/matching/search.py": "import numba, numpy\n",
    "transfers/__init__.py": "from tracemark import recordkeeping\n",
    "stockpiles/__init__.py": "",
    "stockpiles/actions.py": "",
    "recordkeeping/__init__.py": "",
    "recordkeeping/events.py": "",
    "recordkeeping/actions.py": "",
    "correspondence/__init__.py": "from tracemark import recordkeeping\n",
    "correspondence/messages.py": "",
    "marking/__init__.py": "",
    "marking/marks.py": "",
    "marking/numbering.py": "import stdnum\n",
    "marking/rules.py": "from tracemark.marking.marks import Mark\n",
    "marking/ports.py": "",
    "marking/actions.py": "from tracemark.marking import ports, rules\n",
    "weapons/__init__.py": "",
    "weapons/weapons.py": "",
    "authorities/__init__.py": "",
    "authorities/permission.py": "",
    "instruments/__init__.py": "",
    "instruments/library.py": "from tracemark import kernel\n",
    "kernel/__init__.py": "",
    "kernel/citations.py": "",
}

# What is planted, where, and the contracts that must say no: these and no others.
PLANTED = {
    "upward": ({"kernel/citations.py": UPWARD}, {STOREYS}),
    "upward inside a function": ({"kernel/citations.py": f"def late():\n    {UPWARD}"}, {STOREYS}),
    "upward for types only": (
        {"kernel/citations.py": f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {UPWARD}"},
        {STOREYS},
    ),
    "a sister": ({"intake/rows.py": UPWARD}, {STOREYS}),
    "one door in another": ({"web/views.py": "from tracemark import api\n"}, {STOREYS}),
    "a folder nobody placed": ({"statistics/__init__.py": ""}, {STOREYS}),
    "Django in a room": ({"weapons/weapons.py": "from django.db import models\n"}, {PURE}),
    "a database in a room": ({"recordkeeping/events.py": "import sqlite3\n"}, {PURE}),
    "arrays outside matching": ({"tracing/cases.py": "import numpy\n"}, {ARRAYS}),
    "check characters elsewhere": ({"weapons/weapons.py": "import stdnum\n"}, {"python-stdnum stays in marking"}),
    "storage in a view": ({"web/views.py": "from tracemark import storage\n"}, {PLUGS}),
    "documents in the API": ({"api/__init__.py": "from tracemark import documents\n"}, {PLUGS}),
    "a table outside its store": (
        {"node.py": "from tracemark.storage.relational import models\n"},
        {"Tables are known only to their own store", STORAGE_DOOR},
    ),
    "a store in another": (
        {"storage/memory.py": "from tracemark.storage import relational\n"},
        {"A store knows no other store"},
    ),
    "past the front door of the stores": (
        {"demo/__init__.py": "from tracemark.storage import memory\n"},
        {STORAGE_DOOR},
    ),
    "a rule that asks a port": (
        {"marking/rules.py": "from tracemark.marking import ports\n"},
        {"Inside a room: actions above queries above ports above rules"},
    ),
    "a ring of two files": (
        {
            "weapons/weapons.py": "from tracemark.weapons import makers\n",
            "weapons/makers.py": "from tracemark.weapons import weapons\n",
        },
        {"No rings anywhere"},
    ),
    "past a front door": (
        {"tracing/cases.py": "from tracemark.marking.marks import Mark\n"},
        {"marking is entered by its front door"},
    ),
    "past the front door of a plug": (
        {"node.py": "from tracemark.exchange.tables import rows\n"},
        {"exchange is entered by its front door"},
    ),
}


def broken_contracts(source: Path, cache: Path) -> set[str]:
    """Return the names of the contracts that do not hold in the package under `source`."""
    linted = subprocess.run(
        [
            *(sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()"),
            *("--config", str(ROOT / ".importlinter"), "--cache-dir", str(cache), "--no-logo"),
        ],
        cwd=source,
        env={"PYTHONPATH": str(source), "PATH": os.defpath, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = set(re.findall(r"^(.+) BROKEN", linted.stdout, re.MULTILINE))
    assert linted.returncode == bool(broken), linted.stdout + linted.stderr
    return broken


def build(folder: Path, *changes: dict[str, str]) -> None:
    for files in ({"__init__.py": ""}, *changes):
        for name, text in files.items():
            path = folder / "tracemark" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


def test_the_arrows_of_the_project_hold(tmp_path: Path) -> None:
    assert broken_contracts(ROOT / "src", tmp_path) == set()


def test_a_house_as_it_should_be_breaks_no_contract(tmp_path: Path) -> None:
    build(tmp_path, HOUSE)
    assert broken_contracts(tmp_path, tmp_path) == set()


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_caught_by_its_contract(name: str, tmp_path: Path) -> None:
    planted, contracts = PLANTED[name]
    build(tmp_path, HOUSE, planted)
    assert broken_contracts(tmp_path, tmp_path) == contracts
