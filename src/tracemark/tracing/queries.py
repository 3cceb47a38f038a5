from datetime import datetime

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, instant_text
from tracemark.tracing.cases import TraceCase, fold_cases
from tracemark.tracing.ports import TracingStores
from tracemark.tracing.searches import Search, Searcher


def trace_case(*, case: str, actor: Actor, stores: TracingStores) -> TraceCase:
    """Read one trace case.

    Raises:
        NotPermitted: the actor may not read traces.
        KeyError: there is no such case.
    """
    require(actor, Permission.TRACE_READ)
    return standing_case(case, stores)


def case_page(
    *, actor: Actor, stores: TracingStores, state: str = "", after: str = "", limit: int = 50
) -> list[TraceCase]:
    """Read one page of trace cases, newest first, of one state or of all.

    Raises:
        NotPermitted: the actor may not read traces.
    """
    require(actor, Permission.TRACE_READ)
    listed = stores.cases.page(state=state, after=after, limit=limit)
    events = stores.records.of_weapons({each.request.recovered for each in listed})
    folded = {recovered: fold_cases(known) for recovered, known in events.items()}
    return [folded[each.request.recovered][each.id] for each in listed]


def standing_case(case: str, stores: TracingStores) -> TraceCase:
    """Return a case as the record tells it; what is kept for listing says only where in the record it is.

    Raises:
        KeyError: there is no such case.
    """
    return fold_cases(stores.records.of_weapon(stores.cases.get(case).request.recovered))[case]


def search_page(
    *, actor: Actor, stores: TracingStores, account: str = "", before: int | None = None, limit: int = 50
) -> list[Search]:
    """Read who searched what, newest first, of one account or of all. `before` is where the page before ended.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return stores.searches.page(actor=account, before=before, limit=limit)


def searchers(*, actor: Actor, stores: TracingStores, since: datetime) -> list[Searcher]:
    """Count the searches of each account since a moment, the most first.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return stores.searches.searchers(instant_text(since))
