"""How the engine bears what it was not made for: errors far rarer or more frequent than assumed, and company."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.figures import Figures, ask, figures
from benchmarks.marks import Recovery, Register, World, stream
from benchmarks.systems import Engine, System

RATES = (0.25, 1.0, 4.0)
"""How frequent errors are that a reading says nothing of, as multiples of what is usual."""


def under_other_rates(system: System, of: World, registered: Register, count: int, seed: int) -> dict[float, Figures]:
    """Return the figures of mixed recoveries, for each rate of errors; the engine is not told."""
    return {
        rate: figures([ask(system, recovery) for recovery in stream(of, registered, count, seed, rate)])
        for rate in RATES
    }


def throughput(system: System, asked: Sequence[Recovery]) -> dict[str, Figures]:
    """Return queries a second by one thread, by two, and by two processes that share the register's memory."""
    halves = asked[::2], asked[1::2]

    def answer_all(some: Sequence[Recovery]) -> None:
        for recovery in some:
            system.answer(recovery)

    def by_threads() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(answer_all, halves))

    def by_processes() -> None:
        forked = multiprocessing.get_context("fork")
        workers = [forked.Process(target=answer_all, args=(half,)) for half in halves]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0, 0]

    ways: dict[str, Callable[[], None]] = {
        "1 thread": lambda: answer_all(asked), "2 threads": by_threads, "2 processes": by_processes,
    }  # fmt: skip
    return {name: {"queries_a_second": round(len(asked) / _seconds(way), 1)} for name, way in ways.items()}


def serving(engine: Engine, asked: Sequence[Recovery]) -> Figures:
    """Return what a process of its own takes to open the files, every byte checked, and to answer from them.

    Anonymous memory is the process's alone; pages of the files are the kernel's, which takes them back as it needs.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_serve, (engine.folder, list(asked)))


def _serve(folder: Path, asked: Sequence[Recovery]) -> Figures:
    began, cpu = time.perf_counter(), time.process_time()
    engine = Engine(folder)
    opened, opened_cpu = time.perf_counter() - began, time.process_time() - cpu
    for recovery in asked:
        engine.answer(recovery)
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    held = {name: int(status[key].split()[0]) // 1024 for name, key in _HELD.items()}
    return {"opening_s": round(opened, 2), "opening_cpu_s": round(opened_cpu, 2), **held}


_HELD = {"rss_mib": "VmRSS", "anonymous_mib": "RssAnon", "mapped_mib": "RssFile", "peak_mib": "VmHWM"}


def _seconds(do: Callable[[], None]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
