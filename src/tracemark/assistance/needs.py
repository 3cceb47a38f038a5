from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Help(StrEnum):
    """What kind of help is asked for or offered."""

    TRAINING = "training"
    TECHNICAL = "technical"
    EQUIPMENT = "equipment"
    FINANCE = "finance"


class Merit(StrEnum):
    """What speaks for a need before others of its kind; a policy says how much.

    `in_report`: the national report asks for it. `on_target`: a voluntary target waits for it. `orphan`: it has waited
    a year or more. `first_help`: the State had none on this theme before.
    """

    IN_REPORT = "in_report"
    ON_TARGET = "on_target"
    LEAST_DEVELOPED = "least_developed"
    SMALL_ISLAND = "small_island"
    ORPHAN = "orphan"
    FIRST_HELP = "first_help"


@dataclass(frozen=True, slots=True)
class Need:
    """What a State asks for: how much money it takes, in whole units of the one currency of a matching.

    `region` is the M49 code by which equity is reckoned; `partner` the organisation that would carry it out, "" of
    none. Source: PoA III.3, ITI 27.
    """

    request: str
    state: str
    region: str
    themes: frozenset[str]
    helps: frozenset[Help]
    amount: int
    merits: frozenset[Merit] = frozenset()
    partner: str = ""

    def __post_init__(self) -> None:
        if self.amount <= 0 or not self.themes or not self.helps:
            raise ValueError(self.request)


@dataclass(frozen=True, slots=True)
class Programme:
    """What a donor offers under a call that is open from `opens` to `closes`, both included.

    It has `budget` to give, to each need from `least` to `most`, and to one State at the most `state_share` of it.
    `states` and `regions` are whom it may help, empty for all; `whole_only` says that it pays needs whole or not at
    all. `needs_partner` and `needs_report` are its conditions. Source: PoA III.6.
    """

    name: str
    donor: str
    themes: frozenset[str]
    helps: frozenset[Help]
    budget: int
    opens: date
    closes: date
    least: int = 0
    most: int | None = None
    states: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    state_share: Fraction = Fraction(1)
    whole_only: bool = False
    needs_partner: bool = False
    needs_report: bool = False

    def __post_init__(self) -> None:
        ceiling = self.budget if self.most is None else self.most
        if not 0 <= self.least <= ceiling <= self.budget or not 0 < self.state_share <= 1 or self.closes < self.opens:
            raise ValueError(self.name)

    @property
    def ceiling(self) -> int:
        """The most that one need can get."""
        return self.budget if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class Running:
    """A project that goes on in a State: another on the same theme with the same help would be a double."""

    state: str
    theme: str
    help: Help
