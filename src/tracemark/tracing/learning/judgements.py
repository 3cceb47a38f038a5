from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracemark.marking import import_country
from tracemark.recordkeeping import RECOVERIES, EventKind, Sealed, current, fold
from tracemark.tracing.cases import Outcome, TraceCase, TraceRequest, Verdict, fold_cases
from tracemark.tracing.ports import TracingStores
from tracemark.weapons import Description, WeaponId

_AT_ONCE = 200
_ABSENT = frozenset({Outcome.NOT_IN_REGISTER, Outcome.ASK_ANOTHER_STATE})


@dataclass(frozen=True, slots=True)
class JudgedCandidate:
    """A candidate that an officer judged, with the marks and the description on record just before the judgement.

    `posterior` and `weights` are what the judgement sealed of the score, "" where it was found without one.
    """

    weapon: WeaponId
    verdict: Verdict
    at: str
    posterior: str
    weights: str
    serials: tuple[str, ...]
    description: Description
    import_country: str = ""


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A trace and what officers found: which weapon it was, or that none of the register is it, or neither yet.

    `recovery` is the kind of recovery. `candidates` are each judged candidate once, as it was judged last. `found` is
    the weapon found the same while that stands; `absent` says that the case ended without one, as not in the register
    or for another State, and that no other trace of the recovered weapon found it since. `provisional` are the records
    of the recovered weapon itself, here and in other traces of the same weapon: what they hold was written down from
    it. `at` is the last judgement's or answer's instant.
    """

    id: str
    recovery: str
    request: TraceRequest
    candidates: tuple[JudgedCandidate, ...]
    found: WeaponId | None
    absent: bool
    at: str
    provisional: frozenset[WeaponId] = field(default_factory=frozenset)

    @property
    def same(self) -> JudgedCandidate | None:
        """The candidate that was found the same; None where nothing stands."""
        return next((each for each in self.candidates if each.weapon == self.found), None)


def judged_cases(*, stores: TracingStores, since: date | None = None) -> list[JudgedCase]:
    """Draw from the record every trace on which officers judged or which they answered, oldest first.

    Judgements seal the score and the version of the weights. What was read and stated stands in the request; the marks
    and attributes that it was compared with are folded from the events before the judgement, as corrected by then. The
    other chances that the officer was shown, and who stood on the list unjudged, were not sealed and cannot be drawn.
    `since` leaves out what was judged and answered before.
    """
    found = sorted(_judged(stores), key=lambda each: int(each.id.removeprefix("T-")))
    identified = {each.request.recovered: each.found for each in found if each.found}
    kept = (each for each in found if since is None or each.at[:10] >= since.isoformat())
    return [_beside_others(each, identified) for each in kept]


def _beside_others(case: JudgedCase, identified: Mapping[WeaponId, WeaponId]) -> JudgedCase:
    """Add what other traces tell: which records are of the same weapon, and that it was found after all."""
    recovered = case.request.recovered
    others = {each for each, weapon in identified.items() if weapon == case.found}
    absent = case.absent and recovered not in identified
    return replace(case, absent=absent, provisional=frozenset({recovered, *others}))


def _judged(stores: TracingStores) -> Iterator[JudgedCase]:
    after = ""
    while page := stores.cases.page(after=after, limit=_AT_ONCE):
        events = stores.records.of_weapons({each.request.recovered for each in page})
        for recovered, known in events.items():
            standing, cases = current(known), fold_cases(known)
            for each in page:
                if each.request.recovered == recovered and (case := cases.get(each.id)):
                    yield from _case(case, standing, stores)
        after = page[-1].id


def _case(case: TraceCase, standing: list[Sealed], stores: TracingStores) -> Iterator[JudgedCase]:
    judged = [each for each in standing if each.event.kind is EventKind.JUDGED and _of(each)["case"] == case.id]
    if not judged and case.outcome is None:
        return
    last = {_of(each)["other_weapon"]: each for each in sorted(judged, key=lambda each: each.position)}
    # A finding that two people withdrew since is none.
    kept = [each for weapon, each in last.items() if _of(each)["judgement"] != "same" or weapon == case.identified_as]
    recovery = next((each.event.kind.value for each in standing if each.event.kind in RECOVERIES), "")
    instants = [each.recorded_at.isoformat() for each in judged] + [case.answered_at]
    yield JudgedCase(
        id=case.id,
        recovery=recovery,
        request=case.request,
        candidates=tuple(_candidate(each, stores) for each in kept),
        found=case.identified_as,
        absent=case.identified_as is None and case.outcome in _ABSENT,
        at=max(instants),
    )


def _candidate(judged: Sealed, stores: TracingStores) -> JudgedCandidate:
    details = _of(judged)
    weapon = WeaponId(details["other_weapon"])
    before = fold(weapon, [each for each in stores.records.of_weapon(weapon) if each.position < judged.position])
    return JudgedCandidate(
        weapon=weapon,
        verdict=Verdict(details["judgement"]),
        at=judged.recorded_at.isoformat(),
        posterior=details.get("posterior", ""),
        weights=details.get("weights", ""),
        serials=tuple(each.serial for each in before.marks if each.serial),
        description=before.description,
        import_country=import_country(before.marks),
    )


def _of(sealed: Sealed) -> Mapping[str, Any]:
    return sealed.event.details
