from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from tracemark.web.said import say


def page(request: HttpRequest, template: str, /, status: int = 200, **context: Any) -> HttpResponse:
    """Answer with a page. What may stand in the record is never kept by a browser or a proxy."""
    answer = render(request, template, context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def notice_file(text: str, name: str) -> HttpResponse:
    """Answer with a signed notice as a file to keep."""
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.json")
    answer["Cache-Control"] = "no-store"
    return answer


def tell(request: HttpRequest, code: str, /, **facts: object) -> None:
    """Leave a sentence that the next page shows, and a screen reader says."""
    messages.success(request, say(code, **facts))


def warn(request: HttpRequest, code: str, /, **facts: object) -> None:
    """Leave a sentence about what could not be done."""
    messages.warning(request, say(code, **facts))
