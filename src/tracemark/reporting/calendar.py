"""What is due when, by form, and what is owed."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tracemark.kernel import Citation, Plain, cite
from tracemark.reporting.periods import Period
from tracemark.reporting.reports import Report

SOON_DAYS = 60
"""So long before its day a report is called due soon."""

_BACK_DAYS, _AHEAD_DAYS = 3 * 365, 366


class DueState(StrEnum):
    """How a report that is due stands."""

    OPEN = "open"
    SOON = "soon"
    OWED = "owed"
    DRAFTED = "drafted"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class FormTerms:
    """When a form is due. `day` is a month and a day; `read` says that it was read, not remembered."""

    form: str
    every_years: int
    first_year: int
    day: tuple[int, int]
    covers_years: int
    source: Citation
    read: bool

    def due_between(self, first: date, last: date) -> Iterator[tuple[date, Period]]:
        """Yield each day on which the form is due, with the period it then covers."""
        for year in range(max(first.year, self.first_year), last.year + 1):
            on = date(year, *self.day)
            if (year - self.first_year) % self.every_years == 0 and first <= on <= last:
                yield on, Period(date(year - self.covers_years, 1, 1), date(year - 1, 12, 31))


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that is due on a day for a period, the report that answers it, if any, and how it stands.

    `days` are left until the day; below 0 it has gone by.
    """

    form: str
    on: date
    period: Period
    state: DueState
    report: str
    days: int
    source: Citation
    read: bool

    @property
    def waits(self) -> bool:
        """Whether somebody should be reminded: it is owed, or due soon and not submitted."""
        return self.state is not DueState.SUBMITTED and self.days <= SOON_DAYS

    def plain(self) -> dict[str, Plain]:
        """As JSON says it."""
        return {
            "form": self.form,
            "due": self.on.isoformat(),
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "state": self.state.value,
            "report": self.report,
            "days": self.days,
            "confidence": "read" if self.read else "memory",
        }


@cache
def form_terms() -> Mapping[str, FormTerms]:
    """Every form with its terms."""
    told = tomllib.loads((files("tracemark.reporting") / "forms.toml").read_text("utf-8"))
    return {
        form: FormTerms(
            form,
            each["every_years"],
            each["first_year"],
            (int(each["due"][:2]), int(each["due"][3:])),
            each["covers_years"],
            cite(each["source"]),
            each["confidence"] == "read",
        )
        for form, each in told.items()
    }


def due_reports(reports: Sequence[Report], today: date) -> list[DueReport]:
    """Return what was due in the last three years and is due in the next, the earliest day first."""
    first, last = today - timedelta(days=_BACK_DAYS), today + timedelta(days=_AHEAD_DAYS)
    found = [
        _due(terms, on, period, reports, today)
        for terms in form_terms().values()
        for on, period in terms.due_between(first, last)
    ]
    return sorted(found, key=lambda each: (each.on, each.form))


def _due(terms: FormTerms, on: date, period: Period, reports: Sequence[Report], today: date) -> DueReport:
    of_period = [
        each
        for each in reports
        if each.form == terms.form and each.period.last == period.last and each.standing != "withdrawn"
    ]
    answering = max(of_period, key=lambda each: (each.final, each.name), default=None)
    days = (on - today).days
    return DueReport(
        terms.form,
        on,
        period,
        _state(answering, days),
        answering.name if answering else "",
        days,
        terms.source,
        terms.read,
    )


def _state(report: Report | None, days: int) -> DueState:
    if report and report.final:
        return DueState.SUBMITTED
    if days < 0:
        return DueState.OWED
    if report:
        return DueState.DRAFTED
    return DueState.SOON if days <= SOON_DAYS else DueState.OPEN
