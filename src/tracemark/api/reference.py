from typing import Annotated

from django.http import HttpResponse
from ninja import Router
from pydantic import StringConstraints

from tracemark import instruments, recordkeeping, weapons
from tracemark.api.access import Call, needs, public
from tracemark.api.problems import not_found
from tracemark.api.schemas.fields import Line, Word
from tracemark.api.schemas.reference import FoundOut, KindOut, KindsOut, ParagraphOut
from tracemark.authorities import Permission
from tracemark.kernel import cite

router = Router(tags=["reference"])

Cited = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]{0,40} [A-Za-z0-9_.-]{1,40}(\([A-Za-z0-9_.)(-]{1,40}\))?$"),
]

_MAKER = ("code", "name", "country", "founded", "closed", "ncic", "confidence")
_MODEL = ("code", "maker", "name", "kind", "calibres", "made_from", "made_until", "confidence")
_CALIBRE = ("code", "name", "bore_mm", "family", "ncic")


@router.get("/instruments/paragraphs", response=ParagraphOut, operation_id="read_paragraph")
@public
def read_paragraph(request: Call, citation: Cited) -> ParagraphOut | HttpResponse:
    """Give a paragraph by its citation, such as `ITI 8(b)`, in this project's own words."""
    try:
        found = instruments.paragraph(cite(citation))
    except (KeyError, ValueError):
        return not_found(request)
    return ParagraphOut.of(found)


@router.get("/event-kinds", response=KindsOut, operation_id="list_event_kinds")
@public
def list_event_kinds(request: Call) -> KindsOut:  # noqa: ARG001 - django-ninja hands it to every view
    """List the closed set of kinds of event, with what each requires."""
    return KindsOut(items=[KindOut.of(each) for each in recordkeeping.event_kinds().values()])


@router.get("/catalogue/makers", response=FoundOut, operation_id="find_maker")
@needs(Permission.RECORD_READ)
def find_maker(request: Call, q: Word) -> FoundOut:  # noqa: ARG001 - django-ninja hands it to every view
    """Find a maker by code, name, alias or NCIC code."""
    catalogue = weapons.catalogue()
    found = catalogue.find_maker(q)
    return FoundOut.of(found, catalogue.makers.get(found.code), _MAKER)


@router.get("/catalogue/models", response=FoundOut, operation_id="find_model")
@needs(Permission.RECORD_READ)
def find_model(request: Call, q: Word, maker: Line = "") -> FoundOut:  # noqa: ARG001 - django-ninja hands it to every view
    """Find a model; where the code of its maker is given, only among that maker's."""
    catalogue = weapons.catalogue()
    found = catalogue.find_model(q, maker)
    return FoundOut.of(found, catalogue.models.get(found.code), _MODEL)


@router.get("/catalogue/calibres", response=FoundOut, operation_id="find_calibre")
@needs(Permission.RECORD_READ)
def find_calibre(request: Call, q: Word) -> FoundOut:  # noqa: ARG001 - django-ninja hands it to every view
    """Find a calibre by code, name, alias or NCIC code."""
    catalogue = weapons.catalogue()
    found = catalogue.find_calibre(q)
    return FoundOut.of(found, catalogue.calibres.get(found.code), _CALIBRE)
