"""Registers so many weapons, a few a commit, as an import in a process of its own does.

Arguments: the register's URL, its key, the first weapon, how many, and how many a commit.
"""

import sys
from pathlib import Path

from tests.stores.lives import keep, registered
from tracemark.exchange import FileSigner
from tracemark.storage import open_stores


def main(url: str, key: str, first: str, count: str, batch: str) -> None:
    stores = open_stores(url, FileSigner.load_or_create(Path(key), "xt.example/record"), segments=None)
    end = int(first) + int(count)
    for start in range(int(first), end, int(batch)):
        weapons = range(start, min(start + int(batch), end))
        keep(stores, *(registered(weapon, f"A{weapon:05d}") for weapon in weapons))
    stores.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
