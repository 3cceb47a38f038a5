import math
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from random import Random

from tracemark.authorities import AgencyKind
from tracemark.demo.lives import TODAY, service_holders
from tracemark.demo.nation import PARTNERS, STATE, codes
from tracemark.weapons import Model, SalwClass, catalogue

FIRST_DAY = date(2001, 10, 1).toordinal()
"""The fictional State's record begins 25 years before its last day."""

_ZIPF = 1.05
_SERVICE_SHARE = 0.3
_MADE_HERE = 0.03
_FROM_ITS_MAKER = 0.75
_TYPICAL = 40
_LARGEST = 2_000
_MILITARY = frozenset({"SA3", "SA4", "SA5"})


@dataclass(frozen=True, slots=True)
class Lot:
    """Weapons of one model that came together, with consecutive numbers.

    `first_number` is the place of the first serial in its maker's series; `day` a proleptic Gregorian ordinal.
    """

    number: int
    model: Model
    country: str
    calibre: str
    size: int
    first_weapon: int
    first_number: int
    day: int
    from_state: str
    holder: str
    in_service: bool
    made_here: bool

    @property
    def year(self) -> int:
        """The year of manufacture: one or two years before it came."""
        year = date.fromordinal(self.day).year
        return year if self.made_here else year - 1 - self.number % 2


def lots(weapons: int, seed: int) -> Iterator[Lot]:
    """Yield lots until they hold `weapons` weapons, the same from the same seed; memory does not grow with them."""
    random = Random(seed)
    models, weights = _popularity()
    series: dict[str, int] = {}
    made = number = 0
    while made < weapons:
        model = models[bisect(weights, random.random() * weights[-1])]
        size = min(weapons - made, _LARGEST, max(1, round(_TYPICAL * math.exp(random.gauss(0, 1.1)))))
        yield _lot(number, model, size, made + 1, series, random)
        made, number = made + size, number + 1


def _lot(number: int, model: Model, size: int, first_weapon: int, series: dict[str, int], random: Random) -> Lot:
    kind = catalogue().kind(model.kind)
    in_service = (
        kind.unroca in _MILITARY or kind.salw_class is SalwClass.LIGHT_WEAPON or random.random() < _SERVICE_SHARE
    )
    country = catalogue().maker(model.maker).country
    begun = series.get(model.maker, random.randint(1, 5_000))
    series[model.maker] = begun + size + int(random.expovariate(1 / 400))
    made_here = in_service and random.random() < _MADE_HERE
    suppliers = [country] if country and random.random() < _FROM_ITS_MAKER else [state for state, _ in PARTNERS]
    shares = [1] if len(suppliers) == 1 else [share for _, share in PARTNERS]
    return Lot(
        number=number,
        model=model,
        country=STATE if made_here else country,
        calibre=random.choice(model.calibres) if model.calibres else "",
        size=size,
        first_weapon=first_weapon,
        first_number=begun,
        day=random.randint(FIRST_DAY, TODAY - 200),
        from_state=random.choices(suppliers, shares)[0],
        holder=random.choice(_holders(in_service=in_service)),
        in_service=in_service,
        made_here=made_here,
    )


@cache
def _holders(*, in_service: bool) -> Sequence[str]:
    return tuple(service_holders()) if in_service else codes(AgencyKind.DEALER)


@cache
def _popularity() -> tuple[tuple[Model, ...], tuple[float, ...]]:
    """The models by popularity, and the running sum of their weights after Zipf's law."""
    known = catalogue()
    weights = {code: maker.weight for code, maker in known.makers.items()}
    models = sorted(known.models.values(), key=lambda model: (-weights[model.maker] * model.weight, model.code))
    return tuple(models), tuple(accumulate(1 / (rank + 10) ** _ZIPF for rank in range(len(models))))
