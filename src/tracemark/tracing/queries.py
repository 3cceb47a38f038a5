from tracemark.authorities import Permission, require
from tracemark.kernel import Actor
from tracemark.tracing.cases import TraceCase, fold_cases
from tracemark.tracing.ports import TracingStores


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
