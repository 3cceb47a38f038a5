"""One activity of IATI 1.0x as a value of IATI 2.03, as far as it says what it means."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from tracemark.assistance import DAC5, AidActivity, Budget, Money, Narrative, Organisation, Payment, Share
from tracemark.exchange.iati_activity import day, text_of

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ROLES: Mapping[str, str] = {"Funding": "1", "Accountable": "2", "Extending": "3", "Implementing": "4"}
_DATES: Mapping[str, str] = {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"}
_PAYMENTS: Mapping[str, str] = {
    "IF": "1", "C": "2", "D": "3", "E": "4", "IR": "5", "LR": "6", "R": "7", "QP": "8", "QS": "9", "CG": "10",
}  # fmt: skip
_VOCABULARIES: Mapping[str, str] = {"": DAC5, "DAC": DAC5, "DAC-3": "2", "COFOG": "3", "NACE": "4", "NTEE": "5",
                                    "WB": "98", "RO": "99", "RO2": "98"}  # fmt: skip
"""What the words of IATI 1 became in IATI 2. Vocabularies that are the publisher's own stay apart from all others."""


def read_first_activity(activity: etree._Element, root: etree._Element, left_out: Counter[str]) -> AidActivity | None:
    """Read an activity; None where it has no identifier or title. What cannot be read of it is counted and left out.

    Source: IATI 1.05, iati-activity; IATI 2.01, its changes of codes.
    """
    identifier = text_of(activity.find("iati-identifier"))
    language = activity.get(_LANGUAGE) or root.get(_LANGUAGE) or ""
    titles = _texts(activity, "title", language)
    if not identifier or not titles:
        left_out["iati_no_identifier" if not identifier else "iati_no_title"] += 1
        return None
    currency = activity.get("default-currency", "")
    return AidActivity(
        identifier=identifier,
        titles=titles,
        reporting=_organisation(activity.find("reporting-org")),
        descriptions=_texts(activity, "description", language),
        participating=tuple(_organisation(each) for each in activity.findall("participating-org")),
        status=_code(activity, "activity-status"),
        dates=tuple(_dates(activity, left_out)),
        countries=tuple(_shares(activity, "recipient-country", left_out)),
        regions=tuple(_shares(activity, "recipient-region", left_out)),
        sectors=tuple(_shares(activity, "sector", left_out)),
        budgets=tuple(_budgets(activity, currency, left_out)),
        payments=tuple(_payments(activity, currency, left_out)),
    )


def _texts(activity: etree._Element, name: str, language: str) -> tuple[Narrative, ...]:
    told = ((text_of(each), each.get(_LANGUAGE) or language) for each in activity.findall(name))
    return tuple(Narrative(text, spoken) for text, spoken in told if text)


def _organisation(element: etree._Element | None) -> Organisation:
    if element is None:
        return Organisation("")
    ref, role = element.get("ref", "").strip(), element.get("role", "").strip()
    return Organisation(text_of(element) or ref, ref, element.get("type", "").strip(), _ROLES.get(role, ""))


def _code(element: etree._Element, name: str) -> str:
    found = element.find(name)
    return "" if found is None else found.get("code", "").strip()


def _dates(activity: etree._Element, left_out: Counter[str]) -> Iterator[tuple[str, date]]:
    for each in activity.findall("activity-date"):
        code, on = _DATES.get(each.get("type", "").strip()), _day(each, text_of(each))
        if code and on:
            yield code, on
        else:
            left_out["iati_date_unread"] += 1


def _shares(activity: etree._Element, name: str, left_out: Counter[str]) -> Iterator[Share]:
    for each in activity.findall(name):
        code, told = each.get("code", "").strip(), each.get("vocabulary", "").strip()
        vocabulary = _VOCABULARIES.get(told, told) if name == "sector" else ("1" if name == "recipient-region" else "")
        if not code:
            left_out["iati_code_missing"] += 1
            continue
        yield Share(code, vocabulary, _number(each.get("percentage")))


def _budgets(activity: etree._Element, currency: str, left_out: Counter[str]) -> Iterator[Budget]:
    for each in activity.findall("budget"):
        first, last = (_day(each.find(name)) for name in ("period-start", "period-end"))
        money = _money(each, currency)
        if first and last and money:
            yield Budget(first, last, money)
        else:
            left_out["iati_budget_unread"] += 1


def _payments(activity: etree._Element, currency: str, left_out: Counter[str]) -> Iterator[Payment]:
    for each in activity.findall("transaction"):
        kind, money = _PAYMENTS.get(_code(each, "transaction-type")), _money(each, currency)
        on = _day(each.find("transaction-date")) or (money.on if money else None)
        if kind and money and on:
            parties = (text_of(each.find(name)) for name in ("provider-org", "receiver-org"))
            yield Payment(kind, on, money, *parties)
        else:
            left_out["iati_payment_unread"] += 1


def _money(element: etree._Element, currency: str) -> Money | None:
    value = element.find("value")
    amount = _number(text_of(value))
    if value is None or amount is None:
        return None
    return Money(amount, value.get("currency", "").strip() or currency, _day(value, value.get("value-date", "")))


def _day(element: etree._Element | None, text: str = "") -> date | None:
    """Return the day an element bears, or a text that is one."""
    if element is None:
        return None
    try:
        return day(element.get("iso-date", "") or text)
    except ValueError:
        return None


def _number(text: str | None) -> Decimal | None:
    try:
        found = Decimal((text or "").replace(",", "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
