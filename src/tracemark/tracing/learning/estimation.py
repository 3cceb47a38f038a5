from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

from tracemark.tracing.actions import query_of
from tracemark.tracing.learning.judgements import JudgedCandidate, JudgedCase
from tracemark.tracing.matching import COLUMNS, Counts, Rate, Weights, expected_counts

DEFAULT_STRENGTH = 10.0
"""How many errors of each sort the present weights count for."""

_ROUNDS = 25
_SETTLED = 1e-3
_RAREST, _COMMONEST = 1e-6, 0.45
_MILDEST, _SHARPEST = 0.3, 3.0
_LEARNT_ERRORS = ("other", "inserted", "missed", "swapped", "lost")
_LEARNT_POWERS = ("marked", "doubtful")
"""Learnt is how much rarer errors are where the examiner says how sure they are than where they say nothing."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number of the weights, before and after.

    `errors` is how many were seen among `chances`, weighed by how probable each laying is. `path` is where the number
    stands in the file, such as `channel`, `misread`, `0O`.
    """

    path: Path
    before: float
    after: float
    errors: float
    chances: float

    @property
    def name(self) -> str:
        """Where it stands in the file, as one word."""
        return ".".join(self.path)


def estimated(cases: Sequence[JudgedCase], weights: Weights, strength: float) -> list[Estimate]:
    """Re-estimate the weights from judged cases: each rate is Beta with the present weight as its mean beforehand.

    `strength` is how many errors the prior counts for, so that a rate p is worth strength / p chances of it. Rates of
    the channel come from the readings of weapons found the same; where a reading can be laid over a serial in several
    ways, each counts by its probability, in rounds until nothing moves (EM). The powers of certainty are learnt beside
    the plain one, which stays: a common factor of all rates and a power of them all would say the same thing.

    A candidate judged different says of the channel only that it was not this weapon, and is not learnt from. Only
    what the search lists is judged, so that readings worse than it bears are missing: what is learnt of errors is a
    lower bound, which the prior keeps from sinking.
    """
    same = [(case, judged) for case in cases if (judged := case.same)]
    readings = [(query_of(case.request).readings, judged.serials) for case, judged in same]
    present = weights
    found: list[Estimate] = []
    for _ in range(_ROUNDS):
        counts = Counts()
        for read, serials in readings:
            for reading in read:
                counts.add(expected_counts(reading, serials, present))
        found = [*_rates(counts, weights, present, strength), *_powers(counts, weights, present, strength)]
        following = _changed(present, found)
        settled = _distance(present, following) < _SETTLED
        present = following
        if settled:
            break
    found += _attributes(same, weights, strength)
    return found + list(_absences(cases, weights, strength))


def _rates(counts: Counts, prior: Weights, present: Weights, strength: float) -> Iterator[Estimate]:
    """Estimate the rates of the channel. A chance under another certainty is worth less or more of a plain one."""
    now = _channel(present)
    for path, rate in _channel(prior).items():
        rates = [Rate(path[-2], path[-1], certainty) for certainty in ("", *present.certainty)]
        errors = sum(counts.errors[each] for each in rates)
        chances = sum(counts.chances[each] * now[path] ** (_power(each, present) - 1) for each in rates)
        yield _estimate(path, rate, errors, chances, strength)


def _channel(weights: Weights) -> dict[Path, float]:
    """Return the rates of the channel that are learnt, by where they stand."""
    known: dict[Path, float] = {("channel", name): weights.channel[name] for name in _LEARNT_ERRORS}
    return known | {("channel", "misread", pair): rate for pair, rate in weights.misread.items()}


def _power(rate: Rate, weights: Weights) -> float:
    return weights.certainty[rate.certainty] if rate.certainty else 1.0


def _powers(counts: Counts, prior: Weights, present: Weights, strength: float) -> Iterator[Estimate]:
    """Estimate by which power errors are rarer or more frequent where the examiner says how sure they are."""
    for certainty in _LEARNT_POWERS:
        power = prior.certainty[certainty]
        expected = weighed = 0.0
        for rate, chances in counts.chances.items():
            if rate.certainty == certainty:
                plain = present.misread[rate.name] if rate.section == "misread" else present.channel[rate.name]
                expected += chances * plain**power
                weighed += chances * plain**power * log(plain)
        errors = sum(count for rate, count in counts.errors.items() if rate.certainty == certainty)
        after = power
        if expected > 0:
            factor = (strength + errors) / (strength + expected)
            after = min(max(power + log(factor) * expected / weighed, _MILDEST), _SHARPEST)
        yield Estimate(("certainty", certainty), power, _rounded(after), errors, expected)


def _attributes(
    same: Sequence[tuple[JudgedCase, JudgedCandidate]], prior: Weights, strength: float
) -> Iterator[Estimate]:
    """Estimate how often an attribute is stated otherwise than it stands on record; a year near it is otherwise."""
    for column in COLUMNS:
        pairs = [(getattr(case.request, column), _on_record(judged, column)) for case, judged in same]
        both = [one == other for one, other in pairs if one and other]
        errors = float(both.count(False))
        yield _estimate(("attributes", column), prior.attributes[column], errors, float(len(both)), strength)


def _on_record(judged: JudgedCandidate, column: str) -> object:
    return judged.import_country if column == "import_country" else getattr(judged.description, column)


def _absences(cases: Iterable[JudgedCase], prior: Weights, strength: float) -> Iterator[Estimate]:
    """Estimate how often the weapon is not here, of the traces that ended with the one or the other."""
    ended = [case for case in cases if case.absent or case.found]
    for kind, rate in prior.absent.items():
        of_kind = [case.absent for case in ended if kind in ("unspecified", case.recovery)]
        yield _estimate(("absent", kind), rate, float(sum(of_kind)), float(len(of_kind)), strength)


def _estimate(path: Path, rate: float, errors: float, chances: float, strength: float) -> Estimate:
    """Return the mean of a Beta of mean `rate` that is worth `strength` errors, once errors were counted."""
    after = (strength + errors) / (strength / rate + chances)
    highest = max(_COMMONEST, rate) if path[0] == "channel" else 1 - _RAREST
    return Estimate(path, rate, _rounded(min(max(after, _RAREST), highest)) if chances else rate, errors, chances)


def _rounded(value: float) -> float:
    """Return a weight as it is written: what is tried is what is kept."""
    return float(f"{value:.6g}")


def _changed(weights: Weights, found: Iterable[Estimate]) -> Weights:
    """Return the weights of the channel with estimates put in."""
    channel, misread, certainty = dict(weights.channel), dict(weights.misread), dict(weights.certainty)
    tables: Mapping[str, dict[str, float]] = {"channel": channel, "misread": misread, "certainty": certainty}
    for each in found:
        tables[each.path[-2]][each.path[-1]] = each.after
    return replace(weights, channel=channel, misread=misread, certainty=certainty)


def _distance(one: Weights, other: Weights) -> float:
    """Return the greatest relative change of a rate of the channel."""
    pairs: list[tuple[Any, Any]] = [(one.channel, other.channel), (one.misread, other.misread)]
    return max(abs(log(after[name] / before[name])) for before, after in pairs for name in before)
