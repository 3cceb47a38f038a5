"""Registers and corrects weapons, merges and rebuilds the search index without end, and says when it has begun.

Arguments: the register's URL, its key, and the folder of the index.
"""

import itertools
import sys
from pathlib import Path

from tests.stores.lives import happened, keep, registered
from tracemark.exchange import FileSigner
from tracemark.storage import open_stores

LOT = 40


def main(url: str, key: str, segments: str) -> None:
    """Go on until killed."""
    stores = open_stores(url, FileSigner.load_or_create(Path(key), "xt.example/record"), segments=Path(segments))
    for turn in itertools.count():
        first = stores.register.next_weapons(1)[0]
        weapons = range(first, first + LOT)
        position = keep(stores, *(registered(weapon, f"A{weapon:05d}") for weapon in weapons))[0].position
        right = dict(registered(first, f"B{first:05d}").details)
        keep(stores, happened(first, "corrected", corrects=position, reason="misread", details=right))
        stores.marks.segments()
        stores.marks.merge() if turn % 3 else stores.marks.rebuild()
        print("turn", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
