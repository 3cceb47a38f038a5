"""Serves a register whose search index is merged after three marks. Arguments: those of `tracemark serve`."""

import sys

from tracemark.cli import main
from tracemark.storage.relational import mark_states

if __name__ == "__main__":
    mark_states.LARGEST_DELTA, mark_states.FEW = 3, 0
    sys.argv.insert(1, "serve")
    main()
