from collections.abc import Iterable
from dataclasses import replace

from tracemark.authorities import Permission, may, require
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping import (
    Dossier,
    RecordkeepingStores,
    every_dossier,
    open_person,
    person_commitment,
)
from tracemark.transfers.licences import Licence
from tracemark.transfers.screening import Denied, Hit, screen


def denied_parties(stores: RecordkeepingStores) -> list[Denied]:
    """Return the parties that are listed now, natural persons without their names."""
    return [replace(each, name="", aliases=()) if each.person else each for each in _listed(stores)]


def screen_names(
    *, names: Iterable[str], purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> list[Hit]:
    """Hold names against the listed parties. Of a natural person who looks alike it is noted that the name was read.

    Whoever may not read personal data is told that there is one, and not the name.

    Raises:
        NotPermitted: the actor may not read licences.

    Source: PoA II.11, ATT 11(2).
    """
    require(actor, Permission.LICENCE_READ)
    with stores.atomic():
        found = hits_of(names, stores)
        if not may(actor, Permission.PERSON_READ):
            return list(map(_closed, found))
        for dossier in sorted({each.denied.dossier for each in found if each.denied.person}):
            holder = _name_on_record(stores.dossiers.dossier(dossier), stores)
            open_person(holder=holder, purpose=purpose, actor=actor, stores=stores, clock=clock)
    return found


def licence_names(known: Licence) -> list[str]:
    """Return the names of a licence that are held against the listed parties."""
    return [
        known.application.applicant.removeprefix("organisation:"),
        *(each.name for each in known.application.parties),
    ]


def hits_of(names: Iterable[str], stores: RecordkeepingStores) -> list[Hit]:
    """Hold names against the listed parties for an action that tells nobody a natural person's name."""
    opened = [(each, names_of(each.name, stores)) for each in _listed(stores)]
    told = [replace(each, name=found[0], aliases=found[1:]) if found else each for each, found in opened]
    return screen(names, [each for each in told if not _is_person(each.name)])


def names_of(holder: str, stores: RecordkeepingStores) -> tuple[str, ...]:
    """Return the names of a natural person that lie beside the record; none where they were erased, or it is none."""
    if not _is_person(holder):
        return ()
    try:
        _, data = stores.persons.get(person_commitment(holder))
    except KeyError:
        return ()
    aliases = data.get("aliases")
    return (str(data["name"]), *map(str, aliases if isinstance(aliases, list | tuple) else ()))


def _is_person(name: str) -> bool:
    return bool(person_commitment(name))


def _listed(stores: RecordkeepingStores) -> list[Denied]:
    return [_denied(each, stores) for each in every_dossier("party", {"listed"}, stores)]


def _denied(dossier: Dossier, stores: RecordkeepingStores) -> Denied:
    told = stores.records.at(dossier.opened).event.details
    aliases = tuple(map(str, told.get("aliases", ())))  # type: ignore[arg-type]
    name, reason = str(told["name"]), str(told["reason"])
    return Denied(dossier.name, name, aliases, str(told.get("state", "")), reason, person=_is_person(name))


def _name_on_record(dossier: Dossier, stores: RecordkeepingStores) -> str:
    return str(stores.records.at(dossier.opened).event.details["name"])


def _closed(hit: Hit) -> Hit:
    return replace(hit, matched="", denied=replace(hit.denied, name="", aliases=())) if hit.denied.person else hit
