from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Finding
from tracemark.recordkeeping import keep_confidence, open_confidence
from tracemark.tracing.interstate.answers import Known, StateAnswer
from tracemark.tracing.interstate.handling import Purpose, onward_findings, use_findings
from tracemark.tracing.interstate.messages import Asked, asked_body, read_asked, read_request
from tracemark.tracing.interstate.requests import Because, StateRequest
from tracemark.tracing.interstate.turns import Bureau, InterstateRefused, inquiry_named, refuse, request_named
from tracemark.tracing.ports import TracingStores


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What another State answered, as far as its handling codes let it be used for one purpose, and what they held."""

    answer: StateAnswer
    withheld: tuple[Finding, ...]


def require_competent(actor: Actor, stores: TracingStores) -> None:
    """Let pass an actor who acts for an authority that is designated to see what other States tell.

    Raises:
        InterstateRefused: the authority is not.

    Source: ITI 15(a).
    """
    agency = stores.agencies.find(actor.authority)
    if agency is None or not agency.competent:
        raise refuse("tracing.not_competent", "ITI 15(a)", agency=actor.authority)


def answer_shown(*, request: str, purpose: Purpose, actor: Actor, bureau: Bureau) -> AnswerShown | None:
    """Return what another State answered last, for one purpose; None before any answer. That it was read is noted.

    Each datum is shown only as far as its own handling code goes.

    Raises:
        NotPermitted: the actor may not read traces.
        InterstateRefused: the actor's authority is not competent.
        KeyError: there is no such request, or what was told is erased.

    Source: ITI 15.
    """
    require(actor, Permission.TRACE_READ)
    known = request_named(request, bureau.stores)
    if known.answer is None:
        return None
    require_competent(actor, bureau.stores)
    told = _answer_told(known, purpose, actor, bureau)
    held = {each.name: use_findings(each.handling, purpose, each.name.value, _today(bureau)) for each in told.data}
    data = tuple(each for each in told.data if not held[each.name])
    return AnswerShown(replace(told, data=data), tuple(found for each in held.values() for found in each))


def inquiry_shown(*, inquiry: str, purpose: Purpose, actor: Actor, bureau: Bureau) -> Asked:
    """Return what another State asks and tells us, for one purpose. That it was read is noted.

    Raises:
        NotPermitted: the actor may not read traces.
        InterstateRefused: the actor's authority is not competent, or the State that told it does not allow this use.
        KeyError: there is no such inquiry, or what was told is erased.

    Source: ITI 15.
    """
    require(actor, Permission.TRACE_READ)
    require_competent(actor, bureau.stores)
    known = inquiry_named(inquiry, bureau.stores)
    if found := use_findings(known.handling, purpose, "request", _today(bureau)):
        raise InterstateRefused(found)
    asked = read_asked(_opened(known.told, purpose, actor, bureau))
    if not known.supplement:
        return asked
    return replace(asked, request=read_request(_opened(known.supplement, purpose, actor, bureau)))


def keep_asked(asked: Asked, stores: TracingStores) -> str:
    """Keep in confidence what another State asks and tells. Call inside the transaction of its event."""
    return keep_confidence(
        asked_body(asked.number, asked.request, asked.handling, asked.because, asked.reply_by), stores
    )


def onward_states(made: list[StateRequest], actor: Actor, bureau: Bureau) -> dict[str, str]:
    """Return by request the State that its answer names as the next, as far as its code lets us trace with it."""
    found = dict[str, str]()
    for each in made:
        if each.answer and each.answer.told:
            shown = answer_shown(request=each.name, purpose=Purpose.TRACING, actor=actor, bureau=bureau)
            found[each.name] = shown.answer.next_state if shown else ""
    return found


def tellable(because: tuple[Because, ...], actor: Actor, bureau: Bureau) -> Iterator[tuple[Because, list[Finding]]]:
    """Yield each reason to ask a State with what forbids to tell it that State: who gave it may not have consented.

    Source: ITI 15(c).
    """
    for each in because:
        yield each, _onward(each, actor, bureau) if each.given_by else []


def _onward(because: Because, actor: Actor, bureau: Bureau) -> list[Finding]:
    given_by = request_named(because.given_by, bureau.stores)
    datum = _answer_told(given_by, Purpose.TRACING, actor, bureau).datum(Known.EXPORTED_TO)
    if datum is None:
        return []
    consented = datum.name.value in given_by.consents
    return onward_findings(datum.handling, datum.name.value, _today(bureau), consented=consented)


def _answer_told(known: StateRequest, purpose: Purpose, actor: Actor, bureau: Bureau) -> StateAnswer:
    told: Mapping[str, Any] = {}
    if known.answer and known.answer.told:
        told = _opened(known.answer.told, purpose, actor, bureau)
    plain = {"result": known.answer.result.value if known.answer else "", **told}
    return StateAnswer.of_plain(plain)


def _opened(text: str, purpose: Purpose, actor: Actor, bureau: Bureau) -> Mapping[str, Any]:
    return open_confidence(text=text, purpose=purpose, actor=actor, stores=bureau.stores, clock=bureau.clock)


def _today(bureau: Bureau) -> date:
    return bureau.clock.now().date()
