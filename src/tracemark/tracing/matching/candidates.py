from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import Channel, channel_of
from tracemark.tracing.matching.evidence import Found, Weighing
from tracemark.tracing.matching.gathering import gathered
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.parts import combined
from tracemark.tracing.matching.ports import MarkIndex
from tracemark.tracing.matching.readings import Reading
from tracemark.tracing.matching.reasons import Grounds, Reason
from tracemark.tracing.matching.scoring import UNHEARD_OF, features_of
from tracemark.tracing.matching.segments import COLUMNS, Segment
from tracemark.weapons import relatives


@dataclass(frozen=True, slots=True)
class Query:
    """What is known of a recovered weapon: readings of its components, and attributes as codes of the catalogue.

    `country` is the State of manufacture, `import_country` the one that the import mark names. `absent_prior` is the
    probability, before anything is compared, that the weapon is not in the register asked; None leaves it to the
    weights.
    """

    readings: tuple[Reading, ...] = ()
    maker: str | None = None
    model: str | None = None
    calibre: str | None = None
    country: str | None = None
    year: int | None = None
    kind: str | None = None
    import_country: str | None = None
    absent_prior: float | None = None


@dataclass(frozen=True)
class Candidate:
    """A weapon that may be the one recovered, the mark that fits best, and why.

    The reasons are worked out when they are first asked for: who links lists of a million does not read them.
    """

    weapon: int
    mark: int
    posterior: float
    grounds: Grounds = field(repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What speaks for this weapon and what against it."""
        return self.grounds.reasons()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first. `not_here`, `elsewhere` and the posteriors of the candidates sum to 1.

    `elsewhere` is what falls on weapons of the register that are not listed; `searched` the number of marks searched;
    `fitting` the number of weapons that could be meant. Where too many fit there are no candidates. `complete` is False
    when the search reached its limits, or what came in bulk is still being read, and a weapon may have been missed.
    """

    candidates: tuple[Candidate, ...]
    not_here: float
    elsewhere: float
    weights_version: str
    searched: int
    fitting: int
    complete: bool = True


def find_candidates(query: Query, index: MarkIndex, weights: Weights, limit: int = 10) -> Ranking:
    """Rank the weapons that the readings and attributes may belong to, with the probability that it is none of them.

    Without a legible place there is nothing to search by: the answer is then how many weapons agree in all attributes.
    """
    segments = [segment for segment in index.segments() if len(segment)]
    absent = query.absent_prior if query.absent_prior is not None else weights.absent["unspecified"]
    stated = _stated(query, index, segments)
    channels = [channel_of(reading, weights) for reading in _numbers(query.readings)]
    channels = [channel for channel in channels if len(channel) and channel.legible]
    searched = sum(segment.standing_marks for segment in segments)
    if not segments:
        return Ranking((), 1.0, 0.0, weights.version, 0, 0)
    if not channels:
        agreeing = _agreeing(stated, segments)
        return Ranking((), absent, 1 - absent, weights.version, searched, agreeing, complete=not _behind(segments))
    features = features_of(stated, max(segments, key=len).population, weights, _relatives(query, index))
    weighing = Weighing(segments, features, weights, absent)
    found = [gathered(channel, weighing) for channel in channels]
    if any(each.crowded for each in found):
        fitting = max(each.weapon_count for each in found)
        return Ranking((), absent, 1 - absent, weights.version, searched, fitting, complete=False)
    return _ranking(channels, found, weighing, limit)


def _numbers(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings without those that say again what another part says: makers put one number on several parts.

    That it stands there twice tells no more of whose number it is.
    """
    return list({reading.places: reading for reading in reversed(readings)}.values())[::-1]


def _stated(query: Query, index: MarkIndex, segments: Sequence[Segment]) -> dict[str, int]:
    """Return the codes of what was stated; what no mark of the register has is `UNHEARD_OF`, not unknown."""
    found: dict[str, int] = {}
    for place, column in enumerate(COLUMNS):
        value = getattr(query, column)
        if isinstance(value, int):
            found[column] = value
        elif value:
            # A value keeps its code after the last mark that had it is gone.
            code = index.code(column, value)
            borne = code >= 0 and any(each.population.count(place, code) for each in segments)
            found[column] = code if borne else UNHEARD_OF
    return found


def _relatives(query: Query, index: MarkIndex) -> dict[str, tuple[int, ...]]:
    """Return the codes of what is often taken for what was stated, where the register has it."""
    found = {}
    for column in COLUMNS:
        value = getattr(query, column)
        if isinstance(value, str) and (related := relatives(column, value)):
            codes = (index.code(column, each) for each in sorted(related))
            found[column] = tuple(code for code in codes if code >= 0)
    return found


def _agreeing(stated: Mapping[str, int], segments: Sequence[Segment]) -> int:
    """Count the weapons that agree in every stated attribute."""
    weapons: list[NDArray[Any]] = []
    for segment in segments:
        agrees = np.ones(len(segment), bool)
        for column, value in stated.items():
            agrees &= segment.attributes[:, COLUMNS.index(column)] == value
        agreeing = segment.weapons[agrees]
        weapons.append(agreeing[segment.stands(agreeing)])
    return len(np.unique(np.concatenate(weapons)))


def _ranking(channels: Sequence[Channel], found: Sequence[Found], weighing: Weighing, limit: int) -> Ranking:
    together = combined(channels, found, weighing)
    order = np.argsort(-together.weights, kind="stable")[:limit]
    outside = together.outside if len(together.weapons) else 1.0
    total = outside + float(together.weights.sum())
    listed = zip(
        together.weapons[order].tolist(),
        (together.weights[order] / total).tolist(),
        together.best[:, order].T.tolist(),
        together.beyond[order].tolist(),
        strict=True,
    )
    candidates = tuple(
        _candidate(weapon, posterior, Grounds(channels, found, hits, weighing, beyond))
        for weapon, posterior, hits, beyond in listed
    )
    return Ranking(
        candidates=candidates,
        not_here=float(outside / total),
        elsewhere=max(0.0, 1 - float(outside / total) - sum(candidate.posterior for candidate in candidates)),
        weights_version=weighing.weights.version,
        searched=weighing.mark_count,
        fitting=len(together.weapons),
        complete=all(each.complete for each in found) and not _behind(weighing.segments),
    )


def _behind(segments: Sequence[Segment]) -> bool:
    return any(segment.behind for segment in segments)


def _candidate(weapon: int, posterior: float, grounds: Grounds) -> Candidate:
    segment, row = grounds.place
    return Candidate(weapon, segment.mark(row), posterior, grounds)
