"""Who can be a fellow: rules as dated data, each with its paragraph. See `eligibility.toml`."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.assistance import group_merits
from tracemark.fellowship.calls import Call
from tracemark.fellowship.nominations import Nomination, Nominee
from tracemark.fellowship.policies import Aspect, Favour
from tracemark.fellowship.scoring import Candidate
from tracemark.kernel import Citation, cite
from tracemark.tracing import Sex


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """A rule that holds since a day. `terms` are what it is measured by, as the data have them."""

    code: str
    since: date
    citation: Citation
    terms: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ineligible:
    """A rule that a nominee does not keep."""

    rule: str
    citation: Citation


@cache
def eligibility_rules() -> tuple[EligibilityRule, ...]:
    """The rules that come with the software."""
    told = tomllib.loads((files("tracemark.fellowship") / "eligibility.toml").read_text("utf-8"))["rule"]
    return tuple(EligibilityRule(each["rule"], each["since"], cite(each["citation"]), each) for each in told)


def ineligible(nominee: Nominee, call: Call) -> list[Ineligible]:
    """Return the rules of the day on which a call closes that a nominee does not keep; none who may be selected.

    What a State did not tell bars nobody, save a language nobody knows of: who understands nothing learns nothing.
    """
    in_force = [each for each in eligibility_rules() if each.since <= call.closes]
    return [Ineligible(each.code, each.citation) for each in in_force if _BROKEN[each.code](nominee, call, each.terms)]


Broken = Callable[[Nominee, Call, Mapping[str, Any]], bool]

_BROKEN: Mapping[str, Broken] = {
    "agency": lambda nominee, _, terms: nominee.agency is not None and nominee.agency not in terms["agencies"],
    "language": lambda nominee, call, _: not set(nominee.languages) & set(call.languages),
    "region": lambda nominee, call, _: not call.is_for(nominee.state),
    "earlier_fellow": lambda nominee, *_: nominee.earlier_fellow is True,
    "of_age": lambda nominee, _, terms: nominee.age_band in terms["too_young"],
}


def candidates(nominations: Iterable[Nomination], call: Call, past: Mapping[str, int]) -> list[Candidate]:
    """Return nominees as a selection sees them; `past` is how many fellows each State had before."""
    return [_candidate(each, call, past.get(each.nominee.state, 0)) for each in nominations]


def _candidate(nomination: Nomination, call: Call, past: int) -> Candidate:
    nominee = nomination.nominee
    favours = {Favour(each.value) for each in group_merits(nominee.state, call.closes)}
    if said := call.said_of(nominee.state):
        favours = {Favour(each) for each in said.groups}
    favours |= set() if past else {Favour.FIRST_FELLOW}
    favours |= {Favour.FIRST_CHOICE} if nominee.first_choice else set()
    region = call.region_of(nominee.state)
    values = {
        Aspect.SEX: frozenset() if nominee.sex is Sex.UNKNOWN else frozenset({nominee.sex.value}),
        Aspect.REGION: frozenset({region} if region else ()),
        Aspect.AGENCY: frozenset({nominee.agency.value} if nominee.agency else ()),
        Aspect.LANGUAGE: frozenset(nominee.languages) & frozenset(call.languages),
        Aspect.STATE: frozenset({nominee.state}),
    }
    return Candidate(nomination.name, nominee.state, values, frozenset(favours), past)
