from collections.abc import Callable, Iterable, Mapping
from functools import wraps

from tracemark.kernel import Plain
from tracemark.marking.circumstances import Circumstance, Marked
from tracemark.marking.marks import Mark

Facts = Mapping[str, Plain]
Check = Callable[[Marked], Facts | None]


def asked_in(*circumstances: Circumstance) -> Callable[[Check], Check]:
    """Let a check speak in these circumstances only."""

    def narrow(check: Check) -> Check:
        @wraps(check)
        def narrowed(marked: Marked) -> Facts | None:
            return check(marked) if marked.circumstance in circumstances else None

        return narrowed

    return narrow


def facts_about(marks: Iterable[Mark]) -> Facts | None:
    """Return the marks concerned as facts, None where there are none."""
    found = tuple(marks)
    if not found:
        return None
    return {
        "marks": [mark.id for mark in found],
        "kinds": [mark.kind.value for mark in found],
        "texts": [mark.text or mark.serial for mark in found],
    }
