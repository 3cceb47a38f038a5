from collections.abc import Iterator, Mapping

from tracemark.recordkeeping import EventKind, WeaponRecord, person_commitment
from tracemark.tracing.interstate.answers import Datum, Known
from tracemark.tracing.interstate.handling import Handling

PRIVATE_PERSON = "private_person"
"""Stands for a last lawful holder who is a person. Who it is, one State asks another by mutual legal assistance."""

ORGANISATION = "organisation"


def known_data(
    record: WeaponRecord, *, own: str, names: Mapping[str, str], handling: Handling | None = None
) -> tuple[Datum, ...]:
    """Return what our record can tell another State of a weapon: where it came from, who held it last, where it went.

    `own` is our State, `names` are those of agencies by code. A person is never named, nor whoever took it abroad.

    Source: ITI 20, ITI 15.
    """
    found: dict[Known, str] = {}
    for read in (_made, _imported, _held, _exported):
        found |= {name: value for name, value in read(record, own, names) if value}
    return tuple(Datum(name, found[name], handling or Handling()) for name in Known if name in found)


Told = Iterator[tuple[Known, str]]


def _made(record: WeaponRecord, own: str, _: Mapping[str, str]) -> Told:
    made_here = any(each.sealed.event.kind is EventKind.MANUFACTURED for each in record.steps)
    yield Known.MANUFACTURED_IN, own if made_here else record.state.description.country


def _imported(record: WeaponRecord, _: str, __: Mapping[str, str]) -> Told:
    for event in (each.sealed.event for each in record.steps):
        if event.kind is EventKind.IMPORTED:
            yield Known.IMPORTED_FROM, str(event.details["from_state"])
            yield Known.IMPORTED_ON, str(event.happened)


def _exported(record: WeaponRecord, _: str, __: Mapping[str, str]) -> Told:
    last = record.custody.last_lawful
    if last and last.sealed.event.kind is EventKind.EXPORTED:
        yield Known.EXPORTED_TO, str(last.sealed.event.details["to_state"])
        yield Known.EXPORTED_ON, str(last.sealed.event.happened)


def _held(record: WeaponRecord, own: str, names: Mapping[str, str]) -> Told:
    last, diverted = record.custody.last_lawful, record.custody.diverted
    if last and last.sealed.event.kind is EventKind.EXPORTED:
        yield Known.LAST_LAWFUL_STATE, str(last.sealed.event.details["to_state"])
    elif last:
        yield Known.LAST_LAWFUL_STATE, own
        yield Known.LAST_LAWFUL_HOLDER, _holder(record.custody.holder, names)
    if diverted:
        yield Known.LEFT_LAWFUL_HANDS_ON, str(diverted.sealed.event.happened)
        yield Known.LEFT_LAWFUL_HANDS_BY, diverted.sealed.event.kind.value


def _holder(holder: str, names: Mapping[str, str]) -> str:
    """A listed agency by its name, without the unit; anybody else by what they are, never by who."""
    code = holder.partition("/")[0]
    if code in names:
        return names[code]
    return PRIVATE_PERSON if person_commitment(holder) or holder == "private" else ORGANISATION
