from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tracemark import wording
from tracemark.node import this_node
from tracemark.web.access import actor_of
from tracemark.web.navigation import navigation_of
from tracemark.web.once import ticket_of
from tracemark.web.said import spoken
from tracemark.web.themes import THEMES, theme_of

_SHEETS = tuple(
    f"web/css/{name}.css"
    for name in (
        *("palette", "base", "layout", "parts", "forms", "tables", "timeline", "diagram", "charts"),
        *("figures", "intake", "stamps", "traces", "print"),
    )
)


def surroundings(request: HttpRequest) -> dict[str, object]:
    """What stands around every page: language, theme, and the navigation of whoever is signed in."""
    around: dict[str, object] = {
        "language": wording.language(spoken()),
        "languages": wording.LANGUAGES,
        "theme": theme_of(request),
        "themes": THEMES,
        "sheets": _SHEETS,
        # After a POST the same address may not be asked for again by GET, so one goes home from there.
        "here": request.get_full_path() if request.method == "GET" else "",
        "node_name": wording.state_text(this_node().state, to=spoken()),
        "agency_names": SimpleLazyObject(lambda: this_node().agency_names),
        "once": SimpleLazyObject(lambda: ticket_of(request)),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        around["actor"] = actor_of(request)
        around["node_level"] = this_node().level.value
        around["navigation"] = list(navigation_of(actor_of(request), this_node().level))
    return around
