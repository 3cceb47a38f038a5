from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tracemark.kernel import Plain

DAC5, SALW_SECTOR = "1", "15240"
"""The vocabulary of five-digit purpose codes of the DAC, and its code for reintegration and SALW control."""

PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
_OVER = frozenset({"4", "5"})
_NO_END = date.max


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text in a language (ISO 639-1); "" where neither the text nor its file says which."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: its reference in a register of organisations, its name, its kind, and its part in an activity.

    `kind` and `role` are codes of IATI's lists OrganisationType and OrganisationRole (1 funding, 2 accountable,
    3 extending, 4 implementing).
    """

    name: str
    ref: str = ""
    kind: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A country, region or sector by its code in a vocabulary, and its part of the activity in percent; None: not said.

    Countries are of ISO 3166-1 and have no vocabulary.
    """

    code: str
    vocabulary: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217), valued on a day; None where the file does not say."""

    value: Decimal
    currency: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What is to be spent from a day to another."""

    first: date
    last: date
    money: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that was promised, came or went; `kind` is a code of IATI's TransactionType (2 commitment, 3 disbursement).

    Names of provider and receiver are "" where not said.
    """

    kind: str
    on: date
    money: Money
    provider: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class AidActivity:
    """What somebody told of an aid activity, in the terms of IATI 2.03, whatever version of IATI it was read from.

    `dates` are by code of ActivityDateType (1 planned start, 2 actual start, 3 planned end, 4 actual end), `status` is
    a code of ActivityStatus (1 pipeline, 2 implementation, 3 finalisation, 4 closed, 5 cancelled, 6 suspended).
    `summed` says that payments were added up by kind, currency and year. Persons to contact are never read.

    Source: IATI 2.03, iati-activity.
    """

    identifier: str
    titles: tuple[Narrative, ...]
    reporting: Organisation
    descriptions: tuple[Narrative, ...] = ()
    participating: tuple[Organisation, ...] = ()
    status: str = ""
    dates: tuple[tuple[str, date], ...] = ()
    countries: tuple[Share, ...] = ()
    regions: tuple[Share, ...] = ()
    sectors: tuple[Share, ...] = ()
    budgets: tuple[Budget, ...] = ()
    payments: tuple[Payment, ...] = ()
    summed: bool = False

    def titled(self, language: str = "") -> Narrative:
        """The title in a language, else the first there is, with the language that it is in."""
        return next((each for each in self.titles if each.language == language), self.titles[0])

    def title(self, language: str = "") -> str:
        """The title in a language, else the first there is."""
        return self.titled(language).text

    @property
    def starts(self) -> date:
        """When it began, else when it was to begin; the earliest day there is where nobody says."""
        told = dict(self.dates)
        return told.get(ACTUAL_START) or told.get(PLANNED_START) or date.min

    @property
    def ends(self) -> date:
        """When it ended, else when it is to end; the last day there is where nobody says."""
        told = dict(self.dates)
        return told.get(ACTUAL_END) or told.get(PLANNED_END) or _NO_END

    def goes_on(self, on: date) -> bool:
        """Whether it has neither ended nor been given up on a day; what is only planned goes on too."""
        return self.status not in _OVER and self.ends >= on

    def share_of(self, country: str) -> Decimal | None:
        """The part of a country, from 0 to 1; None where the activity is of several and does not say."""
        found = next(each for each in self.countries if each.code == country)
        if found.percent is not None:
            return found.percent / 100
        return Decimal(1) if len(self.countries) + len(self.regions) == 1 else None

    def plain(self) -> dict[str, Plain]:
        """As it is sealed and given out; what is empty is left out."""
        told: dict[str, Plain] = {
            "identifier": self.identifier,
            "titles": [_narrative(each) for each in self.titles],
            "descriptions": [_narrative(each) for each in self.descriptions],
            "reporting": _organisation(self.reporting),
            "participating": [_organisation(each) for each in self.participating],
            "status": self.status,
            "dates": [{"kind": code, "day": day.isoformat()} for code, day in self.dates],
            "countries": [_share(each) for each in self.countries],
            "regions": [_share(each) for each in self.regions],
            "sectors": [_share(each) for each in self.sectors],
            "budgets": [
                {"first": each.first.isoformat(), "last": each.last.isoformat(), **_money(each.money)}
                for each in self.budgets
            ],
            "payments": [_payment(each) for each in self.payments],
            "summed": self.summed,
        }
        return {name: value for name, value in told.items() if value}


def activity_of(plain: Mapping[str, Any]) -> AidActivity:
    """Read what `AidActivity.plain` wrote."""
    return AidActivity(
        identifier=plain["identifier"],
        titles=tuple(Narrative(**each) for each in plain["titles"]),
        reporting=Organisation(**plain["reporting"]),
        descriptions=tuple(Narrative(**each) for each in plain.get("descriptions", ())),
        participating=tuple(Organisation(**each) for each in plain.get("participating", ())),
        status=plain.get("status", ""),
        dates=tuple((each["kind"], date.fromisoformat(each["day"])) for each in plain.get("dates", ())),
        countries=_shares(plain.get("countries", ())),
        regions=_shares(plain.get("regions", ())),
        sectors=_shares(plain.get("sectors", ())),
        budgets=tuple(
            Budget(date.fromisoformat(each["first"]), date.fromisoformat(each["last"]), _money_of(each))
            for each in plain.get("budgets", ())
        ),
        payments=tuple(
            Payment(
                each["kind"],
                date.fromisoformat(each["day"]),
                _money_of(each),
                each.get("provider", ""),
                each.get("receiver", ""),
            )
            for each in plain.get("payments", ())
        ),
        summed=plain.get("summed", False),
    )


LONGEST_DESCRIPTION, MOST_PAYMENTS = 2_000, 100


def for_the_record(activity: AidActivity) -> AidActivity:
    """Return an activity as the record keeps it: long descriptions shortened, many payments added up by year.

    One event holds it, so that it must not grow without bound; the file itself stays with whoever published it.
    """
    short = tuple(
        replace(
            each, text=each.text if len(each.text) <= LONGEST_DESCRIPTION else each.text[:LONGEST_DESCRIPTION] + "…"
        )
        for each in activity.descriptions
    )
    many = len(activity.payments) > MOST_PAYMENTS
    payments = _added_up(activity.payments) if many else activity.payments
    return replace(activity, descriptions=short, payments=payments, summed=many)


def _added_up(payments: Iterable[Payment]) -> tuple[Payment, ...]:
    sums: dict[tuple[str, str, int], Decimal] = {}
    for each in payments:
        key = (each.kind, each.money.currency, each.on.year)
        sums[key] = sums.get(key, Decimal(0)) + each.money.value
    return tuple(
        Payment(kind, date(year, 12, 31), Money(value, currency))
        for (kind, currency, year), value in sorted(sums.items())
    )


def _narrative(each: Narrative) -> dict[str, Plain]:
    return _filled(text=each.text, language=each.language)


def _organisation(each: Organisation) -> dict[str, Plain]:
    return {"name": each.name, **_filled(ref=each.ref, kind=each.kind, role=each.role)}


def _share(each: Share) -> dict[str, Plain]:
    return _filled(
        code=each.code, vocabulary=each.vocabulary, percent="" if each.percent is None else str(each.percent)
    )


def _money(each: Money) -> dict[str, Plain]:
    return _filled(amount=str(each.value), currency=each.currency, valued=each.on.isoformat() if each.on else "")


def _payment(each: Payment) -> dict[str, Plain]:
    told = _filled(kind=each.kind, day=each.on.isoformat(), provider=each.provider, receiver=each.receiver)
    return {**told, **_money(each.money)}


def _filled(**told: str) -> dict[str, Plain]:
    return {name: text for name, text in told.items() if text}


def _shares(plain: Iterable[Mapping[str, str]]) -> tuple[Share, ...]:
    return tuple(
        Share(each["code"], each.get("vocabulary", ""), Decimal(each["percent"]) if "percent" in each else None)
        for each in plain
    )


def _money_of(plain: Mapping[str, str]) -> Money:
    valued = plain.get("valued")
    return Money(Decimal(plain["amount"]), plain.get("currency", ""), date.fromisoformat(valued) if valued else None)
