from tracemark.authorities import Permission, require
from tracemark.kernel import Actor
from tracemark.tracing.cases import TraceCase
from tracemark.tracing.ports import TracingStores


def trace_case(*, case: str, actor: Actor, stores: TracingStores) -> TraceCase:
    """Read one trace case.

    Raises:
        NotPermitted: the actor may not read traces.
        KeyError: there is no such case.
    """
    require(actor, Permission.TRACE_READ)
    return stores.cases.get(case)


def case_page(
    *, actor: Actor, stores: TracingStores, state: str = "", after: str = "", limit: int = 50
) -> list[TraceCase]:
    """Read one page of trace cases, newest first, of one state or of all.

    Raises:
        NotPermitted: the actor may not read traces.
    """
    require(actor, Permission.TRACE_READ)
    return stores.cases.page(state=state, after=after, limit=limit)
