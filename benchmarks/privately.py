"""The private question for 1,000 marks, asked of a State whose register has millions of keys.

The set of the State that is asked holds the tags of the marks that are asked for and, for the rest, random ones: tags
cannot be told from random bytes, and asking costs the same. What it costs to evaluate a key is measured on some.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import results
from tracemark import exchange, tracing
from tracemark.exchange import TAG_BYTES, TagKey

ASKED = 1_000
_KNOWN = 700
_EVALUATED = 5_000
_EPOCH = "2026-01-01T00:00:00Z"


def measured(folder: Path, keys: int) -> Iterator[results.Row]:
    """Yield a row for each step of one question, with seconds, processor seconds and what is sent."""
    seed = secrets.token_bytes(exchange.SEED_BYTES)
    inputs = [exchange.mark_input(f"|{number:06}") for number in range(_EVALUATED)]
    rows: list[results.Row] = []
    with step(rows, keys, "evaluate a key", _EVALUATED):
        known = exchange.tags_of(seed, _EPOCH, inputs)
    filled = folder / "random.bytes"
    filled.write_bytes(secrets.token_bytes((keys - _KNOWN) * TAG_BYTES))
    held = exchange.write_tags(folder / "keys.tags", known[:_KNOWN], exchange.read_tags(filled))
    with step(rows, keys, "check the set, once", 1, sent=held.path.stat().st_size):
        held.digest()
        if not exchange.well_formed(held.path.read_bytes()):
            raise RuntimeError("the set is not well formed")
    key, lacking = TagKey(seed, _EPOCH), tracing.filled_size(ASKED) - ASKED
    filling = [secrets.token_bytes(16) for _ in range(lacking)]
    with step(rows, keys, "blind", ASKED, sent=(ASKED + lacking) * exchange.ELEMENT_BYTES):
        drawn = exchange.blind([*inputs[:ASKED], *filling])
    with step(rows, keys, "answer", ASKED):
        answer = key.answer(drawn.elements)
    with step(rows, keys, "unblind and verify", ASKED, sent=len(answer)):
        tags = drawn.tags(answer, key.public_key)[:ASKED]
    with step(rows, keys, "look up", ASKED):
        found = held.holding(tags)
    if found != [place < _KNOWN for place in range(ASKED)]:
        raise RuntimeError(f"{sum(found)} of {ASKED} were found, {_KNOWN} are known")
    yield from rows


@contextmanager
def step(rows: list[results.Row], keys: int, name: str, each: int, sent: int = 0) -> Iterator[None]:
    """Measure one step, done for so many marks, and add its row."""
    begun, spent = time.perf_counter(), time.process_time()
    yield
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    rows.append(
        {"system": "tracemark", "size": keys, "class": f"private question: {name}", "seconds": round(seconds, 4),
         "processor_us_each": round(1e6 * processor / each, 1), "bytes_sent": sent}
    )  # fmt: skip
