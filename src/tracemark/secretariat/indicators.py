"""SDG 16.4.2 of a region, from what its States published of the figures it is made of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tracemark.kernel import Plain
from tracemark.reporting import ALL_WEAPONS, INDICATOR, Denominator, Period, Share, Terms, figures
from tracemark.secretariat.rollups import Why, summed_parts
from tracemark.secretariat.tables import StateTable

INDICATOR_FIGURES: Mapping[Denominator, str] = {
    Denominator.ALL: "indicator.all_share",
    Denominator.POTENTIALLY_TRACEABLE: "indicator.traceable_share",
}
"""The share that stands for each denominator; its two parts are what States publish for a region."""

_TERMS: Mapping[Denominator, Terms] = {Denominator.ALL: ALL_WEAPONS, Denominator.POTENTIALLY_TRACEABLE: Terms()}


@dataclass(frozen=True, slots=True)
class RegionalIndicator:
    """The indicator of a region: sum of numerators over sum of denominators, of the States that told both.

    `shares` are what each of them told, `missing` why each other member is not counted. Without any State counted
    numerator and denominator are None.
    """

    denominator: Denominator
    period: Period
    share: Share
    shares: Mapping[str, Share]
    missing: Mapping[str, Why]

    @property
    def terms(self) -> Terms:
        """What the metadata leaves open, said openly: the terms under which every State counted."""
        return _TERMS[self.denominator]

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON-ready values; shares are text, as they are no binary fractions."""
        return {
            "indicator": INDICATOR,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "terms": self.terms.plain(),
            **_plain(self.share),
            "counted": {state: _plain(share) for state, share in self.shares.items()},
            "missing": {state: why.value for state, why in self.missing.items()},
        }


def regional_indicator(
    denominator: Denominator, period: Period, told: Iterable[StateTable], members: Collection[str]
) -> RegionalIndicator:
    """Add up numerators and denominators that members published for a period, and divide once.

    Source: SDG 16.4.2.
    """
    figure = figures()[INDICATOR_FIGURES[denominator]]
    shares, missing = summed_parts(figure, period, told, members)
    numerators, denominators = ([getattr(each, part) for each in shares.values()] for part in Share.__slots__)
    share = Share(sum(numerators), sum(denominators)) if shares else Share(None, None)
    return RegionalIndicator(denominator, period, share, shares, missing)


def told_periods(denominator: Denominator, told: Iterable[StateTable]) -> list[Period]:
    """Return the periods for which a State told a part of the indicator that stands, the earliest first."""
    parts = figures()[INDICATOR_FIGURES[denominator]].parts
    found = {each.table.period for each in told if each.stands and each.table.figure in parts}
    return sorted(found, key=lambda each: (each.first, each.last))


def _plain(share: Share) -> dict[str, Plain]:
    percent = None if share.percent is None else str(share.percent)
    return {"numerator": share.numerator, "denominator": share.denominator, "percent": percent}
