from collections.abc import Mapping
from dataclasses import replace

from tracemark.authorities import require_second_person, require_sight
from tracemark.kernel import Actor, Clock, Plain
from tracemark.practices.contents import Content
from tracemark.practices.drafts import MOST_TEXT, require_whole
from tracemark.practices.entries import Holding, LibraryEntry
from tracemark.practices.records import Practice, practice_of, refuse_practice
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    append_step,
    event_kinds,
    every_dossier,
    require_step,
)


def draft_practice(*, content: Content, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Put a draft of a practice on record, and return its name.

    Raises:
        NotPermitted: the actor may not write practices.
        PracticeRefused: it does not say what it must.

    Source: BMS7 ITI.3.
    """
    require_step(EventKind.PRACTICE_DRAFTED, actor, stores)
    require_whole(content)
    with stores.atomic():
        name = stores.dossiers.next_name("practice", clock.now().year)
        append_step(EventKind.PRACTICE_DRAFTED, name, {"contents": content.plain()}, actor, stores, clock)
    return name


def take_over_practice(*, entry: LibraryEntry, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Draft a practice that another State sent, so that somebody here reviews it; it stays named as that State's.

    A later version of what was taken over before is the next draft of the same dossier; what was withdrawn here since
    begins anew.

    Raises:
        NotPermitted: the actor may not write practices, or does not see the dossier of the version before.
        PracticeRefused: it is ours already, ships with the software, or was taken over before in this version or a
            later one.

    Source: BMS7 ITI.1.
    """
    require_step(EventKind.PRACTICE_DRAFTED, actor, stores)
    if entry.holding is not Holding.RECEIVED:
        raise refuse_practice("practices.not_received", practice=entry.key)
    content = replace(entry.content, origin=entry.cited)
    with stores.atomic():
        for name in (each.name for each in every_dossier("practice", None, stores)):
            known = practice_of(name, stores.dossiers.events(name))
            if known.standing == "withdrawn" or known.content.origin.rpartition("@")[0] != entry.key:
                continue
            if int(known.content.origin.rpartition("@")[2]) >= entry.number:
                raise refuse_practice("practices.taken_over_before", practice=entry.cited, dossier=name)
            _own(name, EventKind.PRACTICE_REVISED, actor, stores)
            details: dict[str, Plain] = {"contents": content.plain(), "reason": entry.cited}
            _sealed(EventKind.PRACTICE_REVISED, name, details, actor, stores, clock)
            return name
        return draft_practice(content=content, actor=actor, stores=stores, clock=clock)


def revise_practice(
    *, name: str, content: Content, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Practice:
    """Change a draft, or begin the next version of what is published, and say why.

    Raises:
        NotPermitted: the actor may not write practices, or does not see this one.
        PracticeRefused: there is none, it is withdrawn, nothing changes, or it does not say what it must.
    """
    require_step(EventKind.PRACTICE_REVISED, actor, stores)
    with stores.atomic():
        known = _own(name, EventKind.PRACTICE_REVISED, actor, stores)
        kept = replace(content, origin=known.content.origin)
        require_whole(kept)
        if kept.plain() == known.content.plain():
            raise refuse_practice("practices.nothing_changes", practice=name)
        details: dict[str, Plain] = {"contents": kept.plain(), "reason": _said(reason, "reason")}
        return _sealed(EventKind.PRACTICE_REVISED, name, details, actor, stores, clock)


def review_practice(*, name: str, note: str = "", actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Practice:
    """Find a draft good, as another person than who wrote it.

    Raises:
        NotPermitted: the actor may not review practices, does not see this one, or wrote it.
        PracticeRefused: there is none, or it is no draft.
    """
    require_step(EventKind.PRACTICE_REVIEWED, actor, stores)
    with stores.atomic():
        known = _own(name, EventKind.PRACTICE_REVIEWED, actor, stores)
        require_second_person(known.drafted_by, actor)
        return _sealed(EventKind.PRACTICE_REVIEWED, name, {"note": note.strip()}, actor, stores, clock)


def return_practice(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Practice:
    """Send a draft back to who wrote it, and say what is wrong with it.

    Raises:
        NotPermitted: the actor may not review practices, or does not see this one.
        PracticeRefused: there is none, it is no draft, or no reason is given.
    """
    require_step(EventKind.PRACTICE_RETURNED, actor, stores)
    with stores.atomic():
        _own(name, EventKind.PRACTICE_RETURNED, actor, stores)
        details: dict[str, Plain] = {"reason": _said(reason, "reason")}
        return _sealed(EventKind.PRACTICE_RETURNED, name, details, actor, stores, clock)


def publish_practice(*, name: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Practice:
    """Publish a draft that another person reviewed; it takes the place of the version before.

    Raises:
        NotPermitted: the actor may not write practices, or does not see this one.
        PracticeRefused: there is none, or it was not reviewed.

    Source: BMS7 ITI.3.
    """
    require_step(EventKind.PRACTICE_PUBLISHED, actor, stores)
    with stores.atomic():
        _own(name, EventKind.PRACTICE_PUBLISHED, actor, stores)
        return _sealed(EventKind.PRACTICE_PUBLISHED, name, {}, actor, stores, clock)


def note_experience(*, name: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Practice:
    """Say how a practice that was published went where it was used.

    Raises:
        NotPermitted: the actor may not write practices, or does not see this one.
        PracticeRefused: there is none, it was never published, or nothing is said.

    Source: BMS7 ITI.1.
    """
    require_step(EventKind.PRACTICE_TRIED, actor, stores)
    with stores.atomic():
        known = _own(name, EventKind.PRACTICE_TRIED, actor, stores)
        if not known.versions:
            raise refuse_practice("practices.not_published", practice=name)
        return _sealed(EventKind.PRACTICE_TRIED, name, {"note": _said(note, "note")}, actor, stores, clock)


def withdraw_practice(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Practice:
    """Withdraw a practice, published or not, and say why.

    Raises:
        NotPermitted: the actor may not write practices, or does not see this one.
        PracticeRefused: there is none, it is withdrawn already, or no reason is given.
    """
    require_step(EventKind.PRACTICE_WITHDRAWN, actor, stores)
    with stores.atomic():
        _own(name, EventKind.PRACTICE_WITHDRAWN, actor, stores)
        details: dict[str, Plain] = {"reason": _said(reason, "reason")}
        return _sealed(EventKind.PRACTICE_WITHDRAWN, name, details, actor, stores, clock)


def _own(name: str, kind: EventKind, actor: Actor, stores: RecordkeepingStores) -> Practice:
    try:
        known = practice_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse_practice("practices.no_such_practice", practice=name) from None
    require_sight(actor, known.authority, stores.agencies.all())
    if known.standing not in event_kinds()[kind].follows:
        raise refuse_practice("practices.wrong_standing", practice=name, standing=known.standing)
    return known


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise refuse_practice("practices.nothing_said", field=field)
    if len(text) > MOST_TEXT:
        raise refuse_practice("practices.said_long", field=field, most=MOST_TEXT)
    return text.strip()


def _sealed(
    kind: EventKind, name: str, details: Mapping[str, Plain], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Practice:
    append_step(kind, name, details, actor, stores, clock)
    return practice_of(name, stores.dossiers.events(name))
