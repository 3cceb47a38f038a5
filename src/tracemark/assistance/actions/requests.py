from dataclasses import replace
from typing import Literal

from tracemark.assistance.actions.telling import known, refuse, require_amount, require_text
from tracemark.assistance.alarms import objection_ends
from tracemark.assistance.asks import STAGES, Arriving, Ask, request_of
from tracemark.assistance.offers import fund_of
from tracemark.assistance.queries import request_list
from tracemark.assistance.timelimits import after_months, after_working_days, time_limits
from tracemark.authorities import require_second_person
from tracemark.instruments import shipped
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step
from tracemark.reporting import published_scheme, questions

OUTCOMES = ("met", "partly", "unmet")
"""What became of a request: its need was met, in part, or not."""


def draft_request(*, ask: Ask, state: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Draft a State's request for assistance, and return its name. It binds nobody until a second person signs it off.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: something is missing or unknown, the budget is over the ceiling of the programme that it is
            addressed to, or the same was asked before.

    Source: PoA III.6, ITI 27.
    """
    require_step(EventKind.ASSISTANCE_DRAFTED, actor, stores)
    with stores.atomic():
        fit = _fit(ask, stores)
        _require_new(fit, state, "", stores)
        name = stores.dossiers.next_name("assistance", clock.now().year)
        details: dict[str, Plain] = {"state": state, "contents": fit.plain()}
        append_step(EventKind.ASSISTANCE_DRAFTED, name, details, actor, stores, clock)
    return name


def revise_request(
    *, request: str, ask: Ask, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Change a draft, and say why; what was signed off stays as it is.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it is no draft, no reason is given, or as `draft_request`.

    Source: PoA III.6.
    """
    require_step(EventKind.ASSISTANCE_REVISED, actor, stores)
    with stores.atomic():
        draft = known(request, request_of, EventKind.ASSISTANCE_REVISED, stores)
        fit = _fit(ask, stores)
        if fit == draft.asks:
            raise refuse("assistance.nothing_changes", dossier=request)
        _require_new(fit, draft.state, request, stores)
        details: dict[str, Plain] = {"contents": fit.plain(), "reason": require_text(reason, "reason")}
        append_step(EventKind.ASSISTANCE_REVISED, request, details, actor, stores, clock)


def sign_request(*, request: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Sign a draft off, as a second person.

    Raises:
        NotPermitted: the actor may not approve assistance, or wrote the draft.
        AssistanceRefused: it is no draft.

    Source: PoA II.17, accounting control.
    """
    require_step(EventKind.ASSISTANCE_SIGNED, actor, stores)
    with stores.atomic():
        draft = known(request, request_of, EventKind.ASSISTANCE_SIGNED, stores)
        require_second_person(draft.drafted_by, actor)
        append_step(EventKind.ASSISTANCE_SIGNED, request, {"note": note.strip()}, actor, stores, clock)


def open_request(
    *,
    request: str,
    access: Literal["published", "restricted"],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> None:
    """Open a request that was signed off to those who give: to all of them, or to those it is sent to.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it was not signed off, or is open so already.

    Source: PoA III.6.
    """
    kind = EventKind.ASSISTANCE_PUBLISHED if access == "published" else EventKind.ASSISTANCE_RESTRICTED
    require_step(kind, actor, stores)
    with stores.atomic():
        asked = known(request, request_of, kind, stores)
        today = clock.now().date()
        due = after_months(asked.asked_on or today, time_limits(today).follow_up_months)
        append_step(kind, request, {"due": due.isoformat()}, actor, stores, clock)


def acknowledge_request(*, request: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Acknowledge another State's request; from now on it has some working days to object to its being shown.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it did not come from another node, or is acknowledged already.

    Source: BMS7 ASSIST.2.
    """
    require_step(EventKind.ASSISTANCE_ACKNOWLEDGED, actor, stores)
    with stores.atomic():
        known(request, request_of, EventKind.ASSISTANCE_ACKNOWLEDGED, stores)
        today = clock.now().date()
        due = objection_ends(today, time_limits(today))
        append_step(EventKind.ASSISTANCE_ACKNOWLEDGED, request, {"due": due.isoformat()}, actor, stores, clock)


def circulate_request(*, request: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Show another State's request to those who give, once its time to object has passed, or with its word that it may.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it was not acknowledged, or may still be objected to and no note says that it may be shown.

    Source: BMS7 ASSIST.2.
    """
    require_step(EventKind.ASSISTANCE_CIRCULATED, actor, stores)
    with stores.atomic():
        asked = known(request, request_of, EventKind.ASSISTANCE_CIRCULATED, stores)
        today = clock.now().date()
        limits = time_limits(today)
        until = objection_ends(asked.acknowledged_on or today, limits)
        if today <= until and not note.strip():
            raise refuse("assistance.may_object", field="note", until=until.isoformat())
        due = after_months(asked.asked_on or today, limits.follow_up_months)
        details: dict[str, Plain] = {"note": note.strip(), "due": due.isoformat()}
        append_step(EventKind.ASSISTANCE_CIRCULATED, request, details, actor, stores, clock)


def follow_up_request(
    *, request: str, outcome: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Note what the State says a year on: whether its request was met. The next question is due a year later.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it is not open, or the outcome is none of OUTCOMES.

    Source: BMS7 ASSIST.2.
    """
    require_step(EventKind.ASSISTANCE_FOLLOWED_UP, actor, stores)
    _require_outcome(outcome)
    with stores.atomic():
        known(request, request_of, EventKind.ASSISTANCE_FOLLOWED_UP, stores)
        today = clock.now().date()
        due = after_months(today, time_limits(today).follow_up_months)
        details: dict[str, Plain] = {"outcome": outcome, "note": note.strip(), "due": due.isoformat()}
        append_step(EventKind.ASSISTANCE_FOLLOWED_UP, request, details, actor, stores, clock)


def close_request(
    *, request: str, outcome: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Close a request, and say what became of it and why.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it is closed already, a grant of it goes on, the outcome is none of OUTCOMES, or no reason is
            given.

    Source: PoA III.6.
    """
    require_step(EventKind.ASSISTANCE_CLOSED, actor, stores)
    _require_outcome(outcome)
    with stores.atomic():
        known(request, request_of, EventKind.ASSISTANCE_CLOSED, stores)
        record = next(each for each in request_list(stores) if each.request.name == request)
        waiting = [each.name for each in record.awards if each.standing in {"proposed", "granted", "reported"}]
        if waiting:
            raise refuse("assistance.grants_go_on", dossier=request, grants=", ".join(waiting))
        details: dict[str, Plain] = {"outcome": outcome, "reason": require_text(reason, "reason")}
        append_step(EventKind.ASSISTANCE_CLOSED, request, details, actor, stores, clock)


def receive_request(*, arriving: Arriving, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Take in another State's request, which came as a letter, and return its name here. Call inside a transaction.

    Whoever acts is the node itself for the other one; who may send is for the directory of nodes to say.

    Raises:
        AssistanceRefused: the same came before, or it names what nobody knows.

    Source: PoA III.6, BMS7 ASSIST.2.
    """
    fit = _fit(arriving.ask, stores, foreign=True)
    for each in request_list(stores):
        if (each.request.peer, each.request.number) == (arriving.peer, arriving.number):
            raise refuse("assistance.came_before", number=arriving.number, dossier=each.request.name)
    _require_new(fit, arriving.state, "", stores)
    today = clock.now().date()
    due = after_working_days(today, time_limits(today).acknowledge_working_days)
    name = stores.dossiers.next_name("assistance", today.year)
    details: dict[str, Plain] = {each: getattr(arriving, each) for each in ("state", "peer", "number", "message")}
    details |= {"contents": fit.plain(), "due": due.isoformat()}
    append_step(EventKind.ASSISTANCE_RECEIVED, name, details, actor, stores, clock)
    return name


def _require_outcome(outcome: str) -> None:
    if outcome not in OUTCOMES:
        raise refuse("assistance.outcome_unknown", field="outcome", outcome=outcome, known=", ".join(OUTCOMES))


def _require_new(ask: Ask, state: str, own: str, stores: RecordkeepingStores) -> None:
    """Let pass what the State does not ask for already."""
    for each in request_list(stores):
        request = each.request
        others = request.name != own and request.state == state and request.standing != "closed"
        if others and ask.same_as(request.asks):
            raise refuse("assistance.asked_before", dossier=request.name, title=request.asks.title)


def _fit(ask: Ask, stores: RecordkeepingStores, *, foreign: bool = False) -> Ask:
    """Return what is asked without the blanks around its words.

    What a State's own dossiers are called, nobody else can look up: of a foreign request they are let be.

    Raises:
        AssistanceRefused: it cannot be.
    """
    title, need = require_text(ask.title, "title"), require_text(ask.need, "need")
    if ask.commitment not in shipped().versions:
        raise refuse("targets.commitment_unknown", field="commitment", commitment=str(ask.commitment))
    require_themes(ask.themes)
    if not ask.helps:
        raise refuse("assistance.text_missing", field="helps")
    if ask.stage and ask.stage not in STAGES:
        raise refuse("assistance.stage_unknown", field="stage", stage=ask.stage, known=", ".join(STAGES))
    _require_money(ask)
    _require_people(ask)
    for gap in ask.gaps:
        if gap not in questions():
            raise refuse("targets.gap_unknown", field="gaps", gap=gap)
    if not foreign:
        _require_links(ask, stores)
    return replace(ask, title=title, need=need, partner=ask.partner.strip(), conditions=ask.conditions.strip())


def require_themes(themes: tuple[str, ...]) -> None:
    """Let pass themes of the published scheme of assessment, at least one.

    Raises:
        AssistanceRefused: there is none, or one that nobody knows.
    """
    listed = [each.id for each in published_scheme().themes]
    if not themes:
        raise refuse("assistance.text_missing", field="themes")
    for theme in themes:
        if theme not in listed:
            raise refuse("assistance.theme_unknown", field="themes", theme=theme, known=", ".join(listed))


def require_currency(currency: str) -> None:
    """Let pass what is written like a currency of ISO 4217.

    Raises:
        AssistanceRefused: it is not.
    """
    if len(currency) != 3 or not currency.isascii() or not currency.isupper():  # noqa: PLR2004 - ISO 4217
        raise refuse("assistance.currency_unfit", field="currency", currency=currency)


def _require_money(ask: Ask) -> None:
    require_currency(ask.currency)
    if not ask.lines:
        raise refuse("assistance.text_missing", field="lines")
    for line in ask.lines:
        require_text(line.what, "lines")
        require_amount(line.amount, "lines")


def _require_people(ask: Ask) -> None:
    people = ask.beneficiaries
    if not people.by_sex and not people.reason.strip():
        raise refuse("assistance.sex_unsaid", field="because")


def _require_links(ask: Ask, stores: RecordkeepingStores) -> None:
    links = {"target": ("target", ask.target), "report": ("report", ask.report), "signal": ("signal", ask.signal)}
    for field, (kind, name) in {**links, "programme": ("programme", ask.programme)}.items():
        if name and not _is_dossier(name, kind, stores):
            raise refuse("assistance.link_unknown", field=field, dossier=name)
    if ask.programme:
        offers = fund_of(ask.programme, stores.dossiers.events(ask.programme)).offers
        if offers.currency == ask.currency and ask.amount > offers.ceiling:
            facts: dict[str, Plain] = {"amount": ask.amount, "ceiling": offers.ceiling, "currency": offers.currency}
            raise refuse("assistance.over_ceiling", field="lines", programme=ask.programme, **facts)


def _is_dossier(name: str, kind: str, stores: RecordkeepingStores) -> bool:
    try:
        return stores.dossiers.dossier(name).kind == kind
    except KeyError:
        return False
