from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from tracemark.kernel import instant_text
from tracemark.web.access import Desk, drafts_of, needs
from tracemark.web.drafts import read_drafted

_LARGEST_BYTES = 64 * 1024


@needs()
@require_http_methods(["GET", "POST"])
def draft(desk: Desk) -> HttpResponse:
    """Give what this account typed at an address and did not send; by POST, keep it. No field keeps nothing."""
    drafts, account = drafts_of(desk), desk.actor.name
    if desk.method == "POST":
        if len(desk.body) > _LARGEST_BYTES:
            return HttpResponse(status=413)
        try:
            path, drafted = read_drafted(desk.body, instant_text(desk.node.clock.now()))
        except ValueError:
            return HttpResponse(status=400)
        drafts.keep(account, path, drafted)
        return HttpResponse(status=204)
    kept = drafts.get(account, desk.GET.get("path", ""))
    answer = JsonResponse({"at": kept.at, "fields": kept.fields} if kept else {})
    answer["Cache-Control"] = "no-store"
    return answer
