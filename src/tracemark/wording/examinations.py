from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracemark.weapons import entry_name
from tracemark.wording.sentences import sentence

if TYPE_CHECKING:
    from tracemark.tracing import Examined, Remark, UnreadableReading


def note_texts(examined: "Examined", *, to: str = "en") -> list[str]:
    """Say what was made of the words beside a number, and what is still to be asked."""
    asked = [
        sentence(each.code, {"position": each.start + 1, "word": examined.text[each.start : each.end]}, to=to)
        for each in examined.questions
    ]
    return [
        *asked,
        *(sentence(f"tracing.remark_{each.says}", _facts(examined, each), to=to) for each in examined.notes),
    ]


def question_texts(error: "UnreadableReading", *, to: str = "en") -> Iterator[str]:
    """Say what a reading leaves open, and the reading that may have been meant."""
    yield sentence(error.code, error.facts, to=to)
    if error.nearest:
        yield sentence("tracing.reading_meant", error.facts, to=to)


def _facts(examined: "Examined", note: "Remark") -> dict[str, object]:
    # Sentences are said without the search being loaded.
    from tracemark.tracing import maker_symbols  # noqa: PLC0415 - it takes seconds, and few sentences need it

    makers = maker_symbols()[note.value].makers if note.says == "symbol" else ()
    return {
        "text": examined.text[note.start : note.end],
        "value": note.value,
        "makers": [entry_name("makers", each.code) for each in makers],
    }
