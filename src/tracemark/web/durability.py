"""The page of the good-practice document: how long marks last, drawn and as tables, and the files."""

from decimal import Decimal

from django.http import Http404, HttpResponse

from tracemark import node, practices, wording
from tracemark.authorities import Permission
from tracemark.node import PracticeFile
from tracemark.practices import MarkCell, PracticeSubject
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page
from tracemark.web.practices import address_of_practice
from tracemark.web.reports import TYPES, file_answer
from tracemark.web.said import say, spoken
from tracemark.web.trends import Series, Trend

FILES: tuple[PracticeFile, ...] = ("pdf", "docx")


@needs(Permission.PRACTICE_READ)
def good_practice(desk: Desk) -> HttpResponse:
    """Show what goes into the document of good practice on a subject; on marking, with how long marks last."""
    asked = desk.GET.get("subject", PracticeSubject.MARKING.value)
    if asked not in list(PracticeSubject):
        raise Http404
    subject = PracticeSubject(asked)
    entries = [
        (each, each.content.tellings[each.content.language_for(spoken())], address_of_practice(each))
        for each in node.practice_library(desk.node, desk.actor)
        if each.content.subject is subject and practices.counts_for_document(each)
    ]
    found = node.mark_durability(desk.node, desk.actor) if subject is PracticeSubject.MARKING else None
    return page(
        desk,
        "web/practices/document.html",
        subject=subject,
        subjects=PracticeSubject,
        entries=entries,
        found=found,
        cells=[(each, _name(each), _trend(each), _bands(each)) for each in found.cells] if found else [],
        files=FILES,
        languages=wording.LANGUAGES,
    )


@needs(Permission.PRACTICE_READ)
def good_practice_file(desk: Desk, subject: str, form: str) -> HttpResponse:
    """Give the document of good practice as a file, in a language."""
    kind: PracticeFile | None = next((each for each in FILES if each == form), None)
    to = desk.GET.get("language") or spoken()
    if kind is None or to not in [each.code for each in wording.LANGUAGES] or subject not in list(PracticeSubject):
        raise Http404
    content = node.practice_document(desk.node, PracticeSubject(subject), kind, desk.actor, to)
    return file_answer(content, TYPES[kind], f"good-practice-{subject}-{to}.{kind}")


def _name(cell: MarkCell) -> str:
    material = (
        "marking.surface_embedded_plate" if cell.material == "embedded_plate" else f"weapons.material_{cell.material}"
    )
    return say(
        "practices.cell",
        method=say(f"marking.method_{cell.method}"),
        material=say(material),
        depth=say(f"practices.depth_{cell.depth}"),
    )


def _trend(cell: MarkCell) -> Trend:
    whole = Decimal(100)
    lines = {
        "estimate": (whole, *(_percent(each.share) for each in cell.lasts)),
        "low": (whole, *(_percent(each.low) for each in cell.lasts)),
        "high": (whole, *(_percent(each.high) for each in cell.lasts)),
    }
    series = tuple(Series(say(f"practices.{name}"), values) for name, values in lines.items())
    return Trend(("0", *(str(each.years) for each in cell.lasts)), series, "line")


def _bands(cell: MarkCell) -> list[tuple[str, int, int, Decimal, Decimal, Decimal]]:
    return [
        (practices.age_band(first), each.part, each.whole, _share(each.value), _share(each.low), _share(each.high))
        for first, each in cell.by_age.items()
    ]


def _share(share: float) -> Decimal:
    return Decimal(f"{share:.4f}")


def _percent(share: float) -> Decimal:
    return Decimal(f"{100 * share:.1f}")
