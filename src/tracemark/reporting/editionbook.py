"""Editions of the forms: which questions each asks, in which sections, under which numbers. Each is a file of data."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tracemark.kernel import Plain
from tracemark.reporting.questionbook import Question, questions

NATIONAL = "poa"
"""The form of the national report on the Programme of Action and the International Tracing Instrument."""


class NoSuchEdition(KeyError):
    """There is no such form, or no such edition of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as an edition asks it. `number` is "" where it was not seen; `read` says that it was."""

    question: Question
    number: str
    read: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form."""

    id: str
    number: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A form as it stood from a day on."""

    form: str
    edition: str
    since: date
    source: str
    sections: tuple[Section, ...]

    @property
    def asked(self) -> Iterator[Asked]:
        """Every question, in the order of the form."""
        for section in self.sections:
            yield from section.asked

    def question(self, name: str) -> Question:
        """Return one of its questions.

        Raises:
            KeyError: it does not ask this.
        """
        for each in self.asked:
            if each.question.id == name:
                return each.question
        raise KeyError(name)

    def asks(self, name: str) -> bool:
        """Whether it asks a question."""
        return any(each.question.id == name for each in self.asked)

    def plain(self) -> dict[str, Plain]:
        """As JSON says it, complete in itself: the shape that `docs/reference/report-edition.schema.json` describes."""
        return {
            "form": self.form,
            "edition": self.edition,
            "since": self.since.isoformat(),
            "source": self.source,
            "sections": [
                {"id": each.id, "number": each.number, "questions": [_plain(asked) for asked in each.asked]}
                for each in self.sections
            ],
        }


@cache
def editions() -> Mapping[tuple[str, str], Edition]:
    """Every edition by form and name; of a form the oldest first."""
    folder = files("tracemark.reporting") / "form_editions"
    texts = (each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".toml"))
    found = sorted(map(read_edition, texts), key=lambda each: (each.form != NATIONAL, each.form, each.since))
    return {(each.form, each.edition): each for each in found}


def edition_of(form: str, edition: str = "") -> Edition:
    """Return an edition of a form, the newest where none is named.

    Raises:
        NoSuchEdition: there is none.
    """
    of_form = [each for each in editions().values() if each.form == form and edition in ("", each.edition)]
    if not of_form:
        raise NoSuchEdition(f"{form} {edition}".strip())
    return of_form[-1]


def read_edition(text: str) -> Edition:
    """Read an edition from its file.

    Raises:
        KeyError: a field is missing, or a question is none that is known.
        ValueError: the text is no TOML, or a question is asked twice.
    """
    told = tomllib.loads(text)
    sections = tuple(
        Section(
            part["id"],
            part["number"],
            tuple(
                Asked(questions()[each["id"]], each["number"], each["confidence"] == "read")
                for each in part["questions"]
            ),
        )
        for part in told["sections"]
    )
    found = Edition(told["form"], told["edition"], told["since"], told["source"], sections)
    names = [each.question.id for each in found.asked]
    if len(set(names)) < len(names):
        raise ValueError(f"{found.form} {found.edition} asks a question twice")
    return found


def _plain(asked: Asked) -> dict[str, Plain]:
    question = asked.question
    told: dict[str, Plain] = {
        "id": question.id,
        "number": asked.number,
        "answer": question.answer.value,
        "paragraph": str(question.paragraph),
        "confidence": {"number": _SEEN[asked.read], "question": _SEEN[question.read]},
    }
    if question.when:
        told["when"] = {"question": question.when.question, "is": question.when.wanted or "yes"}
    lists = {"options": question.options, "columns": question.columns}
    told |= {name: list(each) for name, each in lists.items() if each}
    texts = {"figure": question.figure, "indicator": question.indicator or "", "split": question.split}
    return told | {name: text for name, text in texts.items() if text}


_SEEN = {True: "read", False: "memory"}
