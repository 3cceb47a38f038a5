"""A report of a State as files of an office program, to be read and worked on: a text document and a workbook."""

from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from tracemark.documents.curves import lasting_png
from tracemark.documents.national import Item, Picture, ReportWords
from tracemark.wording import Language, sentence

_WIDTHS = (10, 60, 14, 50, 40, 26)
_LONGEST_CELL = 32_767
_LONGEST_NAME = 31
_PICTURE_CM = 12


def report_document(words: ReportWords, state: str, language: Language) -> bytes:
    """Write a report as a text document (DOCX), from right to left where the language runs so."""
    document: Any = docx.Document()
    document.core_properties.title = words.title
    document.core_properties.language = language.code
    document.add_paragraph(state)
    document.add_heading(words.title, 1)
    if words.draft:
        document.add_paragraph().add_run(words.draft).bold = True
    for label, value in words.lines:
        document.add_paragraph(f"{label}: {value}")
    for part in words.parts:
        document.add_heading(part.heading, 2)
        for item in part.items:
            _add_item(document, item)
    if language.right_to_left:
        _turn(document)
    return _saved(document)


def report_workbook(words: ReportWords, language: Language) -> bytes:
    """Write a report as a workbook (XLSX): a sheet of all answers, and one for each table. No text is a formula."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _sheet_name(words.title)
    top = [words.title, words.draft, *(f"{label}: {value}" for label, value in words.lines)]
    for text in filter(None, top):
        _write(sheet, [text])
    columns = ("number", "question", "source", "answer", "note", "origin")
    _write(sheet, [sentence(f"documents.report_{each}", to=language.code) for each in columns], bold=True)
    for part in words.parts:
        _write(sheet, [part.heading], bold=True)
        for item in part.items:
            notes, told = "\n".join(item.notes), "\n".join(item.lines)
            _write(sheet, [item.number, item.text, item.paragraph, told, notes, item.origin])
            if item.table and item.table.rows:
                _add_table(book, item, language)
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.sheet_view.rightToLeft = language.right_to_left
    return _saved(book)


def _add_item(document: Any, item: Item) -> None:  # noqa: ANN401 - python-docx names no type for a document
    heading = document.add_paragraph()
    heading.add_run(f"{item.number} {item.text} ".lstrip()).bold = True
    heading.add_run(f"({item.paragraph})").italic = True
    for line in item.lines:
        document.add_paragraph(line)
    if item.picture:
        _add_picture(document, item.picture)
    if item.table and item.table.rows:
        table = document.add_table(rows=1, cols=len(item.table.heads))
        table.style = "Table Grid"
        for cells, texts in ((table.rows[0].cells, item.table.heads), *((None, row) for row in item.table.rows)):
            for cell, text in zip(cells or table.add_row().cells, texts, strict=True):
                cell.text = text
    for note in item.notes:
        document.add_paragraph().add_run(note).italic = True


def _add_picture(document: Any, picture: Picture) -> None:  # noqa: ANN401 - as above
    """Add a drawing as dots, which every office program shows, with what it shows in words."""
    shown = document.add_picture(BytesIO(lasting_png(picture.svg)), width=Cm(_PICTURE_CM))
    shown._inline.docPr.set("descr", picture.alt)  # noqa: SLF001 - python-docx has no other way


def _turn(document: Any) -> None:  # noqa: ANN401 - as above
    """Let every paragraph and table run from right to left."""
    body = document.element.body
    for paragraph in body.iter(qn("w:p")):
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in body.iter(qn("w:r")):
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
    for table in body.iter(qn("w:tblPr")):
        table.append(OxmlElement("w:bidiVisual"))


def _add_table(book: Workbook, item: Item, language: Language) -> None:
    sheet: Any = book.create_sheet(_sheet_name(item.number or item.id))
    if item.table:
        _write(sheet, [item.text])
        _write(sheet, list(item.table.heads), bold=True)
        for row in item.table.rows:
            _write(sheet, list(row))
    sheet.sheet_view.rightToLeft = language.right_to_left


def _write(sheet: Any, texts: list[str], *, bold: bool = False) -> None:  # noqa: ANN401 - openpyxl is untyped
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for place, text in enumerate(texts, 1):
        cell = sheet.cell(row, place)
        cell.value = text[:_LONGEST_CELL]
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=len(texts) > 1, vertical="top")
        cell.font = Font(bold=bold)


def _sheet_name(text: str) -> str:
    return "".join(" " if each in r"[]:*?/\'" else each for each in text)[:_LONGEST_NAME]


def _saved(made: Any) -> bytes:  # noqa: ANN401 - as above
    content = BytesIO()
    made.save(content)
    return content.getvalue()
