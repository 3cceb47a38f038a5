"""Compile the engine's kernels, so that of several test processes none waits for that, and no two do it at once."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import django

WEAPONS = 200


def main() -> None:
    with TemporaryDirectory(prefix="tracemark-kernels-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tracemark.settings",
            "TRACEMARK_VAR": folder,
            "TRACEMARK_DB": f"sqlite:///{Path(folder) / 'register.sqlite3'}",
        }
        django.setup()
        from tracemark.demo import build_state  # noqa: PLC0415 - once Django has settings
        from tracemark.node import this_node  # noqa: PLC0415 - as above

        node = this_node()
        build_state(node=node, weapons=WEAPONS, seed=1)
        node.warm()
        node.stores.close()


if __name__ == "__main__":
    main()
