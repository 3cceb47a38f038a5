from tracemark.fellowship.actions.telling import refuse, said, standing
from tracemark.fellowship.funds import Source, fund_of
from tracemark.fellowship.queries import allocated
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step
from tracemark.targets import amount_text


def open_fund(*, source: Source, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Put a source of money on record, and return its name.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: it has no title, donor or currency, no money, or ends before it begins.

    Source: BMS7 ASSIST.4.
    """
    require_step(EventKind.FUND_OPENED, actor, stores)
    _require_sense(source)
    with stores.atomic():
        name = stores.dossiers.next_name("fund", clock.now().year)
        append_step(EventKind.FUND_OPENED, name, {"contents": source.plain()}, actor, stores, clock)
    return name


def revise_fund(
    *, fund: str, source: Source, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Change a source of money, such as its ceiling, and say why.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is none of this name, it is closed, cohorts may take more than the new ceiling or take
            in another currency, or as `open_fund`.
    """
    kind = EventKind.FUND_REVISED
    require_step(kind, actor, stores)
    _require_sense(source)
    with stores.atomic():
        currency = standing(fund, fund_of, kind, stores).source.currency
        taken = allocated(stores)[fund]
        if taken and source.currency != currency:
            raise refuse("fellowship.currency_taken", field="currency", fund=fund, currency=currency)
        if taken > source.ceiling:
            facts: dict[str, Plain] = {"ceiling": amount_text(source.ceiling), "taken": amount_text(taken)}
            raise refuse("fellowship.ceiling_taken", field="ceiling", fund=fund, **facts)
        details: dict[str, Plain] = {"contents": source.plain(), "reason": said(reason, "reason")}
        append_step(kind, fund, details, actor, stores, clock)


def close_fund(*, fund: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Close a source of money: no further cohort takes of it.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is none of this name, it is closed, or no reason is given.
    """
    kind = EventKind.FUND_CLOSED
    require_step(kind, actor, stores)
    with stores.atomic():
        standing(fund, fund_of, kind, stores)
        append_step(kind, fund, {"reason": said(reason, "reason")}, actor, stores, clock)


def _require_sense(source: Source) -> None:
    for name in ("title", "donor", "currency"):
        said(getattr(source, name), name)
    if source.ceiling <= 0:
        raise refuse("fellowship.amount_unfit", field="ceiling", amount=amount_text(source.ceiling))
    if source.last < source.first:
        raise refuse(
            "fellowship.days_crossed", field="last", first=source.first.isoformat(), last=source.last.isoformat()
        )
