"""Running a second verifier: a script that shares no code with the product, in an interpreter that sees none of it."""

import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent


def second_verifier(vectors: str, *arguments: str | Path) -> tuple[int, str]:
    """Run the verifier of a set of vectors; return its exit status and all it says."""
    command = [sys.executable, "-I", str(_HERE / vectors / "second_verifier.py"), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr
