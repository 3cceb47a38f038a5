"""The steps of requests, programmes and grants by one word each, as pages, commands and programs name them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracemark import assistance
from tracemark.kernel import Actor
from tracemark.node.helping import acknowledge_request, answer_result, share_request, tell_of_grant
from tracemark.node.nodes import Node
from tracemark.recordkeeping import EventKind


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What a step says: each uses some of it. Without a day it is of today; `amount` is what was paid or spent."""

    note: str = ""
    reason: str = ""
    outcome: str = ""
    amount: int | None = None
    on: date | None = None
    activity: str = ""
    result: str = ""
    to: str = ""


Act = Callable[[Node, str, StepSaid, Actor], None]


@dataclass(frozen=True, slots=True)
class StepToTake:
    """A step: the kind of event that it seals, what it does, and as what the receiving State's node hears of it."""

    kind: EventKind
    act: Act
    told: str = ""


def take_assistance_step(node: Node, name: str, step: str, said: StepSaid, actor: Actor) -> None:
    """Take a step of a request, a programme or a grant.

    Raises:
        NotPermitted: the actor may not take it.
        Refused: it does not fit, or cannot follow as things stand.
        KeyError: a dossier of this kind has no such step.
    """
    taken = steps_of(name)[step]
    with node.stores.atomic():
        taken.act(node, name, said, actor)
        if taken.told:
            tell_of_grant(node, name, taken.told)


def steps_of(name: str) -> Mapping[str, StepToTake]:
    """Return the steps that a dossier may take, by the beginning of its name; none where it is nothing of the kind."""
    return {"AR": REQUEST_STEPS, "AP": PROGRAMME_STEPS, "AG": GRANT_STEPS}.get(name[:2], {})


def _by(node: Node, actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "stores": node.stores, "clock": node.clock}


def _opens(access: Any) -> Act:  # noqa: ANN401 - published or restricted
    return lambda node, name, _, actor: assistance.open_request(request=name, access=access, **_by(node, actor))


def _day(node: Node, said: StepSaid) -> date:
    return said.on or node.clock.now().date()


REQUEST_STEPS: Mapping[str, StepToTake] = {
    "sign": StepToTake(
        EventKind.ASSISTANCE_SIGNED,
        lambda node, name, said, actor: assistance.sign_request(request=name, note=said.note, **_by(node, actor)),
    ),
    "publish": StepToTake(EventKind.ASSISTANCE_PUBLISHED, _opens("published")),
    "restrict": StepToTake(EventKind.ASSISTANCE_RESTRICTED, _opens("restricted")),
    "send": StepToTake(
        EventKind.ASSISTANCE_SENT,
        lambda node, name, said, actor: share_request(node, name, said.to, actor),
    ),
    "acknowledge": StepToTake(
        EventKind.ASSISTANCE_ACKNOWLEDGED, lambda node, name, _, actor: acknowledge_request(node, name, actor)
    ),
    "circulate": StepToTake(
        EventKind.ASSISTANCE_CIRCULATED,
        lambda node, name, said, actor: assistance.circulate_request(request=name, note=said.note, **_by(node, actor)),
    ),
    "confirm": StepToTake(
        EventKind.ASSISTANCE_ANSWERED,
        lambda node, name, said, actor: answer_result(node, name, actor, confirmed=True, note=said.note),
    ),
    "contest": StepToTake(
        EventKind.ASSISTANCE_ANSWERED,
        lambda node, name, said, actor: answer_result(node, name, actor, confirmed=False, note=said.reason),
    ),
    "follow_up": StepToTake(
        EventKind.ASSISTANCE_FOLLOWED_UP,
        lambda node, name, said, actor: assistance.follow_up_request(
            request=name, outcome=said.outcome, note=said.note, **_by(node, actor)
        ),
    ),
    "close": StepToTake(
        EventKind.ASSISTANCE_CLOSED,
        lambda node, name, said, actor: assistance.close_request(
            request=name, outcome=said.outcome, reason=said.reason, **_by(node, actor)
        ),
    ),
}
PROGRAMME_STEPS: Mapping[str, StepToTake] = {
    "close": StepToTake(
        EventKind.PROGRAMME_CLOSED,
        lambda node, name, said, actor: assistance.close_programme(
            programme=name, reason=said.reason, **_by(node, actor)
        ),
    ),
}
GRANT_STEPS: Mapping[str, StepToTake] = {
    "decide": StepToTake(
        EventKind.GRANT_DECIDED,
        lambda node, name, said, actor: assistance.decide_grant(grant=name, note=said.note, **_by(node, actor)),
        "granted",
    ),
    "refuse": StepToTake(
        EventKind.GRANT_REFUSED,
        lambda node, name, said, actor: assistance.refuse_grant(grant=name, reason=said.reason, **_by(node, actor)),
        "refused",
    ),
    "pay": StepToTake(
        EventKind.GRANT_PAID,
        lambda node, name, said, actor: assistance.pay_grant(
            grant=name, amount=said.amount or 0, on=_day(node, said), note=said.note, **_by(node, actor)
        ),
    ),
    "activity": StepToTake(
        EventKind.GRANT_ACTIVITY_REPORTED,
        lambda node, name, said, actor: assistance.report_grant_activity(
            grant=name, activity=said.activity, spent=said.amount or 0, on=_day(node, said), **_by(node, actor)
        ),
    ),
    "result": StepToTake(
        EventKind.GRANT_RESULT_REPORTED,
        lambda node, name, said, actor: assistance.report_result(grant=name, result=said.result, **_by(node, actor)),
        "result",
    ),
    "confirm": StepToTake(
        EventKind.GRANT_RESULT_CONFIRMED,
        lambda node, name, said, actor: assistance.confirm_result(grant=name, note=said.note, **_by(node, actor)),
    ),
    "contest": StepToTake(
        EventKind.GRANT_RESULT_CONTESTED,
        lambda node, name, said, actor: assistance.contest_result(grant=name, reason=said.reason, **_by(node, actor)),
    ),
    "end": StepToTake(
        EventKind.GRANT_ENDED,
        lambda node, name, said, actor: assistance.end_grant(grant=name, reason=said.reason, **_by(node, actor)),
        "ended",
    ),
}
