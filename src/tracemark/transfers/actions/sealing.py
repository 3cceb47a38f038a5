"""How every action of the room writes: a step of a dossier, in the actor's name, as of a day."""

from collections.abc import Sequence

from tracemark.authorities import require_sight
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, cite
from tracemark.recordkeeping import (
    Dossier,
    Event,
    EventKind,
    RecordkeepingStores,
    append,
    event_kinds,
    is_known_holder,
)
from tracemark.transfers.refusals import TransferRefused

_RECORDED = cite("PoA II.9")


def seen(name: str, kind: str, actor: Actor, stores: RecordkeepingStores) -> Dossier:
    """Return a dossier of a kind that the actor sees.

    Raises:
        NotPermitted: the actor does not see what its authority keeps.
        KeyError: there is no such dossier of this kind.
    """
    dossier = stores.dossiers.dossier(name)
    if dossier.kind != kind:
        raise KeyError(name)
    require_sight(actor, dossier.authority, stores.agencies.all())
    return dossier


def seal(events: Sequence[Event], stores: RecordkeepingStores, clock: Clock) -> int:
    """Seal events in the surrounding transaction and return the last one's position."""
    return append(events=events, stores=stores, clock=clock).sealed[-1].position


def today(clock: Clock) -> PartialDate:
    """Return the present day, in UTC."""
    return PartialDate.of(clock.now().date())


def require_standing(dossier: Dossier, kind: EventKind) -> None:
    """Let pass a dossier that stands where such a step may follow.

    Raises:
        TransferRefused: it stands elsewhere.
    """
    terms = event_kinds()[kind]
    if terms.follows and dossier.standing not in terms.follows:
        facts: dict[str, Plain] = {"kind": kind.value, "dossier": dossier.name, "standing": dossier.standing}
        raise TransferRefused([Finding("recordkeeping.dossier_step", terms.source, facts)])


def require_said(text: str, field: str) -> str:
    """Return a text without the blanks around it.

    Raises:
        TransferRefused: it says nothing.
    """
    if not (said := text.strip()):
        raise TransferRefused([Finding("transfers.text_missing", _RECORDED, {"field": field})])
    return said


def require_holder(text: str, field: str, stores: RecordkeepingStores) -> str:
    """Return a holder that the record may name: a listed agency, or an organisation named as such.

    Raises:
        TransferRefused: the text could be anybody's name.
    """
    codes = {each.code for each in stores.agencies.all()}
    if text.startswith(("person:", "private")) or not is_known_holder(text, codes):
        raise TransferRefused([Finding("transfers.holder_unknown", _RECORDED, {"field": field, "text": text})])
    return text
