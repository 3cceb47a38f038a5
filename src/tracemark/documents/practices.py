"""The document of good practice on a subject: the practices of the library, and how long marks lasted by the record."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracemark.documents.curves import lasting_svg
from tracemark.documents.national import Item, Part, Picture, ReportWords, printed
from tracemark.documents.office import report_document
from tracemark.documents.sheets import Drawn
from tracemark.kernel import PartialDate
from tracemark.practices import TELLS, Durability, LibraryEntry, MarkCell, PracticeSubject, Share, age_band
from tracemark.wording import (
    AnswerTable,
    date_text,
    isolated,
    language,
    moment_text,
    sentence,
    share_text,
    state_text,
)

_PARAGRAPH = "BMS7 ITI.3"
_MARKS = "ITI 7(5)"


def good_practice_words(
    subject: PracticeSubject, entries: Sequence[LibraryEntry], found: Durability | None, drawn: Drawn, *, to: str = "en"
) -> ReportWords:
    """Say the document in a language; a practice that is not told in it is shown in another, which is named.

    Source: BMS7 ITI.3.
    """
    title = sentence("documents.practice_title", {"subject": sentence(f"practices.subject_{subject}", to=to)}, to=to)
    lines = [
        (sentence("documents.practice_drawn", to=to), moment_text(drawn.at, to=to)),
        (sentence("documents.practice_count", to=to), str(len(entries))),
    ]
    parts = [_practices(entries, to), *(_durability(found, to) if found else ())]
    return ReportWords(title, "", tuple(lines), tuple(parts))


def good_practice_report(
    subject: PracticeSubject, entries: Sequence[LibraryEntry], found: Durability | None, drawn: Drawn, *, to: str = "en"
) -> bytes:
    """Set the document as PDF/UA-1."""
    words = good_practice_words(subject, entries, found, drawn, to=to)
    footer = sentence("documents.report_footer", {"report": words.title, "at": moment_text(drawn.at, to=to)}, to=to)
    return printed(words, drawn, footer, found.head if found else "", to=to, signed=False)


def good_practice_document(
    subject: PracticeSubject, entries: Sequence[LibraryEntry], found: Durability | None, drawn: Drawn, *, to: str = "en"
) -> bytes:
    """Write the document as a text document (DOCX), with its drawings as pictures."""
    words = good_practice_words(subject, entries, found, drawn, to=to)
    return report_document(words, drawn.state, language(to))


def cell_name(cell: MarkCell, *, to: str = "en") -> str:
    """Name a way of marking: how, in what, how deep."""
    material = (
        sentence("marking.surface_embedded_plate", to=to)
        if cell.material == "embedded_plate"
        else sentence(f"weapons.material_{cell.material}", to=to)
    )
    facts = {
        "method": sentence(f"marking.method_{cell.method}", to=to),
        "material": material,
        "depth": sentence(f"practices.depth_{cell.depth}", to=to),
    }
    return sentence("practices.cell", facts, to=to)


def _practices(entries: Sequence[LibraryEntry], to: str) -> Part:
    items = tuple(_practice(number, each, to) for number, each in enumerate(entries, 1))
    none = sentence("documents.practice_none", to=to)
    return Part(
        sentence("documents.practice_part", to=to), items or (Item("none", "", none, _PARAGRAPH, (), None, ""),)
    )


def _practice(number: int, entry: LibraryEntry, to: str) -> Item:
    content = entry.content
    shown = content.language_for(to)
    telling = content.tellings[shown]
    lines = [
        f"{sentence(f'practices.tells_{name}', to=to)}: {isolated(text, to=to)}"
        for name in TELLS
        if name != "title" and (text := getattr(telling, name))
    ]
    lines += [
        f"{sentence('practices.tells_experience', to=to)}: {isolated(each.text, to=to)}" for each in entry.experiences
    ]
    return Item(
        id=entry.key,
        number=str(number),
        text=telling.title,
        paragraph=", ".join(map(str, content.commitments)),
        lines=tuple(lines),
        table=None,
        origin="",
        notes=tuple(_notes(entry, shown, to)),
    )


def _notes(entry: LibraryEntry, shown: str, to: str) -> Iterator[str]:
    content = entry.content
    if shown != to:
        yield sentence("practices.shown_in", {"language": language(shown).name}, to=to)
    whose = state_text(content.state, to=to) if content.state else sentence(f"practices.holding_{entry.holding}", to=to)
    facts = {"whose": whose, "number": entry.number, "on": date_text(PartialDate.parse(entry.on), to=to)}
    yield sentence("practices.whose", facts, to=to)
    backing = sentence(f"practices.backing_{content.backing}", to=to)
    yield f"{sentence('practices.backing', to=to)}: {backing} ({date_text(content.as_of, to=to)})"
    yield f"{sentence('practices.sources', to=to)}: {isolated('; '.join(content.sources), to=to)}"


def _durability(found: Durability, to: str) -> Iterator[Part]:
    facts = {"least": found.least}
    method = [sentence(f"practices.method_{name}", facts, to=to) for name in ("what", "share", "curve", "limits")]
    left = AnswerTable(
        (sentence("practices.left_out_why", to=to), sentence("practices.left_out_count", to=to)),
        tuple((sentence(f"practices.left_out_{why}", to=to), str(number)) for why, number in found.left_out.items()),
    )
    notes = (
        sentence("practices.withheld", {"count": found.withheld, "least": found.least}, to=to),
        sentence("practices.unidentified_unread", {"count": found.unread}, to=to),
    )
    heading = sentence("practices.durability", to=to)
    how = sentence("practices.how_counted", to=to)
    yield Part(heading, (Item("method", "", how, _MARKS, tuple(method), left, "", notes),))
    if found.cells:
        items = tuple(_cell(number, each, to) for number, each in enumerate(found.cells, 1))
        yield Part(sentence("practices.cells", to=to), items)
    else:
        none = sentence("practices.no_cells", facts, to=to)
        yield Part(sentence("practices.cells", to=to), (Item("none", "", none, _MARKS, (), None, ""),))


def _cell(number: int, cell: MarkCell, to: str) -> Item:
    name = cell_name(cell, to=to)
    rows = [
        (_band(first, to), f"{share.part} / {share.whole}", *_shares(share, to)) for first, share in cell.by_age.items()
    ]
    rows += [
        (
            sentence("practices.lasting_over", {"years": each.years}, to=to),
            "–",
            _percent(each.share, to),
            _interval(each.low, each.high, to),
        )
        for each in cell.lasts
    ]
    heads = tuple(sentence(f"practices.column_{each}", to=to) for each in ("age", "whole", "share", "interval"))
    picture = None
    if cell.lasts:
        alt = sentence("practices.curve_alt", {"cell": name}, to=to)
        picture = Picture(lasting_svg(cell.lasts, mirrored=language(to).right_to_left), alt)
    facts = {"marks": cell.marks, "failed": cell.failed}
    lines = (sentence("practices.cell_counts", facts, to=to),)
    caption = (sentence("practices.curve_caption", to=to),) if picture else ()
    return Item(cell.code, str(number), name, _MARKS, lines, AnswerTable(heads, tuple(rows)), "", caption, picture)


def _band(first: int, to: str) -> str:
    return sentence("practices.read_at", {"ages": age_band(first)}, to=to)


def _shares(share: Share, to: str) -> tuple[str, str]:
    return _percent(share.value, to), _interval(share.low, share.high, to)


def _interval(low: float, high: float, to: str) -> str:
    return f"{_percent(low, to)} – {_percent(high, to)}"


def _percent(share: float, to: str) -> str:
    return share_text(Decimal(f"{share:.4f}"), to=to)
