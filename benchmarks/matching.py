"""Finding a weapon by a damaged mark: this engine, its rivals, and the limit of what can be known.

    make bench-matching SIZE=1M            or  python -m benchmarks.matching --size 1M --rivals sqlite_glob,pg_trgm

All systems answer the same queries in one thread, in turns of fifty; a slow one answers as many of them as it can in
`--seconds`, and is compared with what the engine made of the same ones. Times are by the wall and of the processor.
`docs/why/how-matching-is-measured.md` says what the tables mean.
"""

import argparse
import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import TypeVar

from benchmarks import marks, results, strain, tables
from benchmarks.figures import ALL, Given, Run, ask, ask_in_turn, certainty, reliability
from benchmarks.limit import Limit
from benchmarks.marks import Recovery, Register, World
from benchmarks.registers import IN_LOTS
from benchmarks.rivals import FASTEST, RIVALS
from benchmarks.rivals.splink_batch import SplinkBatch
from benchmarks.systems import Engine, System
from benchmarks.worlds import WEAPONS

_LARGE, _HUGE = 5_000_000, 50_000_000
"""From so many marks on: only the fastest rivals, unless others are asked for; and only the physical limit."""

_LIMITED = 50

ALL_RIVALS = (*RIVALS, SplinkBatch.name)

Built = TypeVar("Built", bound=System)


class Bench:
    """One run: a world, a register, what is asked, and the rows found so far."""

    def __init__(self, size: int, each: int, seed: int, in_lots: float, weapons: int) -> None:
        began = time.perf_counter()
        self.size = size
        self.seed = seed
        self.world: World = marks.world(seed, weapons)
        self.register: Register = marks.register(self.world, size, seed, in_lots)
        self.asked: list[Recovery] = marks.recoveries(self.world, self.register, each, seed)
        self.builds: dict[str, dict[str, float]] = {}
        self.rows: list[results.Row] = []
        self.told(f"{size:,} marks drawn", began)

    def told(self, what: str, began: float) -> None:
        print(f"{what} in {time.perf_counter() - began:.1f} s", flush=True)

    def build(self, make: Callable[[Register], Built]) -> Built:
        """Make a register ready in one system, and note what that took."""
        wall, cpu = time.perf_counter(), time.process_time()
        system = make(self.register)
        self.builds[system.name] = {
            "build_s": round(time.perf_counter() - wall, 2),
            "build_cpu_s": round(time.process_time() - cpu + system.elsewhere_s(), 2),
            "bytes_a_mark": round(system.bytes_held / self.size, 1),
        }
        self.told(f"{system.name} built", wall)
        return system

    def strained(self, engine: Engine, count: int) -> None:
        """Measure throughput, and recoveries with other rates of errors, before rivals take memory and processor."""
        began = time.perf_counter()
        for recovery in self.asked[:50]:
            engine.answer(recovery)
        rates = strain.throughput(engine, self.asked[:count])
        self.rows += tables.named(engine.name, self.size, {f"throughput, {name}": v for name, v in rates.items()})
        self.rows += tables.named(engine.name, self.size, {"serving": strain.serving(engine, self.asked[:count])})
        strained = strain.under_other_rates(engine, self.world, self.register, count, self.seed)
        self.rows += tables.named(engine.name, self.size, {f"errors x {rate:g}": v for rate, v in strained.items()})
        self.told("throughput and other rates of errors measured", began)

    def compared(self, systems: Sequence[System], seconds: float) -> list[Given]:
        """Ask all systems in turn; return what the first of them, the engine, answered."""
        began = time.perf_counter()
        runs = ask_in_turn(systems, self.asked, seconds)
        for run in runs:
            self.add(run, runs[0].given)
        self.told("all asked", began)
        return runs[0].given

    def add(self, run: Run, ours: Sequence[Given]) -> None:
        rows = tables.rows_of(run, ours, self.size)
        built = self.builds[run.system.name]
        self.rows += [{**row, **(built if row["class"] == ALL else {})} for row in rows]

    def limited(self, given: Sequence[Given], each: int) -> None:
        """Answer so many questions of each class by the true channel, and of the present weapons rank the register."""
        began = time.perf_counter()
        limit, asked, places = Limit(self.world, self.register), Counter[str](), []
        for place, one in enumerate(given):
            if asked[one.asked.damage] < each:
                asked[one.asked.damage] += 1
                places.append(place)
        same = [given[place] for place in places]
        shares = {place: limit.shares(given[place].asked) for place in places if given[place].asked.weapon >= 0}
        self.rows += tables.limit_rows(given, shares, self.faultless(limit.known, shares), self.size)
        best = [one._replace(answer=found) for one, found in zip(same, limit.answers([one.asked for one in same]),
                                                                 strict=True)]  # fmt: skip
        self.rows += tables.honest_rows(best, same, self.size)
        self.told("information limit computed", began)

    def faultless(self, known: Register, places: Iterable[int]) -> dict[int, Given]:
        """Answer the same questions from the register in which no clerk erred; of a huge one no second is built."""
        if self.size >= _HUGE:
            return {}
        engine = Engine.built(known)
        try:
            return {place: ask(engine, self.asked[place]) for place in places}
        finally:
            engine.close()

    def certain(self, given: Sequence[Given]) -> None:
        self.rows += tables.named("tracemark", self.size, {"certainty": certainty(given)})
        bands = {f"reliability {band['from']:.1f}": band for band in reliability(given)}
        self.rows += tables.named("tracemark", self.size, bands)

    def splink(self, given: Sequence[Given]) -> None:
        """Ask Splink all in one batch."""
        training = marks.recoveries(self.world, self.register, 200, self.seed + 1)
        system = self.build(lambda registered: SplinkBatch(registered, training))
        self.add(system.run(self.asked), given)
        system.close()

    def report(self) -> None:
        """Print the tables."""
        rows = self.rows
        ours = [row for row in rows if row["system"] == "tracemark"]
        tables.show("Systems", tables.SYSTEMS, [row for row in rows if row["class"] == ALL and "p50_ms" in row])
        for row in _starting(ours, "run"):
            print(f"  not measured: {row['left_out'] or 'none'}", flush=True)
        tables.show("tracemark, by class of damage", tables.CLASSES,
                    [row for row in ours if row["class"] in (ALL, *marks.DAMAGES)])  # fmt: skip
        tables.show("Beside the information limit, on the same queries", tables.LIMITS,
                    [row for row in rows if row["system"] == "information limit"])  # fmt: skip
        honest = [row for row in rows if row["system"] in {tables.TRUE, tables.SAME}]
        tables.show("What a probability could be worth, on the same queries", {"system": "", **tables.CERTAINTY},
                    _starting(honest, "certainty"))  # fmt: skip
        tables.show("Reliability of the first candidate, on the same queries", {"system": "", **tables.BANDS},
                    _starting(honest, "reliability"))  # fmt: skip
        tables.show("What a probability is worth", tables.CERTAINTY, _starting(ours, "certainty"))
        tables.show("Reliability of the first candidate", tables.BANDS, _starting(ours, "reliability"))
        tables.show("Errors rarer and more frequent than usual", tables.RATES, _starting(ours, "errors"))
        tables.show("A process that serves", tables.SERVING, _starting(ours, "serving"))
        tables.show("Throughput", {"class": "by", "queries_a_second": "queries/s"}, _starting(ours, "throughput"))


def _starting(rows: Sequence[results.Row], name: str) -> list[results.Row]:
    return [row for row in rows if str(row["class"]).startswith(name)]


def usual_rivals(size: int) -> tuple[str, ...]:
    """Return the names of the rivals that a register of this size is measured beside, unless others are asked for."""
    return ALL_RIVALS if size < _LARGE else FASTEST if size < _HUGE else ("numpy_masked_scan",)


def rivals(named: str) -> tuple[str, ...]:
    """Return the names of the rivals that were asked for.

    Raises:
        argparse.ArgumentTypeError: there is no rival of such a name.
    """
    if named in {"all", "none"}:
        return ALL_RIVALS if named == "all" else ()
    chosen = tuple(named.split(","))
    if unknown := [name for name in chosen if name not in ALL_RIVALS]:
        raise argparse.ArgumentTypeError(f"no such rival: {', '.join(unknown)}. There are {', '.join(ALL_RIVALS)}")
    return chosen


def run(chosen: argparse.Namespace) -> Bench:
    """Measure what is chosen."""
    names = usual_rivals(chosen.size) if chosen.rivals is None else chosen.rivals
    names = () if chosen.alone else names
    left_out = [name for name in ALL_RIVALS if name not in names]
    bench = Bench(chosen.size, chosen.each, chosen.seed, chosen.lots, chosen.weapons)
    with ExitStack() as stack:
        engine = bench.build(Engine.built)
        stack.callback(engine.close)
        bench.strained(engine, chosen.strained)
        systems: list[System] = [engine]
        for name in names:
            if name in RIVALS:
                systems.append(bench.build(RIVALS[name]))
                stack.callback(systems[-1].close)
        given = bench.compared(systems, chosen.seconds)
    if SplinkBatch.name in names:
        bench.splink(given)
    bench.certain(given)
    if chosen.limited is not None or chosen.size < _HUGE:
        bench.limited(given, _LIMITED if chosen.limited is None else chosen.limited)
    bench.rows.append({
        "system": "tracemark", "size": chosen.size, "class": "run", "incomplete": engine.incomplete,
        "load_average": round(os.getloadavg()[0], 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "left_out": ", ".join(left_out),
    })  # fmt: skip
    return bench


def options() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("--size", type=results.size, default=1_000_000, help="marks in the register, such as 10M")
    found.add_argument("--each", type=int, default=500, help="queries of each class of damage")
    found.add_argument("--seed", type=int, default=31)
    found.add_argument("--lots", type=float, default=IN_LOTS, help="share of weapons bought in lots")
    found.add_argument("--rivals", type=rivals, help=f"all, none, or some of {','.join(ALL_RIVALS)}")
    found.add_argument("--seconds", type=float, default=25, help="the most a rival may take for its queries")
    found.add_argument("--limited", type=int, help="queries of each class answered by the true channel")
    found.add_argument("--weapons", type=results.size, default=WEAPONS, help="weapons ever made in the world")
    found.add_argument("--strained", type=int, default=1000, help="queries for throughput and for each rate of errors")
    found.add_argument("--alone", action="store_true", help="without rivals; nothing is written")
    return found


def main() -> None:
    began = time.perf_counter()
    chosen = options().parse_args()
    bench = run(chosen)
    bench.report()
    bench.told(f"\nload average {os.getloadavg()[0]:.1f}; {bench.rows[-1]}\nwhole run", began)
    if not chosen.alone:
        print(results.write("matching", bench.rows, keep_other_sizes=True))


if __name__ == "__main__":
    main()
