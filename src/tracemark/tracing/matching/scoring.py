import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.kernels import inner, kernel
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.populations import Population
from tracemark.tracing.matching.segments import COLUMNS, UNKNOWN

Floats = NDArray[np.float64]

UNHEARD_OF = -2
"""The code of a value that was stated but stands in no mark of the register."""

_PARENTS = {
    "maker": (),
    "model": ("maker",),
    "calibre": ("model", "maker"),
    "country": ("maker",),
    "year": ("model", "maker"),
    "kind": ("model", "maker"),
    "import_country": ("model", "maker"),
}
"""What an attribute depends on among weapons, nearest first."""

_AGREES, _NEAR, _DIFFERS, _SILENT, _SILENT_BESIDE = range(5)

_NEAR_FROM = 4
"""The column of the codes of a `Stated` from which values that are near stand."""

_LN_2 = math.log(2)


class Feature(NamedTuple):
    """One attribute as stated, with the log-likelihood of stating it by what the register says of a weapon.

    `agrees`, `near` (one of `relatives` is recorded), `differs` and `silent` (the register does not know) are natural
    logarithms; `silent_beside` is for weapons that are otherwise than stated in the attribute this one depends on,
    `parent` with its value. `stranger` is the probability of the statement for a weapon from outside that has the other
    stated attributes, `others` for one of another maker than stated.
    """

    column: str
    value: int
    agrees: float
    near: float
    differs: float
    silent: float
    silent_beside: float
    parent: tuple[int, int] | None
    stranger: float
    others: float
    relatives: tuple[int, ...] = ()

    def outcome(self, recorded: int) -> str:
        """Tell in a word how what was stated stands to what is recorded."""
        if recorded == UNKNOWN:
            return "unknown_in_record"
        if recorded == self.value:
            return "agrees"
        return "near" if recorded in self.relatives else "differs"

    def bits(self, row: NDArray[Any]) -> float:
        """Return the weight of evidence for the weapon of this row of attributes against a stranger, in bits."""
        recorded = int(row[COLUMNS.index(self.column)])
        outcome = self.outcome(recorded)
        log = self.silent if outcome == "unknown_in_record" else getattr(self, outcome)
        if recorded == UNKNOWN and self.parent and row[self.parent[0]] not in {self.parent[1], UNKNOWN}:
            log = self.silent_beside
        return float(log - math.log(self.stranger)) / _LN_2


def features_of(
    stated: Mapping[str, int],
    population: Population,
    weights: Weights,
    relatives: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> tuple[Feature, ...]:
    """Return a feature of each stated attribute, with term frequencies: to agree in what is rare weighs more.

    `relatives` are values that are often taken for the one stated. Of a year they are the years near it. An attribute
    that this version of the weights does not know is not weighed, as when the version was made.
    """
    near = weights.near_years
    years = [stated.get("year", 0) + each for each in range(-near, near + 1) if each]
    implied = population.maker_of(stated.get("model", UNKNOWN))
    parents = {"maker": implied, **{column: value for column, value in stated.items() if value >= 0}}
    return tuple(
        _feature(
            column,
            stated,
            {each: value for each, value in parents.items() if value >= 0},
            years if column == "year" else relatives.get(column, ()),
            population,
            weights,
        )
        for column in COLUMNS
        if column in stated and column in weights.attributes
    )


class Stated(NamedTuple):
    """Features as arrays, one row each.

    `codes` holds column, value, column and value of the parent (-1 where there is none), and from the fifth on values
    that are near, filled up with what no row holds; `logs` holds agrees, near, differs, silent and silent beside.
    """

    codes: NDArray[np.int64]
    logs: Floats


def stated_of(features: Sequence[Feature]) -> Stated:
    """Return features as arrays."""
    logs = [(each.agrees, each.near, each.differs, each.silent, each.silent_beside) for each in features]
    most = max((len(each.relatives) for each in features), default=0)
    codes = [
        (COLUMNS.index(each.column), each.value, *(each.parent or (-1, -1)), *each.relatives)
        + (UNHEARD_OF,) * (most - len(each.relatives))
        for each in features
    ]
    return Stated(np.array(codes, np.int64).reshape(-1, _NEAR_FROM + most), np.array(logs, np.float64).reshape(-1, 5))


@inner
def likelihood(attributes: NDArray[Any], row: int, stated: Stated) -> float:
    """Return the log-likelihood of all that was stated for one row of attributes (n, 7)."""
    total = 0.0
    for feature in range(stated.codes.shape[0]):
        column, value, parent, of_parent = stated.codes[feature, :_NEAR_FROM]
        recorded = np.int64(attributes[row, column])
        outcome = _DIFFERS
        if recorded == UNKNOWN:
            outcome = _SILENT
            if parent >= 0 and attributes[row, parent] not in (of_parent, UNKNOWN):
                outcome = _SILENT_BESIDE
        elif recorded == value:
            outcome = _AGREES
        else:
            for near in range(_NEAR_FROM, stated.codes.shape[1]):
                if stated.codes[feature, near] == recorded:
                    outcome = _NEAR
        total += stated.logs[feature, outcome]
    return total


@kernel
def likelihoods(attributes: NDArray[Any], rows: NDArray[np.int64], stated: Stated) -> Floats:
    """Return the log-likelihood of all that was stated for each of some rows of attributes (n, 7)."""
    found = np.empty(len(rows))
    for place in range(len(rows)):
        found[place] = likelihood(attributes, rows[place], stated)
    return found


def best_likelihood(features: Sequence[Feature]) -> float:
    """Return the log-likelihood of a weapon that agrees in everything."""
    return sum(feature.agrees for feature in features)


def strangers_attributes(features: Sequence[Feature], weights: Weights, told_by: str = "maker") -> tuple[float, float]:
    """Return the probability of the stated attributes for strangers of the maker that is meant, and of any other.

    `told_by` is the attribute that tells the maker, `maker` or `model`. Where nothing does, all strangers are of the
    first kind.
    """
    error = weights.attributes[told_by]
    of_maker, of_others = 1.0, float(any(feature.column == told_by for feature in features))
    for feature in features:
        tells = feature.column == told_by
        of_maker *= (1 - error if tells else 1.0) * feature.stranger
        of_others *= (error if tells else 1.0) * feature.others
    return of_maker, of_others


def _feature(
    column: str,
    stated: Mapping[str, int],
    parents: Mapping[str, int],
    relatives: Sequence[int],
    population: Population,
    weights: Weights,
) -> Feature:
    place, value, error = COLUMNS.index(column), stated[column], weights.attributes[column]
    common = population.share(place, value)
    name = next((each for each in _PARENTS[column] if each in parents), None)
    parent = (COLUMNS.index(name), parents[name]) if name else None
    usual = population.share_given(place, value, *parent) if parent else common
    # A wrong statement is as likely to be of the same family as to be anything.
    mistaken = error * (usual + common) / 2
    silent = (1 - error) * usual + mistaken
    # A model tells its maker, so that only a maker that was stated makes a model more probable.
    expected = common if column == "maker" or (column == "model" and "maker" not in stated) else silent
    beside = mistaken if column == "model" else (1 - error) * common + mistaken
    # Half of what is mistaken is taken for a relative, where there are any.
    share = 0.5 if relatives else 1.0
    of_relatives = _among_relatives(place, value, relatives, population)
    return Feature(
        column=column,
        value=value,
        agrees=math.log(1 - error + mistaken),
        near=math.log(error / 2 * of_relatives + mistaken / 2) if relatives else -math.inf,
        differs=math.log(share * mistaken),
        silent=math.log(silent),
        silent_beside=math.log(beside),
        parent=parent,
        stranger=expected,
        others=silent if name == "model" else common,
        relatives=tuple(relatives),
    )


def _among_relatives(place: int, value: int, relatives: Sequence[int], population: Population) -> float:
    """Return how probably one that is taken for a relative is taken for this one: by shares, years all alike."""
    if COLUMNS[place] == "year" or not relatives:
        return 1 / max(len(relatives), 1)
    own = population.share(place, value)
    return own / (own + sum(population.share(place, each) for each in relatives))
