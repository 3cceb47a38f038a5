from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Plain, instant_text
from tracemark.recordkeeping import EventKind, Sealed, every_folded, fold_steps
from tracemark.tracing.lost.comparing import Fit, LostFit, Where
from tracemark.tracing.lost.entries import ListForm
from tracemark.tracing.ports import TracingStores
from tracemark.weapons import WeaponId


@dataclass(frozen=True, slots=True)
class LostHit:
    """A weapon that fits a list: ours, which it fits; `at` is RFC 3339, UTC. `message` told, or tells, the other."""

    found: LostFit
    at: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class LostList:
    """A list of lost and stolen weapons, or a part of one: ours, which we shared, or one that we keep.

    `name` is its dossier, `number` what its sender calls it. `peer` is the other node, "" where it came as a file,
    whose name `source` then is. `state` is the State it went to or came from, "" where that is unknown. `told` stands
    for its entries, which are kept in confidence.
    """

    name: str
    ours: bool
    number: str
    peer: str
    state: str
    source: str
    form: ListForm
    size: int
    issued_at: str
    part: int
    parts: int
    told: str
    opened: int
    messages: tuple[str, ...] = ()
    hits: tuple[LostHit, ...] = ()


def lost_list_of(name: str, events: Sequence[Sealed]) -> LostList:
    """Fold a list's events. Raises KeyError where none is its own."""
    return fold_steps(name, events, lambda first, told: _opened(name, first, told), _after)


def lost_list_named(name: str, stores: TracingStores) -> LostList:
    """Return a list. Raises KeyError where there is none."""
    if stores.dossiers.dossier(name).kind != "lost_list":
        raise KeyError(name)
    return lost_list_of(name, stores.dossiers.events(name))


def every_lost_list(stores: TracingStores, standing: str | None = None) -> list[LostList]:
    """Return every list, ours (`shared`) or kept (`kept`) or both, the newest first, whoever may see it."""
    return list(every_folded("lost_list", lost_list_of, stores, [standing] if standing else None))


def lost_lists(*, actor: Actor, stores: TracingStores) -> list[LostList]:
    """List the lists that we shared and keep, the newest first.

    Raises:
        NotPermitted: the actor may not read traces.
    """
    require(actor, Permission.TRACE_READ)
    return every_lost_list(stores)


def lists_in_force(stores: TracingStores) -> list[LostList]:
    """Return the lists that we keep and compare: of each node its newest with all its parts, and every file."""
    kept = every_lost_list(stores, "kept")
    newest = dict[str, tuple[str, str]]()
    for each in kept:
        newest[each.peer] = max(newest.get(each.peer, ("", "")), (each.issued_at, each.number))
    return [each for each in kept if not each.peer or (each.issued_at, each.number) == newest[each.peer]]


def lost_list_plain(known: LostList) -> dict[str, Plain]:
    """Return a list as JSON-ready values, without its entries."""
    return {
        "list": known.name,
        "ours": known.ours,
        "number": known.number,
        "peer": known.peer,
        "state": known.state,
        "source": known.source,
        "form": known.form.value,
        "size": known.size,
        "issued_at": known.issued_at,
        "part": known.part,
        "parts": known.parts,
        "hits": [{**each.found.plain(), "weapon": each.found.weapon, "at": each.at} for each in known.hits],
    }


def _opened(name: str, sealed: Sealed, told: Mapping[str, Any]) -> LostList:
    ours, contents = sealed.event.kind is EventKind.LOST_LIST_SHARED, told["contents"]
    return LostList(
        name=name,
        ours=ours,
        number=name if ours else str(told.get("number", "")),
        peer=str(told.get("peer", "")),
        state=str(told.get("to_state" if ours else "from_state", "")),
        source=str(contents.get("source", "")),
        form=ListForm(contents["form"]),
        size=contents["size"],
        issued_at=contents["issued_at"],
        part=contents.get("part", 1),
        parts=contents.get("parts", 1),
        told=str(told["told"]),
        opened=sealed.position,
        messages=tuple(contents.get("messages", ())),
    )


def _after(known: LostList, sealed: Sealed, told: Mapping[str, Any]) -> LostList:
    contents = told["contents"]
    weapon = WeaponId(told["other_weapon"])
    found = LostFit(contents["entry"], weapon, Fit(contents["fit"]), Where(contents["where"]))
    hit = LostHit(found, instant_text(sealed.recorded_at), str(told.get("message", "")))
    return replace(known, hits=(*known.hits, hit))
