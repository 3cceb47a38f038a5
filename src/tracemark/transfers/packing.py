from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracemark.authorities import require_sight
from tracemark.kernel import Actor, Finding, Plain, cite
from tracemark.marking import serials_of
from tracemark.recordkeeping import RecordkeepingStores, Status, WeaponState
from tracemark.transfers.applications import Authorises, line_of
from tracemark.transfers.consignments import INLAND, Consignment
from tracemark.transfers.items import Item, repeated
from tracemark.transfers.licences import Licence
from tracemark.transfers.refusals import TransferRefused
from tracemark.weapons import NO_WEAPON, WeaponId

MOST_ITEMS = 5_000
"""The longest list that is taken at once: a larger consignment is packed, and received, in parts."""

_RECORDED = cite("PoA II.12")
_SHOWN = 12
_OTHERS = frozenset({Authorises.TRANSIT.value, Authorises.BROKERING.value})
_OURS = frozenset({INLAND, Authorises.EXPORT.value, Authorises.RETRANSFER.value})


def outbound(consignment: Consignment) -> bool:
    """Say whether the weapons of a consignment leave our register's holders."""
    return consignment.moves in _OURS


class Packer:
    """Reads lists of weapons for one consignment against the register and the licence."""

    def __init__(
        self, consignment: Consignment, licence: Licence | None, actor: Actor, stores: RecordkeepingStores
    ) -> None:
        self._consignment, self._licence = consignment, licence
        self._actor, self._stores = actor, stores

    def listed(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return what may be packed, with each weapon's identity, serial and line of the licence.

        Raises:
            NotPermitted: the actor does not see a weapon.
            TransferRefused: the list is empty or too long, or a weapon is unknown, not held by the sender, of a sort
                that the licence does not let go, or on the list already.
        """
        _require_length(items)
        listed = tuple(self._ours(items) if outbound(self._consignment) else self._announced(items))
        if twice := repeated([*self._consignment.packed, *listed]):
            raise _refused("transfers.packed_twice", map(_text, twice))
        return listed

    def received(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return what came, each under the line of what was packed, or else the line that was given or is the only one.

        Raises:
            TransferRefused: the list is empty or too long, or a weapon bears neither an identity nor a serial.
        """
        _require_length(items)
        packed = self._consignment.packed
        by_weapon = {each.weapon: each.line for each in packed if each.weapon}
        by_serial = {each.folded: each.line for each in packed if each.folded}
        return tuple(
            Item(
                each.weapon,
                each.serial,
                by_weapon.get(each.weapon) or by_serial.get(each.folded) or each.line or self._only,
            )
            for each in items
        )

    @property
    def _only(self) -> int:
        """The one line of the licence; 0 where there is none or several."""
        return 1 if self._licence is not None and len(self._licence.application.goods) == 1 else 0

    def _announced(self, items: Sequence[Item]) -> Iterator[Item]:
        ours = [_text(each) for each in items if each.weapon]
        if ours and self._consignment.moves in _OTHERS:
            raise _refused("transfers.goods_of_others", ours, {"consignment": self._consignment.name})
        for each in items:
            yield Item(each.weapon, each.serial, each.line or self._only)

    def _ours(self, items: Sequence[Item]) -> Iterator[Item]:
        named = self._named(items)
        states = self._stores.register.states(named)
        unknown = [weapon for weapon in named if weapon not in states]
        if unknown:
            raise _refused("transfers.weapon_unknown", [f"W-{each}" for each in unknown])
        agencies = self._stores.agencies.all()
        for holder in {states[weapon].holder for weapon in named}:
            require_sight(self._actor, holder, agencies)
        self._require_held(states)
        for weapon in named:
            state = states[weapon]
            serial = next(iter(serials_of(state.marks)), "")
            yield Item(weapon, serial, self._line(state))

    def _named(self, items: Sequence[Item]) -> list[WeaponId]:
        """Return the weapon of each item: the one that is named, or the only one of the sender with such a serial."""
        folded = {each.folded for each in items if each.weapon == NO_WEAPON}
        bearing = self._stores.register.bearing(folded) if folded else {}
        states = self._stores.register.states(weapon for found in bearing.values() for weapon in found)
        named, unclear = list[WeaponId](), list[str]()
        for each in items:
            fit = [each.weapon] if each.weapon else self._of_sender(bearing.get(each.folded, ()), states)
            if len(fit) == 1:
                named.append(fit[0])
            else:
                unclear.append(_text(each))
        if unclear:
            raise _refused("transfers.serial_unclear", unclear)
        return named

    def _of_sender(self, weapons: Iterable[WeaponId], states: Mapping[WeaponId, WeaponState]) -> list[WeaponId]:
        return [each for each in dict.fromkeys(weapons) if each in states and self._held(states[each])]

    def _held(self, state: WeaponState) -> bool:
        sender = self._consignment.from_holder
        return state.status is Status.HELD and (state.holder == sender or state.holder.startswith(f"{sender}/"))

    def _require_held(self, states: Mapping[WeaponId, WeaponState]) -> None:
        if elsewhere := [weapon for weapon, state in states.items() if not self._held(state)]:
            facts: dict[str, Plain] = {"holder": self._consignment.from_holder}
            raise _refused("transfers.weapon_elsewhere", [f"W-{each}" for each in sorted(elsewhere)], facts)

    def _line(self, state: WeaponState) -> int:
        if self._licence is None:
            return 0
        about = state.description
        return line_of(about.kind, about.model, about.calibre, self._licence.application.goods)


def _require_length(items: Sequence[Item]) -> None:
    if not 0 < len(items) <= MOST_ITEMS:
        facts: dict[str, Plain] = {"field": "items", "most": MOST_ITEMS, "count": len(items)}
        raise TransferRefused([Finding("transfers.list_length", _RECORDED, facts)])
    if any(not each.weapon and not each.folded for each in items):
        raise _refused("transfers.item_unread", [each.serial or "?" for each in items if not each.folded])


def _refused(code: str, texts: Iterable[str], facts: Mapping[str, Plain] | None = None) -> TransferRefused:
    named = list(texts)
    told: dict[str, Plain] = {"field": "items", "texts": named[:_SHOWN], "count": len(named), **(facts or {})}
    return TransferRefused([Finding(code, _RECORDED, told)])


def _text(item: Item) -> str:
    return f"W-{item.weapon}" if item.weapon else item.serial
