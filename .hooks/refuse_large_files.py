"""Refuse files above 1 MB: history never forgets them, and data belong beside the checkout."""

import sys
from pathlib import Path

LARGEST_BYTES = 1_000_000

if __name__ == "__main__":
    large = [name for name in sys.argv[1:] if Path(name).stat().st_size > LARGEST_BYTES]
    for name in large:
        print(f"{name}: {Path(name).stat().st_size:,} bytes, more than {LARGEST_BYTES:,}")
    sys.exit(1 if large else 0)
