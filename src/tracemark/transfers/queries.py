from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tracemark.authorities import Permission, require, require_sight
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping import (
    Dossier,
    DossierFilter,
    EventKind,
    Page,
    RecordkeepingStores,
    dossier_page,
    every_dossier,
)
from tracemark.transfers.certificates import CertificateFile, fold_certificate
from tracemark.transfers.consignments import SHIPPED, Consignment, fold_consignment
from tracemark.transfers.embargoes import Embargo, embargoes_on, shipped_embargoes
from tracemark.transfers.licences import Licence, fold_licence

Folded = TypeVar("Folded")
_ANY = DossierFilter()
_MOST = 10_000


def licence(*, name: str, actor: Actor, stores: RecordkeepingStores) -> Licence:
    """Return a licence.

    Raises:
        NotPermitted: the actor may not read licences, or does not see this one.
        KeyError: there is no such licence.
    """
    return _one(name, "licence", fold_licence, actor, stores)


def certificate(*, name: str, actor: Actor, stores: RecordkeepingStores) -> CertificateFile:
    """Return an end-user certificate, ours or one that was presented. Raises as `licence` does."""
    return _one(name, "certificate", fold_certificate, actor, stores)


def consignment(*, name: str, actor: Actor, stores: RecordkeepingStores) -> Consignment:
    """Return a consignment. Raises as `licence` does."""
    return _one(name, "consignment", fold_consignment, actor, stores)


def file_page(
    *,
    kind: str,
    wanted: DossierFilter = _ANY,
    actor: Actor,
    stores: RecordkeepingStores,
) -> Page[Dossier]:
    """Return licences, certificates or consignments that the actor sees, the newest first.

    Of a licence `due` is the earliest day of those that still run, to decide and for the State of origin to answer;
    where none runs any more it is the one told last.

    Raises:
        NotPermitted: the actor may not read licences.
    """
    if kind == "licence":
        return _licence_page(wanted, actor, stores).each(lambda each: each[0])
    return dossier_page(kind=kind, permission=Permission.LICENCE_READ, wanted=wanted, actor=actor, stores=stores)


def licence_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores) -> Page[Licence]:
    """List the licences that the actor sees, the newest first. Raises as `file_page` does."""
    return _licence_page(wanted, actor, stores).each(lambda each: each[1])


def certificate_list(
    *, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores
) -> Page[CertificateFile]:
    """List the end-user certificates that the actor sees, the newest first. Raises as `file_page` does."""
    found = file_page(kind="certificate", wanted=wanted, actor=actor, stores=stores)
    return found.each(lambda each: fold_certificate(each.name, stores.dossiers.events(each.name), each.standing))


def consignment_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores) -> Page[Consignment]:
    """List the consignments that the actor sees, the newest first. Raises as `file_page` does."""
    found = file_page(kind="consignment", wanted=wanted, actor=actor, stores=stores)
    return found.each(lambda each: fold_consignment(each.name, stores.dossiers.events(each.name), each.standing))


def overdue_consignments(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[Consignment]:
    """Return the consignments that were shipped, ought to have come, and were reported by neither side.

    Raises:
        NotPermitted: the actor may not read licences.
    """
    on = clock.now().date()
    wanted = DossierFilter(frozenset({SHIPPED}), due_before=on.isoformat(), limit=_MOST)
    found = consignment_list(wanted=wanted, actor=actor, stores=stores)
    return [each for each in found if each.overdue(on)]


def own_embargoes(stores: RecordkeepingStores) -> list[Embargo]:
    """Return the embargoes that the State itself declared, lifted ones with their last day."""
    return [_own_embargo(each, stores) for each in every_dossier("embargo", None, stores)]


def embargo_table(stores: RecordkeepingStores) -> list[Embargo]:
    """Return every embargo: the Security Council's, then the State's own."""
    return [*shipped_embargoes(), *own_embargoes(stores)]


def embargoes_for(state: str, on: date, stores: RecordkeepingStores) -> list[Embargo]:
    """Return the embargoes on a destination that hold on a day, the State's own lines among them."""
    return embargoes_on(state, on, own_embargoes(stores))


def destination_embargoes(known: Licence, stores: RecordkeepingStores, clock: Clock) -> list[Embargo]:
    """Return the embargoes that hold today on where a licence lets goods go."""
    return embargoes_for(known.application.to_state, clock.now().date(), stores)


def first_use(issuer: str, number: str, stores: RecordkeepingStores) -> CertificateFile | None:
    """Return the file of another State's certificate that was presented here before; None where it never was."""
    for dossier in every_dossier("certificate", {"used"}, stores):
        opened = stores.records.at(dossier.opened).event
        told = opened.details.get("from_state"), opened.details.get("number")
        if opened.kind is EventKind.CERTIFICATE_PRESENTED and told == (issuer, number):
            return fold_certificate(dossier.name, stores.dossiers.events(dossier.name), dossier.standing)
    return None


def _licence_page(wanted: DossierFilter, actor: Actor, stores: RecordkeepingStores) -> Page[tuple[Dossier, Licence]]:
    """Return licences with their dossiers. Two days may run at once, so that each licence is asked which is open."""

    def folded(dossier: Dossier) -> Licence:
        return fold_licence(dossier.name, stores.dossiers.events(dossier.name), dossier.standing)

    def due(dossier: Dossier) -> bool:
        return bool(dossier.due) and "" < folded(dossier).next_due < wanted.due_before

    found = dossier_page(
        kind="licence",
        permission=Permission.LICENCE_READ,
        wanted=replace(wanted, due_before=""),
        actor=actor,
        stores=stores,
        kept=due if wanted.due_before else None,
    )
    both = found.each(lambda each: (each, folded(each)))
    return both.each(lambda each: (replace(each[0], due=each[1].next_due or each[0].due), each[1]))


def _one(name: str, kind: str, fold: Callable[..., Folded], actor: Actor, stores: RecordkeepingStores) -> Folded:
    require(actor, Permission.LICENCE_READ)
    dossier = stores.dossiers.dossier(name)
    if dossier.kind != kind:
        raise KeyError(name)
    require_sight(actor, dossier.authority, stores.agencies.all())
    return fold(name, stores.dossiers.events(name), dossier.standing)


def _own_embargo(dossier: Dossier, stores: RecordkeepingStores) -> Embargo:
    told = stores.records.at(dossier.opened).event.details
    until = told.get("valid_until")
    if dossier.standing == "lifted":
        until = stores.records.at(dossier.last).event.details["valid_until"]
    return Embargo(
        dossier.name,
        str(told["to_state"]),
        date.fromisoformat(str(told["valid_from"])),
        date.fromisoformat(str(until)) if until else None,
        str(told["symbol"]),
        str(told.get("scope", "all")),
        tuple(map(str, told.get("exemptions", ()))),  # type: ignore[arg-type]
        note=str(told.get("note", "")),
    )
