"""A dossier for a meeting in words: each number with what it is of and how it was counted; a table for each section."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tracemark.documents.national import Item, Part, ReportWords
from tracemark.documents.pages import typeset
from tracemark.documents.sheets import Drawn
from tracemark.instruments import shipped
from tracemark.kernel import PartialDate
from tracemark.review import COUNTS, Meeting, MeetingDossier, Section, Standing
from tracemark.wording import (
    AnswerTable,
    basis_text,
    cell_text,
    counted_text,
    date_text,
    has_sentence,
    isolated,
    language,
    meeting_text,
    moment_text,
    number_text,
    paragraph_summary,
    question_title,
    sentence,
    state_text,
)

_WIDTHS: Mapping[str, int] = {"basis": 8, "name": 5, "question": 6, "target": 5, "standings": 6, "change": 3, "cell": 3,
                              "summary": 12}  # fmt: skip
"""How wide columns are, where others have 2."""

_SHORT = 12
"""How many signs of a fingerprint are printed; the JSON has them all."""

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "undertakings": ("paragraph", "level", "standing", "change", "basis"),
    "progress": ("name", "value", "before", "definition"),
    "gender": ("name", "value", "before", "definition"),
    "technology": ("name", "value", "before", "definition"),
    "gaps": ("question", "paragraph", "theme", "answer"),
    "reports": ("whose", "due", "first", "state", "report"),
    "signals": ("name", "cell", "value", "definition"),
    "indicator": ("year", "value", "definition"),
    "targets": ("target", "paragraph", "outlook", "value", "goal", "request"),
    "assistance": ("way", "given_by", "received_by", "themes", "amount", "standing"),
}
_TOLD_APART = (Standing.NOT_KNOWN.value, Standing.OF_OTHERS.value)
"""Of these the paragraphs are listed in a line, as there is nothing to say of each."""


def meeting_words(dossier: MeetingDossier, meeting: Meeting, drawn: Drawn, *, to: str = "en") -> ReportWords:
    """Say a dossier in a language.

    Source: PoA IV.1b.
    """
    title = sentence(
        "documents.meeting_title", {"meeting": meeting_text(meeting.kind.value, meeting.number, to=to)}, to=to
    )
    return ReportWords(title, "", tuple(_lines(dossier, meeting, to)), tuple(_parts(dossier, drawn, to)))


def printed_meeting_words(dossier: MeetingDossier, meeting: Meeting, drawn: Drawn, *, to: str = "en") -> ReportWords:
    """Say a dossier as it is printed: what each paragraph that it cites asks stands at its end.

    Source: PoA IV.1b.
    """
    words = meeting_words(dossier, meeting, drawn, to=to)
    cited = {item.paragraph for part in words.parts for item in part.items}
    cited |= {str(row["paragraph"]) for section in dossier.sections for row in section.rows if row.get("paragraph")}
    return replace(words, parts=(*words.parts, _cited(cited, to)))


def meeting_paper(dossier: MeetingDossier, meeting: Meeting, drawn: Drawn, name: str, *, to: str = "en") -> bytes:
    """Set a dossier as PDF/UA-1; `name` is that under which it was kept, the meeting's code where it was not."""
    words = printed_meeting_words(dossier, meeting, drawn, to=to)
    wide = {sentence(f"review.field_{each}", to=to): share for each, share in _WIDTHS.items()}
    data = {
        "state": drawn.state,
        "title": words.title,
        "lines": words.lines,
        "parts": [
            {"heading": part.heading, "items": [_set(item, wide) for item in part.items]} for part in words.parts
        ],
        "footer": sentence("documents.report_footer", {"report": name, "at": moment_text(drawn.at, to=to)}, to=to),
        "head_heading": sentence("documents.head", to=to),
        "head_hint": sentence("documents.head_hint", to=to),
        "head": dossier.head,
    }
    return typeset("meeting", data, language(to))


def meeting_json(dossier: MeetingDossier) -> bytes:
    """Write a dossier as JSON, with its fingerprint: the SHA-256 of its canonical bytes without it."""
    told = {**dossier.plain(), "fingerprint": dossier.fingerprint}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _cited(cited: AbstractSet[str], to: str) -> Part:
    """The paragraphs of a dossier with their summaries, in the order of the instruments."""
    found = [versions[-1] for citation, versions in shipped().versions.items() if str(citation) in cited]
    rows = tuple(
        (isolated(str(each.citation), to=to), isolated(paragraph_summary(each, to=to).text, to=to)) for each in found
    )
    heads = tuple(sentence(f"review.field_{each}", to=to) for each in ("paragraph", "summary"))
    heading, note = sentence("review.cited", to=to), sentence("review.cited_note", to=to)
    return Part(heading, (Item("", "", heading, "PoA IV.1b", (), AnswerTable(heads, rows), "", (note,)),))


def _set(item: Item, wide: Mapping[str, int]) -> dict[str, object]:
    """An item as the page sets it; columns of sentences are given more room than those of a word or a number."""
    table = item.table if item.table and item.table.rows else None
    told = table and {"heads": table.heads, "rows": table.rows, "widths": [wide.get(each, 2) for each in table.heads]}
    return {"text": item.text, "table": told, "notes": item.notes, "lines": item.lines}


def _lines(dossier: MeetingDossier, meeting: Meeting, to: str) -> Iterator[tuple[str, str]]:
    def span(first: object, last: object) -> str:
        return isolated(f"{first} – {last}" if first != last else str(first), to=to)

    yield sentence("documents.meeting_for", to=to), state_text(dossier.subject, to=to)
    if len(dossier.states) > 1:
        comma = sentence("wording.list_comma", to=to)
        yield (
            sentence("documents.meeting_states", to=to),
            comma.join(state_text(each, to=to) for each in dossier.states),
        )
    days = span(date_text(meeting.first, to=to), date_text(meeting.last, to=to))
    yield sentence("documents.meeting_when", to=to), days
    since = span(dossier.period.first.year, dossier.period.last.year)
    yield (
        sentence("documents.meeting_cycle", to=to),
        f"{since} ({isolated(dossier.since, to=to)})" if dossier.since else since,
    )
    yield sentence("documents.meeting_before", to=to), span(dossier.before.first.year, dossier.before.last.year)
    yield sentence("documents.meeting_drawn", to=to), date_text(dossier.drawn_on, to=to)


def _parts(dossier: MeetingDossier, drawn: Drawn, to: str) -> Iterator[Part]:
    for section in dossier.sections:
        heading = sentence(f"review.section_{section.code}", to=to)
        notes = tuple(sentence(each, to=to) for each in section.notes)
        if section.code == "undertakings":
            yield Part(heading, tuple(_undertakings(section, notes, len(dossier.states) > 1, to)))
            continue
        several = len(dossier.states) > 1 or section.code == "reports"
        lead = () if not several or "whose" in _COLUMNS[section.code] or section.code != "gaps" else ("whose",)
        yield Part(heading, (_table(section, (*lead, *_COLUMNS[section.code]), section.rows, drawn, notes, to),))


def _undertakings(section: Section, notes: tuple[str, ...], several: bool, to: str) -> Iterator[Item]:  # noqa: FBT001
    if several:
        wide = ("paragraph", "level", "standings")
        yield _made(section.code, wide, section.rows, lambda name, row: _cell(name, row, {}, to), notes, to)
        return
    counted = Counter(str(row["standing"]) for row in section.rows)
    heads = (sentence("review.field_standing", to=to), sentence("review.field_number", to=to))
    rows = tuple((sentence(f"review.standing_{each}", to=to), number_text(counted[each], to=to)) for each in Standing)
    lines = tuple(_apart(section, each, to) for each in _TOLD_APART if counted[each])
    yield Item("", "", sentence("review.how_many", to=to), "BMS7 MEAS.4", (), AnswerTable(heads, rows), "", notes)
    told = [row for row in section.rows if row["standing"] not in _TOLD_APART]
    columns = _COLUMNS[section.code]
    yield _made(section.code, columns, told, lambda name, row: _cell(name, row, {}, to), (), to, lines)


def _apart(section: Section, standing: str, to: str) -> str:
    comma = sentence("wording.list_comma", to=to)
    named = comma.join(isolated(str(row["paragraph"]), to=to) for row in section.rows if row["standing"] == standing)
    return f"{sentence(f'review.standing_{standing}', to=to)}: {named}"


def _table(
    section: Section,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    drawn: Drawn,
    notes: tuple[str, ...],
    to: str,
) -> Item:
    """A section as one table. A count that this node does not keep is a line under it, and no row of it."""
    whole = [row for row in rows if "name" not in row or row["name"] not in COUNTS or section.code == "indicator"]
    lines = tuple(f"{_cell('name', row, {}, to)}: {_cell('value', row, {}, to)}" for row in rows if row not in whole)
    return _made(section.code, columns, whole, lambda name, row: _cell(name, row, drawn.names, to), notes, to, lines)


def _made(
    code: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    say: Any,  # noqa: ANN401 - a column and a row in, a text out
    notes: tuple[str, ...],
    to: str,
    lines: tuple[str, ...] = (),
) -> Item:
    heads = tuple(sentence(f"review.field_{each}", to=to) for each in columns)
    told = tuple(tuple(say(name, row) for name in columns) for row in rows)
    nothing = () if told or lines else (sentence("review.nothing_told", to=to),)
    heading = sentence(f"review.table_{code}", to=to)
    return Item("", "", heading, "PoA IV.1b", (*nothing, *lines), AnswerTable(heads, told), "", notes)


def _cell(column: str, row: Mapping[str, Any], names: Mapping[str, str], to: str) -> str:
    """Say what stands in a row's column."""
    value = row.get(column)
    if column in _SAID:
        return str(_SAID[column](row, to))
    if column in ("value", "before", "goal"):
        return _number(value, row, "before_absent" if column == "before" else "absent", to)
    if column == "cell":
        return cell_text(str(row.get("by", "")), str(value), names, to=to) if row.get("by") else _whole(to)
    if column in ("whose", "given_by", "received_by"):
        return state_text(str(value), to=to) if value else "–"
    return isolated(str(value), to=to) if value not in (None, "") else "–"


def _whole(to: str) -> str:
    return sentence("web.public.sum", to=to)


def _number(value: object, row: Mapping[str, Any], absent: str, to: str) -> str:
    if value is None:
        return sentence(f"review.absent_{row.get(absent) or 'not_recorded'}", to=to)
    told = number_text(Decimal(str(value)), to=to)
    return f"{told} %" if row.get("unit") == "percent" else told


def _name(row: Mapping[str, Any], to: str) -> str:
    return counted_text(str(row["name"]), to=to)


def _change(row: Mapping[str, Any], to: str) -> str:
    return sentence(f"review.change_{ {1: 'nearer', 0: 'same', -1: 'back', None: 'none'}[row['change']] }", to=to)


def _basis(row: Mapping[str, Any], to: str) -> str:
    return "\n".join(basis_text(each, to=to) for each in row["basis"]) or "–"


def _standings(row: Mapping[str, Any], to: str) -> str:
    told = (f"{sentence(f'review.standing_{each}', to=to)}: {number}" for each, number in row["standings"].items())
    return "\n".join(told)


def _gap(row: Mapping[str, Any], to: str) -> str:
    if "question" not in row:
        return sentence("review.no_report", to=to)
    return f"{isolated(row['question'], to=to)} {question_title(row['question'], to=to)}"


def _answer(row: Mapping[str, Any], to: str) -> str:
    return sentence(f"reporting.answer_{row['answer']}", to=to) if row.get("answer") else "–"


def _due(row: Mapping[str, Any], to: str) -> str:
    return date_text(PartialDate.parse(row["due"]), to=to)


def _goal(row: Mapping[str, Any], to: str) -> str:
    return f"{number_text(Decimal(row['goal']), to=to)} ({_due(row, to)})"


def _first(row: Mapping[str, Any], to: str) -> str:
    return isolated(f"{row['first'][:4]} – {row['last'][:4]}", to=to)


def _theme(row: Mapping[str, Any], to: str) -> str:
    return sentence(f"reporting.theme_{row['theme']}", to=to) if row.get("theme") else "–"


def _amount(row: Mapping[str, Any], to: str) -> str:
    if row.get("amount") is None:
        return "–"
    return isolated(f"{number_text(Decimal(row['amount']), to=to)} {row['currency']}", to=to)


_SAID: Mapping[str, Any] = {
    "name": _name,
    "change": _change,
    "basis": _basis,
    "standings": _standings,
    "question": _gap,
    "answer": _answer,
    "theme": _theme,
    "due": _due,
    "first": _first,
    "amount": _amount,
    "goal": _goal,
    "definition": lambda row, to: isolated(str(row.get("definition", ""))[:_SHORT], to=to) or "–",
    "level": lambda row, to: sentence(f"instruments.level_{row['level']}", to=to),
    "standing": lambda row, to: _standing(str(row["standing"]), to),
    "outlook": lambda row, to: sentence(f"targets.outlook_{row['outlook']}", to=to),
    "target": lambda row, to: isolated(f"{row['target']} {row['title']}", to=to),
    "state": lambda row, to: sentence(f"reporting.due_{row['state']}", to=to),
    "way": lambda row, to: sentence(f"review.way_{row['way']}", to=to),
    "themes": lambda row, to: sentence("wording.list_comma", to=to).join(row["themes"]),
}


def _standing(standing: str, to: str) -> str:
    code = f"review.standing_{standing}"
    code = code if has_sentence(code) else f"recordkeeping.standing_{standing}"
    return sentence(code, to=to) if has_sentence(code) else standing
