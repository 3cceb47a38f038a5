from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tracemark.authorities import Permission, may, require
from tracemark.kernel import Actor, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, every_dossier, own_events
from tracemark.review.dossiers import MeetingDossier
from tracemark.review.positions import Proposed, proposed_of

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class KeptDossier:
    """A dossier for a meeting as it was sealed: kept or withdrawn, when, by whom, and what was said of it."""

    name: str
    standing: str
    dossier: MeetingDossier
    fingerprint: str
    kept_on: str
    kept_by: str
    note: str = ""
    reason: str = ""

    def plain(self) -> dict[str, Plain]:
        """As JSON says it, without what stands in the dossier itself."""
        return {
            "name": self.name,
            "standing": self.standing,
            "meeting": self.dossier.meeting,
            "subject": self.dossier.subject,
            "head": self.dossier.head,
            "fingerprint": self.fingerprint,
            "kept_on": self.kept_on,
            "kept_by": self.kept_by,
            "note": self.note,
            "reason": self.reason,
        }


def proposal_list(*, actor: Actor, stores: RecordkeepingStores, meeting: str = "") -> list[Proposed]:
    """List the proposals, those still open first, then the newest: of a meeting, or of all.

    Instructions are shown to who may write for meetings, and to nobody else.

    Raises:
        NotPermitted: the actor may not read what is prepared for meetings.
    """
    require(actor, Permission.REVIEW_READ)
    found = (proposed_of(each, stores.dossiers.events(each)) for each in _names("meeting_proposal", stores))
    shown = [_for(actor, each) for each in found if meeting in ("", each.text.meeting)]
    return sorted(shown, key=lambda each: each.standing != "open")


def proposal_record(*, name: str, actor: Actor, stores: RecordkeepingStores) -> Proposed:
    """Read a proposal with the positions to it; instructions as in `proposal_list`.

    Raises:
        NotPermitted: the actor may not read what is prepared for meetings.
        KeyError: there is none of this name.
    """
    require(actor, Permission.REVIEW_READ)
    return _for(actor, proposed_of(name, stores.dossiers.events(name)))


def kept_dossiers(*, actor: Actor, stores: RecordkeepingStores, meeting: str = "") -> list[KeptDossier]:
    """List the dossiers that were kept, the newest first: of a meeting, or of all.

    Raises:
        NotPermitted: the actor may not read what is prepared for meetings.
    """
    require(actor, Permission.REVIEW_READ)
    found = (_kept(each, stores) for each in _names("meeting_dossier", stores))
    return [each for each in found if meeting in ("", each.dossier.meeting)]


def kept_dossier(*, name: str, actor: Actor, stores: RecordkeepingStores) -> KeptDossier:
    """Read a dossier that was kept.

    Raises:
        NotPermitted: the actor may not read what is prepared for meetings.
        KeyError: there is none of this name.
    """
    require(actor, Permission.REVIEW_READ)
    return _kept(name, stores)


def _kept(name: str, stores: RecordkeepingStores) -> KeptDossier:
    own = own_events(name, stores.dossiers.events(name))
    if not own or own[0].event.kind is not EventKind.MEETING_DOSSIER_KEPT:
        raise KeyError(name)
    event, told = own[0].event, own[0].event.details
    withdrawn = own[-1].event if len(own) > 1 else None
    return KeptDossier(
        name,
        "withdrawn" if withdrawn else "kept",
        MeetingDossier.of_plain(told["contents"]),  # type: ignore[arg-type]
        str(told["fingerprint"]),
        str(event.happened),
        event.by,
        str(told.get("note", "")),
        str(withdrawn.details.get("reason", "")) if withdrawn else "",
    )


def _for(actor: Actor, proposed: Proposed) -> Proposed:
    if may(actor, Permission.REVIEW_WRITE):
        return proposed
    return replace(proposed, positions={by: replace(each, instructions="") for by, each in proposed.positions.items()})


def _names(kind: str, stores: RecordkeepingStores) -> Iterator[str]:
    return (each.name for each in islice(every_dossier(kind, None, stores), _MOST))
