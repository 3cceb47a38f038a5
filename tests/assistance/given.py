"""Aid activities for the tests of assistance and of files of IATI."""

from datetime import date
from decimal import Decimal

from tracemark.assistance import AidActivity, Budget, Money, Narrative, Organisation, Share

DAY = date(2026, 5, 1)
DONOR = Organisation("Northern Agency", "XX-1", "10")


def activity(
    identifier: str,
    title: str = "Small arms",
    *,
    description: str = "",
    countries: tuple[Share, ...] = (Share("XA"),),
    sectors: tuple[Share, ...] = (Share("15240", "1"),),
    status: str = "2",
    first: date = date(2026, 1, 1),
    last: date | None = date(2026, 12, 31),
    reporting: Organisation = DONOR,
    budget: int = 0,
) -> AidActivity:
    ends = () if last is None else (("3", last),)
    money = Money(Decimal(budget), "USD", first)
    return AidActivity(
        identifier=identifier,
        titles=(Narrative(title, "en"),),
        reporting=reporting,
        descriptions=(Narrative(description or "What is done.", "en"),),
        participating=(Organisation(reporting.name, role="1"),),
        status=status,
        dates=(("2", first), *ends),
        countries=countries,
        sectors=sectors,
        budgets=(Budget(first, last or first, money),) if budget else (),
    )
