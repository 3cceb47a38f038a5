import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tracemark.storage.columnar.units import LinkJob, answer_unit


def answer_in_processes(job: LinkJob, told: Callable[[int], None], processes: int | None = None) -> None:
    """Answer every unit on this machine, one process a processor; `told` hears how many rows are done."""
    job.answers.mkdir()
    units = job.units()
    if len(units) == 1:
        # Another process would begin for longer than it works.
        told(answer_unit(job, units[0]))
        return
    workers = max(1, min(processes or processors(), len(units)))
    done = 0
    # DuckDB keeps threads, beside which a process must not be copied: workers begin anew.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(answer_unit, job, unit) for unit in units]
        try:
            for each in as_completed(waiting):
                done += each.result()
                told(done)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))
