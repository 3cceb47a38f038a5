from tracemark.kernel import rule
from tracemark.marking.circumstances import IDENTIFYING, Marked
from tracemark.marking.marks import Mark
from tracemark.marking.rules.asking import Check, Facts, facts_about

QUALITIES = ("exposed", "conspicuous", "recognisable", "readable", "durable", "recoverable")
"""The six qualities of every required mark, whatever the method. Source: ITI 7."""


def _has(quality: str) -> Check:
    def check(marked: Marked) -> Facts | None:
        required = marked.marks_of(*IDENTIFYING)
        return facts_about(mark for mark in required if (mark.qualities or {}).get(quality) is False)

    return check


exposed = rule("marking.not_exposed", "ITI 7(1)")(_has("exposed"))
conspicuous = rule("marking.not_conspicuous", "ITI 7(2)")(_has("conspicuous"))
recognisable = rule("marking.not_recognisable", "ITI 7(3)")(_has("recognisable"))
readable = rule("marking.not_readable", "ITI 7(4)")(_has("readable"))
durable = rule("marking.not_durable", "ITI 7(5)")(_has("durable"))
recoverable = rule("marking.not_recoverable", "ITI 7(6)")(_has("recoverable"))


@rule("marking.qualities_not_assessed", "ITI 7")
def qualities_assessed(marked: Marked) -> Facts | None:
    left_open = [mark for mark in marked.marks_of(*IDENTIFYING) if _open(mark)]
    about = facts_about(left_open)
    return about and {**about, "qualities": [name for name in QUALITIES if any(name in _open(m) for m in left_open)]}


def _open(mark: Mark) -> tuple[str, ...]:
    return tuple(name for name in QUALITIES if name not in (mark.qualities or {}))


REQUIRED = (exposed, conspicuous, recognisable, readable, durable)
# The Instrument itself softens the sixth: a mark is recoverable as far as technically possible.
ENCOURAGED = (recoverable,)
NOT_ASSESSED = (qualities_assessed,)
