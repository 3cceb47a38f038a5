"""What passes between nodes: letters a second, the private question, and a world of nodes over a synthetic year.

    make bench-exchange      or  python -m benchmarks.exchange --keys 10M --nodes 24 48 96 193 --letters 2000

Letters come to a node served as `tracemark serve` serves it; the rival is bare HTTP on the same server, the limit the
cryptography alone. The year is lived in one process by nodes with a database each, which fail now and then: afterwards
nothing may be lost, and nothing may be there twice.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import letters, privately, results, year


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=results.size, default=2_000)
    parser.add_argument("--keys", type=results.size, default=10_000_000)
    parser.add_argument("--nodes", type=int, nargs="+", default=[24, 48, 96, 193])
    asked = parser.parse_args()
    rows = list[results.Row]()
    with tempfile.TemporaryDirectory(prefix="tracemark-exchange-") as folder:
        for row in measured(asked, Path(folder)):
            print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
            rows.append(row)
    print(results.write("exchange", rows))


def measured(asked: argparse.Namespace, folder: Path) -> Iterator[results.Row]:
    """Yield what is measured, row by row."""
    yield from against_bare(list(letters.measured(folder, asked.letters)))
    yield from privately.measured(folder, asked.keys)
    for nodes in asked.nodes:
        yield year.lived(nodes)


def against_bare(rows: list[results.Row]) -> list[results.Row]:
    """Add to each row how many times as long bare HTTP is not."""
    rate = next(float(row["a_second"] or 0) for row in rows if row["system"] == "bare HTTP")
    return [{**row, "ratio_to_bare": round(rate / float(row["a_second"] or 1), 2)} for row in rows]


if __name__ == "__main__":
    main()
