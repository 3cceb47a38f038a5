"""The command line: one command, one action. The contract scripts rely on is in `docs/reference/cli.md`."""

from tracemark.cli.app import main

__all__ = ["main"]
