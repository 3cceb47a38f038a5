"""Counts drawn by seeded chance."""

from math import exp
from random import Random


def poisson(random: Random, mean: float) -> int:
    """Draw a count by its definition: how many exponential waits fit."""
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def wide(random: Random, mean: float) -> int:
    """Draw a count that scatters twice as wide as Poisson counts."""
    return poisson(random, random.gammavariate(mean, 1))
