"""Export a register into a folder, in parts of so many events, and stop for ever once two parts are written.

A process of its own, so that a test may kill it as a machine does:

    python -m tests.node.exports_until_killed URL DIR EVENTS
"""

import os
import sys
from pathlib import Path

import django

from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.storage.columnar import exporting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracemark.settings")
django.setup()

from tracemark.node import export_parquet, open_node  # noqa: E402 - settings are read when it is loaded

_PARTS = 2


def main() -> None:
    """Export, and wait to be killed."""
    exporting.PART_EVENTS = int(sys.argv[3])
    node, auditor = open_node(sys.argv[1]), Actor("auditor", "XT-REG", frozenset({Role.AUDITOR.value}))
    written = 0

    def told(done: int, size: int) -> None:
        nonlocal written
        written += 1
        if written == _PARTS:
            print(done, size, flush=True)
            sys.stdin.read()

    export_parquet(node, Path(sys.argv[2]), auditor, told)


if __name__ == "__main__":
    main()
