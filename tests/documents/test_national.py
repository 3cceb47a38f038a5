"""A report in words, and as files that say the same."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest

from tracemark.documents import (
    Drawn,
    national_report,
    report_document,
    report_words,
    report_workbook,
)
from tracemark.reporting import Answer, Origin, Period, Report
from tracemark.wording import LANGUAGES, language

DRAWN = Drawn("Taravia", "cleo", "2026-05-06T07:08:09Z", "7.ab")
ANSWERS = (
    Answer("nca.exists", "yes"),
    Answer("nca.details", "=HYPERLINK(1)\nMain Road"),
    Answer("nca.composition", {"all": 7, "women": 3, "men": 4}, note="two seats are free"),
    Answer("col.seized", {"all": 3, "2024": 1, "2025": 2}, Origin.FIGURE, figure="recoveries.seized", head="7.ab"),
    Answer("npc.exists", "yes", Origin.CARRIED),
    Answer("srp.destroyed", [{"year": "2024", "method": "smelting", "number": 12}], Origin.FIGURE),
    Answer("mrk.state", None, reason="not known"),
)
REPORT = Report(
    "NR-2026-000001", "poa", "2026", Period.parse("2024", "2025"), "XT-REG", "cleo", "2026-05-06",
    answers={each.question: each for each in ANSWERS},
)  # fmt: skip
ARABIC = language("ar")


def items(report: Report = REPORT, edition: str = "", to: str = "en") -> dict[str, Any]:
    words = report_words(report, report.in_edition(edition), DRAWN, to=to)
    return {each.id: each for part in words.parts for each in part.items}


def test_a_report_is_said_with_its_notes_and_origins() -> None:
    told = items()
    assert (told["nca.composition"].lines, told["nca.composition"].notes) == (
        ("Women: 3", "Men: 4", "Total: 7"), ("Note: two seats are free",),
    )  # fmt: skip
    assert told["col.seized"].notes == ("Figure recoveries.seized, drawn from 7 events",)
    assert told["mrk.state"].notes == ("No answer, because: not known",)
    assert told["npc.exists"].notes == ("Carried over from the last report, not confirmed yet",)
    assert told["srp.destroyed"].table.rows == (("2024", "Smelting", "12"),)
    assert "npc.iti_other" not in told
    assert items(edition="2012")["nca.exists"].number == "1"


def test_only_what_is_not_submitted_is_marked_as_a_draft() -> None:
    submitted = replace(REPORT, standing="submitted", submitted_by="cleo", submitted_on="2026-05-07", head="9.cd")
    drafts = [report_words(each, each.in_edition(), DRAWN).draft for each in (REPORT, submitted)]
    assert drafts == ["DRAFT – not submitted", ""]


@pytest.mark.parametrize("code", [each.code for each in LANGUAGES])
def test_every_language_sets_a_tagged_file(code: str) -> None:
    made = national_report(REPORT, REPORT.in_edition(), DRAWN, to=code)
    assert (made[:5], b"/StructTreeRoot" in made or b"pdfuaid" in made) == (b"%PDF-", True)


def test_the_text_document_runs_from_right_to_left_in_arabic() -> None:
    words = report_words(REPORT, REPORT.in_edition(), DRAWN, to="ar")
    read: Any = docx.Document(BytesIO(report_document(words, "Taravia", ARABIC)))
    paragraphs = list(read.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))
    assert [each for each in paragraphs if not each.findall(".//{*}bidi")] == []
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [
        ["السنة", "الطريقة", "العدد"], [*items(to="ar")["srp.destroyed"].table.rows[0]],
    ]  # fmt: skip


def test_no_text_of_the_workbook_is_a_formula() -> None:
    words = report_words(REPORT, REPORT.in_edition(), DRAWN)
    book = openpyxl.load_workbook(BytesIO(report_workbook(words, language("en"))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if str(cell.value).startswith("=")] == ["=HYPERLINK(1)\nMain Road"]
    assert [sheet.title for sheet in book.worksheets][1:] == ["5.12"]
