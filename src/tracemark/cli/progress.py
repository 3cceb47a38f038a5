from collections.abc import Callable
from time import monotonic

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from tracemark.cli.output import errors, say

_PAUSE = 0.2


class _Rate(ProgressColumn):
    """How many rows are done a second."""

    def render(self, task: Task) -> Text:
        return Text(say("cli.rows_a_second", count=round(task.finished_speed or task.speed or 0)))


def progress(*, shown: bool = True, threaded: bool = True) -> Progress:
    """Show on a terminal's standard error how far work is, how quick, and how long it will take.

    Work that copies this process must not find a second thread in it: then `teller` draws, and no thread.
    """
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn(),
        TimeRemainingColumn(), console=errors, disable=not (shown and errors.is_terminal),
        auto_refresh=threaded,
    )  # fmt: skip


def teller(bar: Progress, task: TaskID) -> Callable[[int], None]:
    """Return what draws how much of a task is done, at most every `_PAUSE` seconds."""
    drawn_at = -_PAUSE

    def tell(done: int) -> None:
        nonlocal drawn_at
        if monotonic() - drawn_at >= _PAUSE:
            bar.update(task, completed=done, refresh=True)
            drawn_at = monotonic()

    return tell
