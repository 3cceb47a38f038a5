from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from django.http import Http404, HttpResponse

from tracemark import authorities, marking, recordkeeping, tracing
from tracemark import instruments as library
from tracemark.kernel import Citation
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page


@needs()
def instruments(desk: Desk) -> HttpResponse:
    """List the instruments whose paragraphs rules, events and figures cite."""
    shipped = library.shipped()
    counted: defaultdict[str, int] = defaultdict(int)
    for citation in shipped.versions:
        counted[citation.instrument] += 1
    listed = [(each, counted[code]) for code, each in shipped.instruments.items()]
    return page(desk, "web/instruments/list.html", instruments=listed)


@needs()
def instrument(desk: Desk, code: str) -> HttpResponse:
    """Show one instrument: each paragraph in our words, how sure they are, and what here cites it."""
    shipped = library.shipped()
    if code not in shipped.instruments:
        raise Http404
    cited = _citing()
    rows = [
        (versions[-1], cited.get(citation, ()))
        for citation, versions in shipped.versions.items()
        if citation.instrument == code
    ]
    return page(desk, "web/instruments/instrument.html", instrument=shipped.instruments[code], rows=rows)


@cache
def _citing() -> Mapping[Citation, tuple[tuple[str, str], ...]]:
    """Return what cites each paragraph: the family it belongs to and its code."""
    found: defaultdict[Citation, list[tuple[str, str]]] = defaultdict(list)
    rules: Iterable[object] = (
        *marking.REQUIRED,
        *marking.ENCOURAGED,
        *marking.NOT_ASSESSED,
        *tracing.COMPLETENESS_RULES,
    )
    for rule in rules:
        found[rule.source].append(("rule", rule.code))  # type: ignore[attr-defined]
    for kind in recordkeeping.event_kinds().values():
        found[kind.source].append(("kind", kind.kind.value))
    for permission in authorities.permission_terms().values():
        found[permission.source].append(("permission", permission.permission.value))
    return {citation: tuple(each) for citation, each in found.items()}
