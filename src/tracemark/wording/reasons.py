from collections.abc import Iterator, Mapping

from tracemark.wording.sentences import sentence

_AGREES = "tracing.serial_agrees"
_DAMAGE = ("look_alike", "misread", "added", "left_out", "swapped", "lost_head", "lost_tail")
_COUNTED = {_AGREES: "legible", "tracing.neighbours_in_register": "others"}


def reason_text(code: str, facts: Mapping[str, object], *, to: str = "en") -> str:
    """Say why a candidate of a trace fits or does not, such as "serial agrees in 6 of 7 legible places, model differs".

    `code` and `facts` are those of `tracing.Reason`. What happened to a serial is said part by part, since each part
    has a number of its own.

    Raises:
        UnknownSentence: there is no such reason.
    """
    return sentence("wording.list_comma", to=to).join(_parts(code, facts, to))


def _parts(code: str, facts: Mapping[str, object], to: str) -> Iterator[str]:
    yield sentence(code, {**facts, "count": facts.get(_COUNTED.get(code, ""), 0)}, to=to)
    if code == _AGREES:
        for each in _DAMAGE:
            if count := facts.get(each):
                yield sentence(f"tracing.serial_{each}", {"count": count}, to=to)
