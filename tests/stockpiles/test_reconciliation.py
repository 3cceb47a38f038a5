"""Whatever is issued, returned and stolen while a store is counted, a count finds the true losses and no other.

A true world is played: weapons lie in racks, the record says where, and a counter looks at one place after the other
while the custodian gives out and takes back. Nobody but the thief does what the record is not told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from tests.rooms import NOW
from tests.stockpiles.depots import happened
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import Event, Sealed, seal_event
from tracemark.stockpiles import Covers, Pass, Path, Verdict, path_of, reconcile
from tracemark.weapons import WeaponId

SITE, WEAPONS, RACKS = "ST-2026-000001", 3, ("A", "B")


@dataclass
class World:
    """A store with so many weapons: what the record says, and what lies there."""

    weapons: int = WEAPONS
    events: dict[WeaponId, list[Sealed]] = field(default_factory=dict)
    size: int = 0
    inside: set[WeaponId] = field(default_factory=set)
    passes: list[Pass] = field(default_factory=list)
    gone_when_looked_for: dict[WeaponId, bool] = field(default_factory=dict)
    opened: int = 0

    def __post_init__(self) -> None:
        for number in range(1, self.weapons + 1):
            self.tell(happened(number, "stored", site=SITE, rack=RACKS[number % 2], place="Amberly"))
            self.inside.add(WeaponId(number))
        self.opened = self.size - 1

    def tell(self, event: Event) -> None:
        sealed = seal_event(event, position=self.size, recorded_at=NOW)
        self.events.setdefault(event.weapon, []).append(sealed)
        self.size += 1

    def on_record(self, weapon: WeaponId) -> bool:
        return path_of(weapon, self.events[weapon]).now.present

    def happen(self, what: str, weapon: WeaponId) -> None:
        if what == "issue" and weapon in self.inside and self.on_record(weapon):
            self.inside.remove(weapon)
            self.tell(happened(weapon, "issued", to="XT-ARMY/unit-1"))
        elif what == "return" and not self.on_record(weapon):
            self.inside.add(weapon)
            self.tell(happened(weapon, "returned"))
        elif what == "false return" and not self.on_record(weapon):
            self.tell(happened(weapon, "returned"))
        elif what == "steal":
            self.inside.discard(weapon)

    def looking(self, rack: str) -> Iterator[None]:
        """Look at the places of a rack, or of the whole site, one at each step; at the end, tell what was seen."""
        since, seen = self.size - 1, set[WeaponId]()
        for weapon in self.events:
            yield
            if rack in ("", RACKS[weapon % 2]):
                self.gone_when_looked_for[weapon] = self.on_record(weapon) and weapon not in self.inside
                seen |= {weapon} & self.inside
        yield
        covers = Covers.RACK if rack else Covers.SITE
        self.passes.append(Pass(self.size, since, covers, rack, frozenset(seen), (), "counter"))
        self.size += 1

    def paths(self) -> list[Path]:
        return [path_of(weapon, events) for weapon, events in self.events.items()]


weapons = st.integers(1, WEAPONS).map(WeaponId)
steps = st.tuples(st.sampled_from(["issue", "return", "false return", "steal", "look", "look", "look"]), weapons)


def play(world: World, script: list[tuple[str, WeaponId]], rounds: list[str]) -> None:
    """Play a script, in which each look goes on with the counter's rounds; then let the counter finish them."""
    looks = (step for rack in rounds for step in world.looking(rack))
    for what, weapon in script:
        if what == "look":
            next(looks, None)
        else:
            world.happen(what, weapon)
    for _ in looks:
        pass


@given(st.lists(steps, max_size=60), st.permutations(RACKS) | st.just([""]))
def test_any_interleaving_gives_the_true_losses(script: list[tuple[str, WeaponId]], rounds: list[str]) -> None:
    world = World()
    play(world, script, list(rounds))
    result = reconcile(SITE, world.opened, world.passes, world.paths())
    again = 0
    while result.racks:
        play(world, [], list(result.racks))
        result, again = reconcile(SITE, world.opened, world.passes, world.paths()), again + 1
    truly_lost = [each for each, gone in world.gone_when_looked_for.items() if gone]
    assert (result.of(Verdict.MISSING), again <= 1) == (sorted(truly_lost), True)


@given(st.lists(steps, max_size=60))
def test_without_a_thief_nothing_is_missing_and_nothing_is_extra(script: list[tuple[str, WeaponId]]) -> None:
    world = World()
    play(world, [each for each in script if each[0] in {"issue", "return", "look"}], ["", "A", "B"])
    result = reconcile(SITE, world.opened, world.passes, world.paths())
    assert (result.of(Verdict.MISSING), result.of(Verdict.EXTRA)) == ([], [])


def paths(*lives: list[Event]) -> list[Path]:
    """Return the paths of six weapons, three in each rack, with what happened to them later, from position 6 on."""
    world = World(6)
    for life in lives:
        for event in life:
            world.tell(event)
    return world.paths()


def looked(position: int, *seen: int, since: int = 5, rack: str = "", covers: Covers = Covers.SITE) -> Pass:
    return Pass(position, since, covers, rack, frozenset(map(WeaponId, seen)), (), "counter")


def test_a_weapon_in_the_wrong_rack_is_found() -> None:
    rack = [looked(20, 2, 4, 6, 1, rack="A", covers=Covers.RACK), looked(21, 3, 5, rack="B", covers=Covers.RACK)]
    result = reconcile(SITE, 5, rack, paths())
    assert (len(result.of(Verdict.FOUND)), result.racks) == (6, ())


def test_a_weapon_in_the_wrong_rack_is_missing_once_nobody_finds_it_there_again() -> None:
    rack = [
        *(looked(20, 2, 4, 6, 1, rack="A", covers=Covers.RACK), looked(21, 3, 5, rack="B", covers=Covers.RACK)),
        looked(22, 2, 4, 6, rack="A", covers=Covers.RACK),
    ]
    assert reconcile(SITE, 5, rack, paths()).of(Verdict.MISSING) == [1]


def test_what_was_seen_before_it_was_given_out_and_back_is_looked_for_again() -> None:
    back = [happened(1, "issued", to="XT-ARMY/unit-1"), happened(1, "returned")]
    result = reconcile(SITE, 5, [looked(20, 1, 2, 3, 4, 5, 6)], paths(back))
    assert (result.of(Verdict.UNSETTLED), result.racks) == ([1], ("B",))
    again = [looked(20, 1, 2, 3, 4, 5, 6), looked(30, since=20, rack="B", covers=Covers.RACK)]
    assert reconcile(SITE, 5, again, paths(back)).of(Verdict.MISSING) == [1, 3, 5]
    later = [looked(20, 1, 2, 3, 4, 5, 6), looked(30, 1, since=20, covers=Covers.NOTHING)]
    assert reconcile(SITE, 5, later, paths(back)).of(Verdict.FOUND) == [1, 2, 3, 4, 5, 6]


def test_what_came_back_went_out_and_came_back_is_looked_for_again() -> None:
    there_and_back = [happened(1, "returned"), happened(1, "issued", to="XT-ARMY/unit-1"), happened(1, "returned")]
    out = happened(1, "issued", to="XT-ARMY/unit-1")
    once = reconcile(SITE, 6, [looked(20, 1, 2, 3, 4, 5, 6, since=6)], paths([out, there_and_back[0]]))
    more = reconcile(SITE, 6, [looked(20, 1, 2, 3, 4, 5, 6, since=6)], paths([out, *there_and_back]))
    assert (once.racks, more.racks) == ((), ("B",))


def test_a_rack_that_nobody_looked_at_is_to_be_looked_at() -> None:
    result = reconcile(SITE, 5, [looked(20, 2, 4, 6, rack="A", covers=Covers.RACK)], paths())
    assert (result.of(Verdict.UNSETTLED), result.racks) == ([1, 3, 5], ("B",))
    assert reconcile(SITE, 5, [], paths()).racks == ("A", "B")


def test_what_is_issued_on_record_and_lies_there_is_extra() -> None:
    issued = happened(1, "issued", to="XT-ARMY/unit-1")
    result = reconcile(SITE, 5, [looked(20, 1, 2, 3, 4, 5, 6, since=10)], paths([issued]))
    assert (result.of(Verdict.EXTRA), len(result.of(Verdict.FOUND))) == ([1], 5)


def test_a_weapon_that_came_after_its_rack_was_counted_is_not_expected() -> None:
    coming = happened(7, "stored", site=SITE, rack="A", place="Amberly")
    looks = [looked(6, 2, 4, 6, rack="A", covers=Covers.RACK), looked(20, 1, 3, 5, rack="B", covers=Covers.RACK)]
    world = World(6)
    world.size = 8
    world.tell(coming)
    result = reconcile(SITE, 5, looks, world.paths())
    assert (7 in result.verdicts, result.racks) == (False, ())


def test_a_weapon_moved_between_racks_behind_the_counter_is_looked_for_again() -> None:
    world = World(6)
    looks = [looked(6, 4, 6, 2, rack="A", covers=Covers.RACK)]
    world.size = 8
    world.tell(happened(1, "stored", site=SITE, rack="A", place="Amberly"))
    looks.append(looked(20, 3, 5, since=10, rack="B", covers=Covers.RACK))
    assert reconcile(SITE, 5, looks, world.paths()).racks == ("A",)


def test_a_late_entry_counts_from_where_it_stands_in_the_record() -> None:
    world = World(6)
    world.tell(happened(1, "issued", PartialDate(2026, 5, 1), to="XT-ARMY/unit-1"))
    path = world.paths()[0]
    assert (path.at(5).present, path.now.present, path.moves) == (True, True, (0, 6))
