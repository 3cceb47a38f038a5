from django.http import HttpRequest, HttpResponse

from tracemark.web.access import public
from tracemark.web.pages import page


@public
def developers(request: HttpRequest) -> HttpResponse:
    """Say how programs speak with this node, and list the operations from the description that the API gives."""
    return page(request, "web/developers.html", root=request.build_absolute_uri("/api/v1/"))
