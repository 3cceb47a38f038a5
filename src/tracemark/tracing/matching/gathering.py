import math
from collections.abc import Sequence

import numpy as np

from tracemark.tracing.matching.channels import NATS, Channel, Probe
from tracemark.tracing.matching.evidence import Found, Weighing, others_odds, rivals
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.pursuits import Pursuit
from tracemark.tracing.matching.scoring import best_likelihood, strangers_attributes
from tracemark.tracing.matching.search import Hits, sides_of, without
from tracemark.tracing.matching.segments import Segment
from tracemark.tracing.matching.strangers import Around, flat_probability, log, outside

_NO_MAKER = -2
_BEYOND_DOUBT = 1e-3
_A_HUNDREDTH = 0.01

_NEW_WAYS = 2.0
"""So many of a maker's weapons, beside those of the register, are numbered in a way it is not yet known to use."""


def gathered(channel: Channel, weighing: Weighing) -> Found:
    """Gather rows until what is still missing can no longer matter, and all that is true to the reading beside them.

    However improbable they make it that the maker stated is another's, those who would search by hand find the
    weapons whose number fits to the letter, and look for them in the list.
    """
    sought = _sought(channel, weighing)
    return _with_true_of_others(_gathered(sought), sought)


def _gathered(sought: Pursuit) -> Found:
    """Gather rows at a growing bound.

    First those without any error; once some are found, as far as they could be rivalled, step by step, since better
    ones that are found on the way leave less to look for. Where few were found, or none, a list to choose from is worth
    a longer look, if it costs little.
    """
    weighing, weights = sought.weighing, sought.weighing.weights
    bound, found = _first_found(sought)
    if not found.complete:
        return sought.as_promised(found, bound)
    while (
        _wanting(found, weights) and (following := sought.step(bound, _rivalled(found, sought, weights.margin))) > bound
    ):
        new = sought.whole_within(following)
        if new is None:
            return sought.as_promised(found, following)
        bound, found = following, new
    longer = min(_rivalled(found, sought, weights.margin_few), sought.dearest) if len(found.row) else sought.dearest
    if longer > bound and len(found.row) < weights.enough_rows and not _settled(found):
        found = sought.all_within(longer, weighing.limits_of_few) or found
    return found


def _sought(channel: Channel, weighing: Weighing) -> Pursuit:
    best = best_likelihood(weighing.features)
    outside_log, chance = stranger_of(channel.forward, weighing)
    dearest = weighing.bounds.reach + weighing.other_makers_deficit
    farthest = min(round((best - outside_log + weighing.weights.margin_absent) * NATS), dearest)
    return Pursuit(channel, sides_of(channel), weighing, outside_log, chance, best, farthest, dearest)


def _first_found(sought: Pursuit) -> tuple[int, Found]:
    """Return the bound at which something was found, or beyond which it could not matter, and what was found.

    What fits without error is always looked for: where so little is read that many fit, each of them is improbable
    beside a stranger, and all of them together are not.
    """
    without_error = sought.channel.cheapest_error - 1
    found = sought.within(without_error)
    bound = without_error
    if found.complete and not len(found.row) and sought.farthest > without_error:
        sought.look_ahead(min(sought.weighing.bounds.promised, sought.farthest))
    nearer = (each for each in sought.weighing.bounds.stages if without_error < each < sought.farthest)
    for following in (*nearer, sought.farthest):
        if len(found.row) or not found.complete or following <= bound:
            break
        bound = following
        found = sought.within(bound)
    return bound, found


def _rivalled(found: Found, sought: Pursuit, margin: float) -> int:
    """Return the bound beyond which nothing rivals what was found: neither the best by far, nor one of those listed."""
    if not len(found.row):
        return 0
    best, worst = rivals(found.attributes, found.cost, sought.weighing.weights.enough_rows)
    return round((sought.best - min(worst, best - margin)) * NATS)


def _wanting(found: Found, weights: Weights) -> bool:
    """Tell whether a longer look is worth it: where a crowd is true to the reading, what is less so adds nothing."""
    return found.complete and len(found.row) < weights.crowd


def _settled(found: Found) -> bool:
    """Tell whether one weapon of those found has all but a thousandth of the odds: nobody needs a list then."""
    if not len(found.row):
        return False
    return others_odds(found.attributes, found.cost, found.weapon, found.outside) < _BEYOND_DOUBT


def stranger_of(reading: Probe, weighing: Weighing) -> tuple[float, float]:
    """Return the log weight of a stranger in units of one weapon of the register, and how probable the reading is."""
    segment, weights, told = weighing.largest, weighing.weights, weighing.strangers_maker
    unlike = weights.unlike * flat_probability(reading)
    attributes = math.prod(feature.others for feature in weighing.features)
    if told is None:
        usual = sum(strangers_attributes(weighing.features, weights))
        alike = outside(reading, segment, _around(weighing, usual, 1.0, _NO_MAKER), None)
        return log(alike.together + unlike * attributes) + weighing.outside_log, alike.reading + unlike
    maker, told_by = told
    of_maker, of_others = strangers_attributes(weighing.features, weights, told_by)
    share = segment.population.share(0, maker)
    alike = outside(reading, segment, _around(weighing, of_maker, share, _NO_MAKER), maker)
    otherwise = _NEW_WAYS / (_marks_of(segment, maker) + 2 * _NEW_WAYS)
    negligible = _A_HUNDREDTH * alike.together / (of_others + otherwise * of_maker)
    others = outside(reading, segment, _around(weighing, of_others, 1.0, maker), None, negligible)
    chance = (1 - otherwise) * alike.reading + otherwise * (others.reading + unlike)
    together = (1 - otherwise) * alike.together + otherwise * (others.reading + unlike) * of_maker
    together += others.together + unlike * attributes
    return log(together) + weighing.outside_log, chance


def _around(weighing: Weighing, usual: float, factor: float, but: int) -> Around:
    attributes, weights = weighing.largest.attributes, weighing.weights
    return Around(attributes, weighing.stated, usual, factor, but, weights.usual_beside, weights.lots_once)


def _marks_of(segment: Segment, maker: int) -> int:
    begin, end = segment.of_maker(maker)
    return end - begin


def _with_true_of_others(found: Found, sought: Pursuit) -> Found:
    """Put beside what was found what is true to the reading and of other makers than stated, all of it or none."""
    weighing = sought.weighing
    if weighing.maker is None or not weighing.weights.most_nodes_for_others or found.crowded:
        return found
    hits = [sought.true_of_others(number) for number in range(len(weighing.segments))]
    if not all(each.complete for each in hits) or not any(len(each.rows) for each in hits):
        return found
    return _joined(found, sought.found(_less(hits, found)))


def _less(hits: Sequence[Hits], found: Found) -> list[Hits]:
    """Leave out of each segment's hits the rows that were found."""
    known = (np.sort(found.row[found.segment == number]) for number in range(len(hits)))
    return [
        Hits(*without(each.rows, each.costs, rows), complete=True, crowded=False)
        for each, rows in zip(hits, known, strict=True)
    ]


def _joined(found: Found, others: Found) -> Found:
    if not len(others.row):
        return found
    return found._replace(
        segment=np.concatenate([found.segment, others.segment]),
        row=np.concatenate([found.row, others.row]),
        cost=np.concatenate([found.cost, others.cost]),
        weapon=np.concatenate([found.weapon, others.weapon]),
        attributes=np.concatenate([found.attributes, others.attributes]),
    )
