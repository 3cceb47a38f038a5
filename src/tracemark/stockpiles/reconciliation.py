from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracemark.stockpiles.counts import Covers, Pass
from tracemark.stockpiles.whereabouts import Path
from tracemark.weapons import WeaponId


class Verdict(StrEnum):
    """What a count says of one weapon.

    `unsettled`: it was handled while its rack was being looked at, or nobody looked at its rack since; what was seen
    then neither shows it nor shows it gone, and the rack is looked at again.
    """

    FOUND = "found"
    MISSING = "missing"
    EXTRA = "extra"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a count says, weapon by weapon, and the racks that have to be looked at again ("" for no rack)."""

    verdicts: Mapping[WeaponId, Verdict]
    racks: tuple[str, ...]

    def of(self, verdict: Verdict) -> list[WeaponId]:
        """The weapons of which a count says so, by identity."""
        return sorted(weapon for weapon, each in self.verdicts.items() if each is verdict)


def reconcile(site: str, opened: int, passes: Sequence[Pass], paths: Iterable[Path]) -> Reconciled:
    """Hold what was seen at a site against where the record put each weapon while it was looked for.

    `opened` is where the count was opened, `passes` stand in the order of the record; `paths` are of all weapons that
    the record ever put at the site, and of all that were seen. A pass expects a weapon only if the record had it there
    all the time from where the pass began to where it was told: issues and returns meanwhile neither make a loss nor
    hide one. The last pass that looked at a weapon's rack decides.

    Source: PoA II.17, MOSAIC 05.20.
    """
    looks = _Looks(site, opened, tuple(passes))
    verdicts, racks = dict[WeaponId, Verdict](), set[str]()
    for path in paths:
        verdict = looks.verdict(path)
        if verdict is not None:
            verdicts[path.weapon] = verdict
        if verdict is Verdict.UNSETTLED:
            racks.add(path.at(looks.end).rack)
    return Reconciled(verdicts, tuple(sorted(racks)))


@dataclass(frozen=True, slots=True)
class _Looks:
    site: str
    opened: int
    passes: tuple[Pass, ...]

    @property
    def end(self) -> int:
        return self.passes[-1].position if self.passes else self.opened

    def verdict(self, path: Path) -> Verdict | None:
        """Return what is to be said of a weapon, None where it was neither expected nor seen."""
        sighted = [each for each in self.passes if path.weapon in each.seen]
        looked = (each for each in reversed(self.passes) if each.looked_at(path.at(each.position), self.site))
        last = next(looked, None)
        if last is None:
            return self._never_looked_for(path, sighted)
        if not path.at(last.position).present:
            return self._seen_besides(path, sighted)
        moves = path.moves_within(last.since, last.position)
        # Who had it out and took it back once cannot have been seen with it before.
        once = moves == 1 and not path.at(last.since).in_site(self.site)
        if path.weapon in last.seen and (not moves or once):
            return Verdict.FOUND
        if any(self._shown_elsewhere(path, last, each) for each in sighted):
            return Verdict.FOUND
        return Verdict.UNSETTLED if moves else Verdict.MISSING

    def _never_looked_for(self, path: Path, sighted: Sequence[Pass]) -> Verdict | None:
        verdict = self._seen_besides(path, sighted)
        if verdict is not None or not path.at(self.end).in_site(self.site):
            return verdict
        begun_there = path.at(self.opened).in_site(self.site)
        passed = any(each.looked_at(path.at(self.end), self.site) for each in self.passes)
        return Verdict.UNSETTLED if begun_there or not passed else None

    def _seen_besides(self, path: Path, sighted: Sequence[Pass]) -> Verdict | None:
        """What a weapon is that no pass expected: seen where it ought to be, seen where it ought not to be, or unseen.

        Sights during which somebody handled it tell neither.
        """
        there = [path.at(each.position).in_site(self.site) for each in sighted if _sure(path, each)]
        if not there:
            return None
        return Verdict.FOUND if there[-1] else Verdict.EXTRA

    def _shown_elsewhere(self, path: Path, last: Pass, sight: Pass) -> bool:
        """Whether another pass shows a weapon that the last look at its rack did not show.

        A later one does. An earlier one does only in another rack, which nobody looked at again since.
        """
        if sight.position > last.position:
            return _sure(path, sight) and path.at(sight.position).in_site(self.site)
        again = any(each.position > sight.position and each.looks_at_rack(sight.rack) for each in self.passes)
        return sight.covers is Covers.RACK and not again and not path.moves_within(sight.since, last.position)


def _sure(path: Path, sight: Pass) -> bool:
    """Whether nobody handled the weapon between the beginning and the end of a pass."""
    return not path.moves_within(sight.since, sight.position)
