from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracemark.marking import fold_serial
from tracemark.tracing.matching.atoms import Kind, atoms_within
from tracemark.tracing.matching.notations import reading_text
from tracemark.tracing.matching.readings import MOST_PLACES, Reading, UnreadableReading
from tracemark.tracing.matching.remarks import Question, Remark, notes
from tracemark.tracing.matching.splitting import atoms_of
from tracemark.tracing.matching.walks import Walk


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examiner's text says: at least one reading, if only one without places; remarks and questions."""

    text: str
    readings: tuple[Reading, ...]
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def canonical(self) -> str:
        """The same readings in the shortest words; it is understood without a question, and to the same end."""
        return _canonical(self.readings)

    @property
    def notes(self) -> tuple[Remark, ...]:
        """The remarks that a reader is told, those of words that stand together as one."""
        return tuple(notes(self.text, self.remarks))

    def settled(self) -> "Examined":
        """Return itself where nothing is left to ask.

        Raises:
            UnreadableReading: with the first question.
        """
        for each in self.questions:
            word = self.text[each.start : each.end]
            raise UnreadableReading(each.code, self.text, each.start, word=word, nearest=each.nearest)
        return self


def read_mark_text(text: str) -> Examined:
    """Read what an examiner wrote of one weapon's marks, in any of seven languages, without losing a character of it.

    Besides the notation of `parse_reading`: several numbers, each with its part and method; `**` and longer for so many
    places; `(0/O)` and `0 or O` for one of these; words such as "illegible" or "last three digits ground off". Whatever
    is neither number nor known word is asked about. Characters in quotation marks are taken as they stand.

    Source: ITI 17(b).
    """
    examined = _examined(text)
    if not examined.questions:
        return examined
    nearest = examined.canonical if any(each.places for each in examined.readings) else ""
    return replace(
        examined, questions=tuple(replace(each, nearest=nearest or _quoted(each, text)) for each in examined.questions)
    )


def _quoted(question: Question, text: str) -> str:
    """Return letters that are asked about as a number, where there is no other; "" where they are none."""
    word = "".join(each for each in text[question.start : question.end] if each.isalnum())
    asked = question.code == "tracing.question_word" and 0 < len(fold_serial(word)) <= MOST_PLACES
    return f'"{word}"' if asked else ""


def _canonical(readings: Iterable[Reading]) -> str:
    return "; ".join(reading_text(each, _reads_alike) for each in readings)


def _reads_alike(text: str, reading: Reading) -> bool:
    again = _examined(text)
    return not again.questions and [each.places for each in again.readings] == [reading.places]


def _examined(text: str) -> Examined:
    found = Walk(text)
    atoms = atoms_of(text, 0, len(text))
    found.legends = {each.value for each in atoms_within(atoms) if each.kind is Kind.LEGEND}
    found.take(atoms)
    found.finish()
    readings = tuple(found.readings) or (Reading(text, span=(0, len(text))),)
    questions = tuple(dict.fromkeys(sorted(found.questions, key=lambda each: each.start)))
    return Examined(text, readings, tuple(sorted(found.remarks, key=lambda each: each.start)), questions)
