"""Aid activities as a file of IATI 2.03."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from lxml import etree

from tracemark.assistance import AidActivity, AidIndicator, AidResult, Money, Narrative, Organisation, Share
from tracemark.exchange.documents import DocumentRefused
from tracemark.exchange.iati_activity import text_of
from tracemark.exchange.iati_schema import line_of, schema_findings
from tracemark.kernel import Finding

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write_iati(
    activities: Iterable[AidActivity],
    *,
    generated_at: datetime,
    file: str = "activities.xml",
    results: Mapping[str, Sequence[AidResult]] | None = None,
) -> bytes:
    """Write activities as a document of IATI 2.03, in the order given; the same activities give the same bytes.

    `results` are by identifier of the activity whose they are.

    Raises:
        DocumentRefused: an activity lacks what the standard asks for, or holds a code that is none. Findings name
            `file` with the activity's identifier; their lines are those of the document as it would have been.

    Source: IATI 2.03, iati-activities.
    """
    root = etree.Element("iati-activities", {"version": "2.03", "generated-datetime": _instant(generated_at)})
    for each in activities:
        written_as = _activity(each)
        for result in (results or {}).get(each.identifier, ()):
            _result(written_as, result)
        root.append(written_as)
    etree.indent(root)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
    # What was written is read again, so that a finding names its line.
    document = etree.parse(io.BytesIO(written))
    if findings := schema_findings(document, file):
        raise DocumentRefused([_of_its_activity(each, document) for each in findings])
    return written


def _of_its_activity(finding: Finding, document: etree._ElementTree) -> Finding:
    """Name the activity in which something is wrong: the last that began before the finding's line."""
    begun = [each for each in document.getroot() if line_of(each) <= int(str(finding.facts["line"]))]
    name = text_of(begun[-1].find("iati-identifier")) if begun else ""
    return replace(finding, facts={**finding.facts, "file": f"{finding.facts['file']} ({name})"}) if name else finding


def _activity(activity: AidActivity) -> etree._Element:
    element = etree.Element("iati-activity")
    _leaf(element, "iati-identifier", activity.identifier)
    _organisation(element, "reporting-org", activity.reporting)
    _narrated(element, "title", activity.titles)
    if activity.descriptions:
        _narrated(element, "description", activity.descriptions)
    for each in activity.participating:
        _organisation(element, "participating-org", each)
    _coded(element, "activity-status", activity.status)
    for code, on in activity.dates:
        etree.SubElement(element, "activity-date", {"type": code, "iso-date": on.isoformat()})
    _shares(element, "recipient-country", activity.countries)
    _shares(element, "recipient-region", activity.regions)
    _shares(element, "sector", activity.sectors)
    for budget in activity.budgets:
        inner = etree.SubElement(element, "budget")
        etree.SubElement(inner, "period-start", {"iso-date": budget.first.isoformat()})
        etree.SubElement(inner, "period-end", {"iso-date": budget.last.isoformat()})
        _money(inner, budget.money, budget.first.isoformat())
    for payment in activity.payments:
        inner = etree.SubElement(element, "transaction")
        _coded(inner, "transaction-type", payment.kind)
        etree.SubElement(inner, "transaction-date", {"iso-date": payment.on.isoformat()})
        _money(inner, payment.money, payment.on.isoformat())
        for name, party in (("provider-org", payment.provider), ("receiver-org", payment.receiver)):
            if party:
                _narrated(inner, name, (Narrative(party),))
    return element


def _result(element: etree._Element, result: AidResult) -> None:
    inner = etree.SubElement(element, "result", {"type": result.kind})
    _narrated(inner, "title", result.titles)
    if result.descriptions:
        _narrated(inner, "description", result.descriptions)
    for each in result.indicators:
        _indicator(inner, each)


def _indicator(element: etree._Element, indicator: AidIndicator) -> None:
    inner = etree.SubElement(element, "indicator", {"measure": indicator.measure})
    _narrated(inner, "title", indicator.titles)
    period = etree.SubElement(inner, "period")
    etree.SubElement(period, "period-start", {"iso-date": indicator.first.isoformat()})
    etree.SubElement(period, "period-end", {"iso-date": indicator.last.isoformat()})
    value = {} if indicator.value is None else {"value": str(indicator.value)}
    for name, attributes, texts in (("target", {}, indicator.expected), ("actual", value, indicator.found)):
        if attributes or texts:
            found = etree.SubElement(period, name, attributes)
            if texts:
                _narrated(found, "comment", texts)


def _leaf(element: etree._Element, name: str, text: str) -> None:
    etree.SubElement(element, name).text = text


def _coded(element: etree._Element, name: str, code: str) -> None:
    if code:
        etree.SubElement(element, name, {"code": code})


def _narrated(
    element: etree._Element, name: str, texts: Iterable[Narrative], attributes: Mapping[str, str] | None = None
) -> None:
    inner = etree.SubElement(element, name, dict(attributes or {}))
    for each in texts:
        told = etree.SubElement(inner, "narrative", {_LANGUAGE: each.language} if each.language else {})
        told.text = each.text


def _organisation(element: etree._Element, name: str, told: Organisation) -> None:
    attributes = {"ref": told.ref, "type": told.kind, "role": told.role}
    names = (Narrative(told.name),) if told.name else ()
    _narrated(element, name, names, {key: text for key, text in attributes.items() if text})


def _shares(element: etree._Element, name: str, shares: Iterable[Share]) -> None:
    for each in shares:
        attributes = dict(_share(each))
        etree.SubElement(element, name, attributes)


def _share(each: Share) -> Iterator[tuple[str, str]]:
    yield "code", each.code
    if each.vocabulary:
        yield "vocabulary", each.vocabulary
    if each.percent is not None:
        yield "percentage", _decimal(each.percent)


def _money(element: etree._Element, money: Money, valued: str) -> None:
    """Write an amount. The day of its value, if not told, is that of the payment or of the budget's beginning."""
    attributes = {"currency": money.currency} if money.currency else {}
    attributes["value-date"] = money.on.isoformat() if money.on else valued
    etree.SubElement(element, "value", attributes).text = _decimal(money.value)


def _decimal(value: Decimal) -> str:
    return format(value, "f")


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
