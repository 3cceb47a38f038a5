"""The information limit: how often the best of all rankings puts the right weapon first.

Every weapon of the register is scored with P(reading | serial) x P(stated | attributes), summed over the classes of
damage, with the very probabilities by which `damage` draws, and with serial and attributes as they truly are. Whoever
ranks by this cannot be beaten on average. Since a register has errors of its own, which the limit does not share, it
lies a little above what anyone could reach. The class of a reading is not known to it, only that all are as frequent.

The weapon that is not here is weighed by the same tables: all weapons of the world that the register does not hold,
each as probable as it is drawn. So the probabilities of the limit are true, and their Brier score is the least that any
can have on average.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks import damage
from benchmarks.channel import Serials
from benchmarks.marks import ABSENT, Recovery, Register
from benchmarks.outsiders import Outsiders
from benchmarks.registers import faultless
from benchmarks.systems import LISTED, Answer
from benchmarks.worlds import COUNTRIES, KINDS, Array, World


class Limit:
    """Exhaustive scoring by the true damage, of the register as it is `known` to it: as if no clerk had erred."""

    def __init__(self, of: World, registered: Register) -> None:
        self.world = of
        self.known = faultless(of, registered)
        self.truth = self.known.recorded
        self.serials = Serials(self.known.codes)
        self.outsiders = Outsiders(of, registered)

    def likelihoods(self, recovery: Recovery) -> tuple[Array, Array]:
        """Return the weapons that the reading can be of, and how likely it and all that is stated are for each."""
        rows, light, heavy = self.serials.of_reading(recovery.folded)
        return rows, self.weigh(recovery, light, heavy, self.truth[rows])

    def weigh(self, recovery: Recovery, light: Array, heavy: Array, truth: Array) -> Array:
        """Return how likely all that is stated is for weapons with these true attributes, read so by such damage."""
        found = light * self._stated(recovery.stated, damage.LIGHT, truth)
        found += heavy * self._stated(recovery.stated, damage.WORSE, truth)
        return found

    def answers(self, asked: Sequence[Recovery]) -> list[Answer]:
        """Return what one could say who knows the damage, the world and how absent weapons come about: no one more.

        Which weapons are listed is what makes it probable; ties are broken by lot.
        """
        chance = np.random.default_rng(1)
        each = (1 - ABSENT) / len(self.truth)
        answers = []
        for recovery, absent in zip(asked, self.outsiders.masses(asked, self.weigh), strict=True):
            rows, found = self.likelihoods(recovery)
            found = found * each
            total = absent + float(found.sum())
            best = np.lexsort((chance.random(len(found)), -found))[:LISTED]
            best = best[found[best] > 0]
            answers.append(Answer(rows[best].tolist(), (found[best] / total).tolist(), absent / total))
        return answers

    def shares(self, recovery: Recovery, among: Sequence[int] = (1, 10)) -> list[float]:
        """Return how probable it is that the true weapon is listed among the first so many; ties are broken by lot."""
        rows, found = self.likelihoods(recovery)
        own = found[rows == recovery.weapon]
        if not len(own) or own[0] <= 0:
            return [0.0 for _ in among]
        above, alike = int((found > own[0] * (1 + 1e-9)).sum()), int(np.isclose(found, own[0], rtol=1e-9, atol=0).sum())
        return [min(max(most - above, 0) / alike, 1.0) for most in among]

    def _stated(self, stated: Sequence[int], how: damage.Statements, truth: Array) -> Array:
        maker, model, calibre, country, year, kind = stated
        found = self.models(maker, model, how)[truth[:, 1]]
        of = self.world
        by_calibre = _family(calibre, of.calibre_families, how.wrong[2])
        for value, column, table in (
            (calibre, 2, by_calibre),
            (country, 3, _uniform(country, how.wrong[3], COUNTRIES)),
            (kind, 5, _uniform(kind, how.wrong[5], KINDS)),
        ):
            found = found * (table[truth[:, column]] * (1 - how.missing[column]) if value >= 0 else how.missing[column])
        if year < 0:
            return found * how.missing[4]
        off = np.abs(truth[:, 4] - year)
        off_by = how.wrong[4] / (2 * damage.YEARS_OFF)
        near: Array = np.where(off == 0, 1 - how.wrong[4], np.where(off <= damage.YEARS_OFF, off_by, 0.0))
        return found * near

    def models(self, maker: int, model: int, how: damage.Statements) -> Array:
        """Return how likely what is stated of maker and model is for each true model."""
        of = self.world
        produced = np.diff(of.firsts)
        makers = np.bincount(of.makers, produced)
        missing, wrong = how.missing[0], how.wrong[0]
        if maker < 0:
            seen = np.full(len(produced), missing)
        else:
            by_maker = _family(maker, of.relatives, wrong)
            seen = by_maker[of.makers] * (1 - missing)
        if model < 0:
            unsaid: Array = seen * how.missing[1]
            return unsaid
        share = produced[model] / makers[of.makers[model]]
        own = (of.makers == of.makers[model]) * how.wrong[1] * share
        own[model] += 1 - how.wrong[1]
        if maker < 0:
            of_any: Array = seen * own * (1 - how.missing[1])
            return of_any
        other = (of.makers[model] == maker) * share
        told: Array = np.where(of.makers == maker, own, other)
        return seen * told * (1 - how.missing[1])


def _family(stated: int, families: Array, wrong: float) -> Array:
    """Return how likely this is stated of each true value."""
    others = np.bincount(families)[families] - 1
    relative = np.where(others > 0, damage.RELATIVE, 0.0)
    akin = np.where(families == families[stated], wrong * relative / np.maximum(others, 1), 0.0)
    akin[stated] = 1 - wrong
    found: Array = akin + wrong * (1 - relative) / len(families)
    return found


def _uniform(stated: int, wrong: float, count: int) -> Array:
    return np.where(np.arange(count) == stated, 1 - wrong + wrong / count, wrong / count)
