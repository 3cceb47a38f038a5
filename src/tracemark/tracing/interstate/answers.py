from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracemark.kernel import Plain, Rule, rule
from tracemark.tracing.interstate.handling import Handling

Facts = dict[str, Plain]


class Result(StrEnum):
    """What a State answers to another's request. Source: ITI 20, ITI 22."""

    FULL = "full"
    RESTRICTED = "restricted"
    DELAYED = "delayed"
    REFUSED = "refused"
    NOT_FOUND = "not_found"
    RECORDS_LAPSED = "records_lapsed"


class Withholding(StrEnum):
    """The four grounds to delay an answer, limit it or refuse it. Source: ITI 22."""

    INVESTIGATION = "investigation"
    LAW = "law"
    CONFIDENTIALITY = "confidentiality"
    SECURITY = "security"


WITHHOLDING_PARAGRAPHS: Mapping[Withholding, str] = {
    Withholding.INVESTIGATION: "ITI 22(i)",
    Withholding.LAW: "ITI 22(ii)",
    Withholding.CONFIDENTIALITY: "ITI 22(iii)",
    Withholding.SECURITY: "ITI 22(iv)",
}
WITHHELD = frozenset({Result.RESTRICTED, Result.DELAYED, Result.REFUSED})
TOLD = frozenset({Result.FULL, Result.RESTRICTED})


class Known(StrEnum):
    """What an answer may tell of a weapon. No name of these is of a person. Source: ITI 20."""

    MANUFACTURED_IN = "manufactured_in"
    IMPORTED_FROM = "imported_from"
    IMPORTED_ON = "imported_on"
    LAST_LAWFUL_STATE = "last_lawful_state"
    LAST_LAWFUL_HOLDER = "last_lawful_holder"
    LEFT_LAWFUL_HANDS_ON = "left_lawful_hands_on"
    LEFT_LAWFUL_HANDS_BY = "left_lawful_hands_by"
    EXPORTED_TO = "exported_to"
    EXPORTED_ON = "exported_on"


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing that an answer tells, under the handling code that its giver set on it."""

    name: Known
    value: str
    handling: Handling = field(default_factory=Handling)

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form that is kept and sent."""
        return {"name": self.name.value, "value": self.value, "handling": self.handling.plain()}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Datum":
        """Read the JSON form back. Raises ValueError, KeyError or TypeError where it is none."""
        return cls(Known(plain["name"]), plain["value"], Handling.of_plain(plain["handling"]))


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """What one State answers to another.

    `reasons` explain what is withheld; `chance` and `weights` are the score that the officer was shown and the version
    it was drawn with, "" where nothing was judged the same; `expected_on` is the day (ISO) by which a delayed answer is
    to follow.

    Source: ITI 20, ITI 22, ITI 23.
    """

    result: Result
    data: tuple[Datum, ...] = ()
    grounds: tuple[Withholding, ...] = ()
    reasons: str = ""
    chance: str = ""
    weights: str = ""
    expected_on: str = ""

    @property
    def next_state(self) -> str:
        """Where the weapon went and who may know more, "" where nothing is told of that."""
        exported = self.datum(Known.EXPORTED_TO)
        return exported.value if exported else ""

    def datum(self, name: Known) -> Datum | None:
        """Return what it tells under a name, None where it does not."""
        return next((each for each in self.data if each.name is name), None)

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form that is kept and sent; what is not told is left out."""
        texts = ("reasons", "chance", "weights", "expected_on")
        told: dict[str, Plain] = {name: value for name in texts if (value := getattr(self, name))}
        told |= {"grounds": [each.value for each in self.grounds]} if self.grounds else {}
        told |= {"data": [each.plain() for each in self.data]} if self.data else {}
        return {"result": self.result.value, **told}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "StateAnswer":
        """Read the JSON form back. Raises ValueError, KeyError or TypeError where it is none."""
        lists = {
            "data": tuple(map(Datum.of_plain, plain.get("data", ()))),
            "grounds": tuple(map(Withholding, plain.get("grounds", ()))),
        }
        return cls(**{**plain, **lists, "result": Result(plain["result"])})


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """An answer as it would be given, beside what the register knows and whether a weapon was judged the same."""

    answer: StateAnswer
    known: tuple[Datum, ...]
    found: bool
    today: date


@rule("tracing.answer_groundless", "ITI 22")
def says_ground(given: ToAnswer) -> Facts | None:
    withholds = given.answer.result in WITHHELD
    return {"result": given.answer.result.value} if withholds and not given.answer.grounds else None


@rule("tracing.reasons_missing", "ITI 23")
def says_reasons(given: ToAnswer) -> Facts | None:
    lacks = given.answer.result is not Result.FULL and not given.answer.reasons.strip()
    return {"result": given.answer.result.value} if lacks else None


@rule("tracing.answer_unjudged", "ITI 20")
def rests_on_a_judgement(given: ToAnswer) -> Facts | None:
    """A machine score never answers by itself."""
    return {"result": given.answer.result.value} if given.answer.result in TOLD and not given.found else None


@rule("tracing.found_yet_denied", "ITI 20")
def denies_only_what_is_not_found(given: ToAnswer) -> Facts | None:
    denies = given.answer.result in {Result.NOT_FOUND, Result.RECORDS_LAPSED}
    return {"result": given.answer.result.value} if denies and given.found else None


@rule("tracing.full_withholds", "ITI 20")
def full_tells_all(given: ToAnswer) -> Facts | None:
    if given.answer.result is not Result.FULL:
        return None
    missing = [each.name.value for each in given.known if given.answer.datum(each.name) is None]
    return {"data": missing} if missing else None


@rule("tracing.told_beyond", "ITI 20")
def tells_what_is_known(given: ToAnswer) -> Facts | None:
    """An answer tells what the record knows and nothing else; delayed, refused and negative ones tell nothing."""
    allowed = {(each.name, each.value) for each in given.known} if given.answer.result in TOLD else set()
    beyond = [each.name.value for each in given.answer.data if (each.name, each.value) not in allowed]
    return {"data": beyond} if beyond else None


@rule("tracing.expected_missing", "ITI 18")
def delayed_says_until_when(given: ToAnswer) -> Facts | None:
    late = given.answer.result is Result.DELAYED
    return {} if late and given.answer.expected_on <= given.today.isoformat() else None


ANSWER_RULES: tuple[Rule[ToAnswer], ...] = (
    says_ground,
    says_reasons,
    rests_on_a_judgement,
    denies_only_what_is_not_found,
    full_tells_all,
    tells_what_is_known,
    delayed_says_until_when,
)
"""What holds of an answer before it leaves."""
