"""What a command does not need is not loaded for it, so that help and lists come at once."""

import subprocess
import sys

import pytest

HEAVY = ("django", "numba", "tracemark.node", "tracemark.storage", "tracemark.tracing")
SHOWN = """
import sys
from tracemark.cli import main
try:
    main()
except SystemExit:
    pass
print(sorted(set({heavy}) & set(sys.modules)))
"""


@pytest.mark.parametrize("typed", ["--help", "profiles", "import --help", "trace --help", "demo --help"])
def test_help_and_lists_load_no_node(typed: str) -> None:
    program = [sys.executable, "-c", SHOWN.format(heavy=HEAVY), *typed.split()]
    ended = subprocess.run(program, capture_output=True, text=True, check=True, timeout=300)
    assert ended.stdout.splitlines()[-1] == "[]"
