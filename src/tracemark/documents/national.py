"""A report of a State in words, in the order of its form: what is printed, and what goes into a file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tracemark.documents.pages import typeset
from tracemark.documents.sheets import Drawn
from tracemark.kernel import Plain
from tracemark.reporting import Answer, Asked, Edition, Origin, Report
from tracemark.wording import (
    AnswerTable,
    answer_lines,
    answer_table,
    date_text,
    isolated,
    language,
    moment_text,
    question_title,
    sentence,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and what it shows in words."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what is said to it. `origin` and `notes` are sentences; `table` is None where there is none."""

    id: str
    number: str
    text: str
    paragraph: str
    lines: tuple[str, ...]
    table: AnswerTable | None
    origin: str
    notes: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a report."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """A report in a language. `draft` is "" once it is submitted; `lines` are what is said of the report itself."""

    title: str
    draft: str
    lines: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...] = field(default_factory=tuple)


def report_words(report: Report, edition: Edition, drawn: Drawn, *, to: str = "en") -> ReportWords:
    """Say a report in a language, laid out in an edition of its form.

    Source: PoA II.33, ITI 36.
    """
    parts = (
        Part(
            f"{section.number}. {sentence(f'reporting.section_{section.id}', to=to)}",
            tuple(_item(asked, answer, drawn.names, to) for asked, answer in put),
        )
        for section, put in report.sections(edition)
        if put
    )
    draft = "" if report.final else sentence("documents.report_draft", to=to)
    title = sentence(f"reporting.form_{report.form}", to=to)
    return ReportWords(title, draft, tuple(_lines(report, edition, to)), tuple(parts))


def national_report(report: Report, edition: Edition, drawn: Drawn, *, to: str = "en") -> bytes:
    """Set a report as PDF/UA-1; what is not submitted is marked as a draft on every page."""
    words = report_words(report, edition, drawn, to=to)
    footer = sentence("documents.report_footer", {"report": report.name, "at": moment_text(drawn.at, to=to)}, to=to)
    return printed(words, drawn, footer, report.head, to=to)


def printed(words: ReportWords, drawn: Drawn, footer: str, head: str, *, to: str, signed: bool = True) -> bytes:
    """Set words as PDF/UA-1, with room for signatures if it is `signed`, and the record's head if there is one."""
    data = {
        "state": drawn.state,
        "title": words.title,
        "draft": words.draft,
        "lines": words.lines,
        "parts": [{"heading": part.heading, "items": [_printed(each) for each in part.items]} for part in words.parts],
        "footer": footer,
        "signature": [sentence(f"documents.sign_{name}", to=to) for name in ("name", "on", "signature") if signed],
        "head_heading": sentence("documents.head", to=to),
        "head_hint": sentence("documents.head_hint", to=to),
        "head": head,
    }
    return typeset("national", data, language(to))


def report_json(report: Report, edition: Edition, *, to: str = "en") -> bytes:
    """Write a report as JSON: codes and values as the record has them, questions also in words."""
    sections: list[Plain] = [
        {
            "id": section.id,
            "number": section.number,
            "title": sentence(f"reporting.section_{section.id}", to=to),
            "questions": [_plain(asked, answer, to) for asked, answer in put],
        }
        for section, put in report.sections(edition)
    ]
    told: dict[str, Plain] = {
        "report": report.name,
        "form": report.form,
        "edition": edition.edition,
        "written_in": report.edition,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "standing": report.standing,
        "head": report.head,
        "fingerprint": report.frozen,
        "language": to,
        "sections": sections,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(report: Report, edition: Edition, to: str) -> Iterator[tuple[str, str]]:
    first, last = date_text(report.period.first, to=to), date_text(report.period.last, to=to)
    yield sentence("documents.report_period", to=to), f"{first} – {last}"
    yield sentence("documents.report_edition", to=to), isolated(report.edition, to=to)
    if edition.edition != report.edition:
        yield sentence("documents.report_laid_out", to=to), isolated(edition.edition, to=to)
    yield sentence("documents.report_standing", to=to), sentence(f"recordkeeping.standing_{report.standing}", to=to)
    for name, who, on in (
        ("signed", report.signed_off_by, report.signed_off_on),
        ("submitted", report.submitted_by, report.submitted_on),
    ):
        if who:
            yield sentence(f"documents.report_{name}", to=to), f"{isolated(who, to=to)}, {isolated(on, to=to)}"


def _item(asked: Asked, answer: Answer | None, names: Mapping[str, str], to: str) -> Item:
    question = asked.question
    told = answer is not None and answer.value is not None
    withheld = answer is not None and answer.withheld
    none = () if told else (sentence(f"reporting.{'withheld_answer' if withheld else 'none_given'}", to=to),)
    value = answer.value if answer else None
    return Item(
        id=question.id,
        number=asked.number,
        text=question_title(question.id, to=to),
        paragraph=str(question.paragraph),
        lines=none or tuple(answer_lines(question, value, to=to)),
        table=answer_table(question, value, names, to=to) if told else None,
        origin=sentence(f"reporting.origin_{answer.origin.value}", to=to) if answer else "",
        notes=tuple(_notes(answer, to)) if answer else (),
    )


def _notes(answer: Answer, to: str) -> Iterator[str]:
    for name, text in (("note", answer.note), ("reason", answer.reason)):
        if text:
            yield f"{sentence(f'documents.report_{name}', to=to)}: {isolated(text, to=to)}"
    if answer.figure:
        facts = {"figure": answer.figure, "events": int(answer.head.partition(".")[0] or 0)}
        yield sentence("documents.report_figure", facts, to=to)
    if answer.origin is Origin.CARRIED:
        yield sentence("reporting.origin_carried", to=to)


def _printed(item: Item) -> dict[str, object]:
    table = {"heads": item.table.heads, "rows": item.table.rows} if item.table and item.table.rows else None
    return {
        "number": item.number,
        "text": item.text,
        "paragraph": item.paragraph,
        "lines": item.lines,
        "table": table,
        "notes": item.notes,
        "picture": {"svg": item.picture.svg, "alt": item.picture.alt} if item.picture else None,
    }


def _plain(asked: Asked, answer: Answer | None, to: str) -> dict[str, Plain]:
    question = asked.question
    told: dict[str, Plain] = {
        "id": question.id,
        "number": asked.number,
        "text": question_title(question.id, to=to),
        "paragraph": str(question.paragraph),
        "answer": question.answer.value,
    }
    said = answer.plain() if answer else {"value": None}
    return {**told, **{name: value for name, value in said.items() if name != "question"}}
