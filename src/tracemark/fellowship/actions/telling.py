"""What the actions of this room share: the event that tells a step, what is refused, and who is barred."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tracemark.fellowship.cohorts import Cohort
from tracemark.fellowship.queries import FELLOWSHIP
from tracemark.kernel import Actor, Citation, Finding, Plain, Refused
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    Sealed,
    event_kinds,
    is_known_holder,
)

Noun = TypeVar("Noun")


class FellowshipRefused(Refused):
    """What was asked does not fit a fund, a call, a nomination or a cohort, or how it stands."""


def refuse(code: str, source: Citation = FELLOWSHIP, /, **facts: Plain) -> FellowshipRefused:
    """Return what says why something is refused."""
    return FellowshipRefused([Finding(code, source, facts)])


def standing(
    name: str, fold: Callable[[str, Sequence[Sealed]], Noun], kind: EventKind, stores: RecordkeepingStores
) -> Noun:
    """Return a dossier of which a step may be taken as it stands.

    Raises:
        FellowshipRefused: there is none of this name, or the step cannot follow.
    """
    try:
        dossier = stores.dossiers.dossier(name)
        noun = fold(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse("fellowship.no_such_dossier", dossier=name) from None
    terms = event_kinds()[kind]
    if dossier.kind != terms.dossier:
        raise refuse("fellowship.no_such_dossier", dossier=name)
    if dossier.standing not in terms.follows:
        raise refuse("fellowship.wrong_standing", dossier=name, standing=dossier.standing)
    return noun


def require_free(cohort: Cohort, actor: Actor) -> None:
    """Let pass an actor who declared no interest in a cohort.

    Raises:
        FellowshipRefused: the actor did.
    """
    if actor.name.casefold() in cohort.barred:
        raise refuse("fellowship.conflict_bars", account=actor.name, cohort=cohort.name)


def said(text: str, field: str) -> str:
    """Return a text that has to say something.

    Raises:
        FellowshipRefused: it says nothing.
    """
    if not text.strip():
        raise refuse("fellowship.text_missing", field=field)
    return text.strip()


def require_organisation(text: str, field: str, stores: RecordkeepingStores) -> None:
    """Let pass a code of an agency, of one of its units, or an organisation named as such; never a person.

    Raises:
        FellowshipRefused: the text is neither.
    """
    codes = {each.code for each in stores.agencies.all()}
    if text.startswith("person:") or not is_known_holder(text, codes):
        raise refuse("fellowship.organisation_unknown", field=field, text=text)
