from collections.abc import Iterator, Mapping

from tracemark.authorities import Permission, require, require_second_person
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    append_step,
    every_folded,
    require_step,
)
from tracemark.reporting.beside import disclosures, telling
from tracemark.reporting.drawing import Drawing, Drawn
from tracemark.reporting.figurebook import figures
from tracemark.reporting.publications import (
    LEAST,
    Publication,
    PublicationStanding,
    PublishedTable,
    definition_of,
    plain_of,
    publication_of,
    table_of,
    whole_of,
)
from tracemark.reporting.queries import every_report
from tracemark.reporting.suppression import Key

_REPORTED = cite("PoA II.33")
_MOST_ROWS = 600
"""So many numbers an event holds with room to spare: a sealed one has 65,535 bytes."""


class PublicationRefused(Refused):
    """A figure cannot be published as asked; the finding says why."""


def propose_publication(
    *, drawn: Drawn, actor: Actor, stores: RecordkeepingStores, clock: Clock, least: int = LEAST, reason: str = ""
) -> str:
    """Propose to publish a figure as drawn, with small numbers withheld, and return the publication's name.

    One that stands published for the same figure and period is revised: `reason` says why. Tables of one figure whose
    periods meet have the same breakdown, as one could be held against the other.

    Raises:
        NotPermitted: the actor may not propose.
        PublicationRefused: it is not available, too large, has breakdowns that are not guarded, meets another
            publication, would tell a small number together with others, or revises one without a reason.

    Source: PoA II.33.
    """
    require_step(EventKind.PUBLICATION_PROPOSED, actor, stores)
    try:
        table = table_of(drawn, least)
    except ValueError:
        raise _refused("reporting.publication_unguarded", figure=drawn.figure) from None
    if len(table.numbers) > _MOST_ROWS:
        raise _refused("reporting.publication_large", rows=len(table.numbers), most=_MOST_ROWS)
    with stores.atomic():
        revised = _revised(drawn, least, stores)
        if revised and not reason.strip():
            raise _refused("reporting.revision_unexplained", publication=revised, field="reason")
        _require_untelling(table, whole_of(drawn), least, revised, stores)
        name = stores.dossiers.next_name("publication", clock.now().year)
        details: dict[str, Plain] = {
            **plain_of(table),
            "least": least,
            "head": drawn.head,
            "definition": definition_of(figures()[drawn.figure]),
            "revises": revised,
            "reason": reason.strip(),
        }
        append_step(EventKind.PUBLICATION_PROPOSED, name, details, actor, stores, clock)
    return name


def approve_publication(*, name: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Publish what another person proposed.

    Raises:
        NotPermitted: the actor may not publish, or proposed it.
        PublicationRefused: there is none that waits under this name, or it would tell a small number together with
            what was published since it was proposed.
    """
    require_step(EventKind.PUBLICATION_APPROVED, actor, stores)
    with stores.atomic():
        found = _standing(name, PublicationStanding.PROPOSED, stores)
        require_second_person(found.proposed_by, actor)
        _require_untelling(found.table, {}, found.least, found.revises, stores)
        append_step(EventKind.PUBLICATION_APPROVED, name, {}, actor, stores, clock)


def decline_publication(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Decline what was proposed, and say why.

    Raises:
        NotPermitted: the actor may not publish.
        PublicationRefused: there is none that waits, or no reason is given.
    """
    _end(EventKind.PUBLICATION_DECLINED, PublicationStanding.PROPOSED, name, reason, actor, stores, clock)


def withdraw_publication(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Take a published figure back, and say why; that it was published stays on record.

    Raises:
        NotPermitted: the actor may not publish.
        PublicationRefused: there is none that stands published, or no reason is given.
    """
    _end(EventKind.PUBLICATION_WITHDRAWN, PublicationStanding.PUBLISHED, name, reason, actor, stores, clock)


def publications(stores: RecordkeepingStores, *standings: PublicationStanding) -> Iterator[Publication]:
    """Yield publications, the newest first; of all standings where none is named."""
    return every_folded("publication", publication_of, stores, [each.value for each in standings] or None)


def published(stores: RecordkeepingStores) -> list[Publication]:
    """Return what stands published, the newest first; what was revised gives way to its revision."""
    found = list(publications(stores, PublicationStanding.PUBLISHED))
    revised = {each.revises for each in found}
    return [each for each in found if each.name not in revised]


def visible_publications(actor: Actor, stores: RecordkeepingStores) -> Iterator[Publication]:
    """Yield every publication, for those who may see figures.

    Raises:
        NotPermitted: the actor may not.
    """
    require(actor, Permission.FIGURE_READ)
    yield from publications(stores)


def drawn_again(publication: Publication, drawing: Drawing) -> bool:
    """Whether a figure, drawn at the head it was published at, is what was published.

    Raises:
        ValueError: the figure is defined otherwise by now, or the drawing is of another head.
    """
    table = publication.table
    if definition_of(figures()[table.figure]) != publication.definition:
        raise ValueError("definition")
    if drawing.head != publication.head:
        raise ValueError("head")
    return table_of(drawing.draw(table.figure, table.by), publication.least) == table


def _revised(drawn: Drawn, least: int, stores: RecordkeepingStores) -> str:
    """Return which publication takes another's place; one that only meets it is refused."""
    for each in published(stores):
        told = each.table
        if told.figure != drawn.figure:
            continue
        if (told.period, told.by, each.least) == (drawn.period, drawn.by, least):
            return each.name
        if told.period.first <= drawn.period.last and drawn.period.first <= told.period.last:
            raise _refused("reporting.publication_meets", publication=each.name, figure=drawn.figure)
    return ""


def _require_untelling(
    table: PublishedTable, whole: Mapping[Key, int], least: int, revised: str, stores: RecordkeepingStores
) -> None:
    every = published(stores)
    standing = [each for each in every if each.name != revised]
    reports = disclosures(every_report(stores, {"published"}), every)
    if beside := telling(table, whole, least, standing, reports):
        raise _refused("reporting.publication_tells", publications=beside, figure=table.figure)


def _standing(name: str, standing: PublicationStanding, stores: RecordkeepingStores) -> Publication:
    try:
        found = publication_of(name, stores.dossiers.events(name))
    except KeyError:
        raise _refused("reporting.no_such_publication", publication=name) from None
    if found.standing is not standing:
        raise _refused("reporting.publication_stands", publication=name, standing=found.standing.value)
    return found


def _end(
    kind: EventKind,
    standing: PublicationStanding,
    name: str,
    reason: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> None:
    require_step(kind, actor, stores)
    if not reason.strip():
        raise _refused("reporting.reason_missing", field="reason")
    with stores.atomic():
        _standing(name, standing, stores)
        append_step(kind, name, {"reason": reason.strip()}, actor, stores, clock)


def _refused(code: str, **facts: Plain) -> PublicationRefused:
    return PublicationRefused([Finding(code, _REPORTED, facts)])
