"""One activity of IATI 2.0x as a value. What has been validated is read; the rest of the standard is let be."""

from datetime import date
from decimal import Decimal

from lxml import etree

from tracemark.assistance import DAC5, AidActivity, Budget, Money, Narrative, Organisation, Payment, Share

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_activity(activity: etree._Element, root: etree._Element) -> AidActivity:
    """Read a valid activity: who, where, what for, when, and how much.

    Sectors and countries of transactions count where the activity itself has none, as the standard lets publishers
    choose. Persons to contact, places, results, documents and markers are not read.

    Source: IATI 2.03, iati-activity.
    """
    language = activity.get(_LANGUAGE) or root.get(_LANGUAGE) or ""
    currency = activity.get("default-currency", "")
    return AidActivity(
        identifier=text_of(activity.find("iati-identifier")),
        titles=_narratives(activity.find("title"), language) or (Narrative("–"),),
        reporting=_organisation(activity.find("reporting-org"), language),
        descriptions=tuple(each for found in activity.findall("description") for each in _narratives(found, language)),
        participating=tuple(_organisation(each, language) for each in activity.findall("participating-org")),
        status=_code(activity.find("activity-status")),
        dates=tuple(
            (each.get("type", ""), day(each.get("iso-date", ""))) for each in activity.findall("activity-date")
        ),
        countries=_shares(activity, "recipient-country"),
        regions=_shares(activity, "recipient-region"),
        sectors=_shares(activity, "sector"),
        budgets=tuple(_budget(each, currency) for each in activity.findall("budget")),
        payments=tuple(_payment(each, currency, language) for each in activity.findall("transaction")),
    )


def text_of(element: etree._Element | None) -> str:
    """Return an element's own text without space around it, "" where there is none."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def day(text: str) -> date:
    """Read a day of XML, which may bear a time zone.

    Raises:
        ValueError: it is none.
    """
    return date.fromisoformat(text.strip()[:10])


def _narratives(element: etree._Element | None, language: str) -> tuple[Narrative, ...]:
    if element is None:
        return ()
    told = ((text_of(each), each.get(_LANGUAGE) or language) for each in element.findall("narrative"))
    return tuple(Narrative(text, spoken) for text, spoken in told if text)


def _organisation(element: etree._Element | None, language: str) -> Organisation:
    if element is None:
        return Organisation("")
    names = _narratives(element, language)
    ref = element.get("ref", "").strip()
    return Organisation(names[0].text if names else ref, ref, element.get("type", ""), element.get("role", ""))


def _code(element: etree._Element | None) -> str:
    return "" if element is None else element.get("code", "").strip()


def _shares(activity: etree._Element, name: str) -> tuple[Share, ...]:
    own = [_share(each, name) for each in activity.findall(name)]
    if own:
        return tuple(own)
    told = (_share(each, name) for each in activity.iterfind(f"transaction/{name}"))
    return tuple(dict.fromkeys(Share(each.code, each.vocabulary) for each in told))


def _share(element: etree._Element, name: str) -> Share:
    vocabulary = "" if name == "recipient-country" else element.get("vocabulary", "").strip() or DAC5
    percent = element.get("percentage")
    return Share(_code(element), vocabulary, None if percent is None else Decimal(percent.strip()))


def _budget(element: etree._Element, currency: str) -> Budget:
    first, last = (day(_date_of(element, name)) for name in ("period-start", "period-end"))
    return Budget(first, last, _money(element, currency))


def _payment(element: etree._Element, currency: str, language: str) -> Payment:
    return Payment(
        _code(element.find("transaction-type")),
        day(_date_of(element, "transaction-date")),
        _money(element, currency),
        _organisation(element.find("provider-org"), language).name,
        _organisation(element.find("receiver-org"), language).name,
    )


def _date_of(element: etree._Element, name: str) -> str:
    found = element.find(name)
    return "" if found is None else found.get("iso-date", "")


def _money(element: etree._Element, currency: str) -> Money:
    value = element.find("value")
    if value is None:
        raise ValueError("value")
    valued = value.get("value-date")
    return Money(Decimal(text_of(value)), value.get("currency", "") or currency, day(valued) if valued else None)
