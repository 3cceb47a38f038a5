import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docs.generators.markdown import code, measures

_RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "exchange.json"
_HEAD = """# What passes between nodes, measured

The figures of `benchmarks/results/exchange.json`, which `make bench-exchange` writes: letters that a served node lets
in, the private question, and a world of nodes over a synthetic year. Milliseconds are of the processor. Bare HTTP is a
server that reads and answers as many bytes and does nothing else; the cryptography alone verifies, opens and
acknowledges the same letters without a server or a database.
"""
_LETTERS = {"a_second": "letters a second", "processor_ms_each": "ms each", "ratio_to_bare": "times bare HTTP"}
_QUESTION = {"seconds": "seconds", "processor_us_each": "µs of the processor each", "bytes_sent": "bytes sent"}
_YEAR = {
    "requests": "requests", "in_full": "answered in full", "not_found": "not found", "events": "events sealed",
    "out_of_reach": "node out of reach", "answer_lost": "receipt lost", "carried_twice": "carried twice",
    "ask_processor_ms": "ms to ask", "deliver_processor_ms": "ms to send what is due",
    "answer_processor_ms": "ms to answer", "witness_processor_ms": "ms to be cosigned",
    "processor_seconds": "seconds in all", "mib": "MiB of databases",
}  # fmt: skip

Row = Mapping[str, Any]


def exchanged_page() -> str:
    """Tell what was measured of the exchange between nodes."""
    told = json.loads(_RESULTS.read_text("utf-8"))
    return "\n".join([_HEAD, f"Measured at {code(told['commit'][:10])}.\n", *_parts(told["rows"])])


def _parts(rows: Sequence[Row]) -> Iterator[str]:
    letters = [row for row in rows if row["class"] == "letters"]
    yield f"## {letters[0]['size']:,} letters\n"
    yield measures("system", _LETTERS, [(row["system"], row) for row in letters])
    steps = [row for row in rows if str(row["class"]).startswith("private")]
    yield f"## 1,000 marks asked of {steps[0]['size']:,} keys\n"
    yield measures("step", _QUESTION, [(str(row["class"]).partition(": ")[2], row) for row in steps])
    yield _reckoned(steps[0])
    years = [row for row in rows if row["class"] == "a year"]
    yield "## A year between nodes\n\nEach request was answered once, and each record verified.\n"
    yield measures("nodes", _YEAR, [(str(row["size"]), row) for row in years])


def _reckoned(evaluated: Row) -> str:
    """Say what of the private question was not measured, and how it is reckoned."""
    minutes = evaluated["size"] * evaluated["processor_us_each"] / 60e6
    return (
        f"Measured: every step of the question, against a set of {evaluated['size']:,} tags on disk. Reckoned: the "
        "making of that set. 700 of its tags are those of marks that are asked for; the others are random bytes, which "
        "cannot be told from tags and cost whoever looks among them the same. A key takes the microseconds above, "
        f"measured on 5,000; the whole set would take {minutes:.1f} minutes of one processor, by multiplication, once "
        "for a key's life.\n"
    )
