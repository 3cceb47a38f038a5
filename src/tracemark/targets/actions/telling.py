"""What the actions of this room share: the event that tells a step, what is refused, and whose a dossier is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from tracemark.authorities import require_sight
from tracemark.kernel import Actor, Citation, Clock, Finding, PartialDate, Plain, Refused, cite
from tracemark.recordkeeping import (
    Event,
    EventKind,
    RecordkeepingStores,
    Sealed,
    dossier_step,
    event_kinds,
    is_known_holder,
)
from tracemark.reporting import questions

Noun = TypeVar("Noun")
TARGETS = cite("BMS7 MEAS.1")


class TargetRefused(Refused):
    """What was asked does not fit what a target or a plan is, or how it stands."""


def refuse(code: str, source: Citation = TARGETS, /, **facts: Plain) -> TargetRefused:
    """Return what says why something is refused."""
    return TargetRefused([Finding(code, source, facts)])


def told(
    kind: EventKind, name: str, details: Mapping[str, Plain], actor: Actor, clock: Clock, on: date | None = None
) -> Event:
    """Return a step of a dossier as an event of the actor's, of today unless `on` says when."""
    return dossier_step(kind, name, details, PartialDate.of(on or clock.now().date()), actor)


def own(
    name: str, fold: Callable[[str, Sequence[Sealed]], Noun], kind: EventKind, actor: Actor, stores: RecordkeepingStores
) -> Noun:
    """Return a target or a plan that the actor may take a step of, and that stands where the step may follow.

    Raises:
        NotPermitted: the actor does not see whose it is.
        TargetRefused: there is none of this name, or it is over.
    """
    try:
        dossier = stores.dossiers.dossier(name)
        noun = fold(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse("targets.dossier_unknown", dossier=name) from None
    require_sight(actor, dossier.authority, stores.agencies.all())
    terms = event_kinds()[kind]
    if dossier.standing not in terms.follows:
        raise refuse("targets.dossier_over", dossier=name, standing=dossier.standing)
    return noun


def require_gaps(gaps: Iterable[str]) -> None:
    """Let pass questions of the national report.

    Raises:
        TargetRefused: one is none.
    """
    for each in gaps:
        if each not in questions():
            raise refuse("targets.gap_unknown", field="gaps", gap=each)


def require_holder(text: str, field: str, stores: RecordkeepingStores) -> None:
    """Let pass a code of an agency, of one of its units, or an organisation named as such; never a person.

    Raises:
        TargetRefused: the text is neither.
    """
    codes = {each.code for each in stores.agencies.all()}
    if text.startswith("person:") or not is_known_holder(text, codes):
        raise refuse("targets.holder_unknown", field=field, text=text)
